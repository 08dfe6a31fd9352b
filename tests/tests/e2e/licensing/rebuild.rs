//! Licensing's whole storage from its logs and the router's, after random changes of terms and licensors and children that
//! come and are refused.

use crate::layout::key;
use alloy_primitives::{Address, B256, Log, U256};
use alloy_sol_types::SolEvent;
use lineage_tests::World;
use lineage_tests::abi::ILicensing::{self, LicensorChanged, LicensorOffered, Terms, TermsSet};
use lineage_tests::abi::IRouter::WorkRegistered;
use lineage_tests::dice::Dice;
use lineage_tests::world::{GALLERY, open_terms};
use std::collections::{BTreeMap, BTreeSet};

/// What the logs say of one work.
#[derive(Default)]
struct Work {
    terms: Option<Terms>,
    version: u32,
    successor: Address,
    offered: Address,
    /// The version that children were counted under last, and how many.
    counted: (u32, u32),
}

fn decoded<E: SolEvent>(log: &Log) -> Option<E> {
    (log.topics().first() == Some(&E::SIGNATURE_HASH))
        .then(|| E::decode_log_validate(log).expect(E::SIGNATURE).data)
}

impl Work {
    fn count(&mut self) {
        if self.terms.as_ref().is_none_or(|terms| terms.children == 0) {
            return;
        }
        if self.counted.0 != self.version {
            self.counted = (self.version, 0);
        }
        self.counted.1 += 1;
    }

    /// What docs/layout.md says there is, without the slots that are zero.
    fn slots(&self, id: u64, router: Address) -> BTreeMap<U256, U256> {
        let terms = self.terms.clone().unwrap_or(Terms {
            mode: 0,
            ..open_terms(0)
        });
        let flag = |set: bool, bit: usize| U256::from(u8::from(set)) << bit;
        let word = U256::from(terms.mode)
            | flag(terms.expires, 8)
            | flag(!self.successor.is_zero(), 9)
            | flag(!terms.licenceHash.is_zero(), 12)
            | flag(terms.children != 0, 13)
            | U256::from(terms.minShare) << 16
            | U256::from(self.version) << 32
            | U256::from(terms.expiry) << 64;
        let count = U256::from(terms.children)
            | U256::from(self.counted.0) << 32
            | U256::from(self.counted.1) << 64;
        let count = if terms.children == 0 {
            U256::ZERO
        } else {
            count
        };
        let address = |address: Address| U256::from_be_bytes(address.into_word().0);
        let words = [
            (1, word),
            (2, terms.licenceHash.into()),
            (3, address(self.successor)),
            (4, address(self.offered)),
            (5, count),
        ];
        let words = words.into_iter().filter(|(_, word)| !word.is_zero());
        words
            .map(|(what, word)| (key(what, 0, 0, id, router), word))
            .collect()
    }
}

fn from_logs(world: &World) -> BTreeMap<U256, U256> {
    let mut works: BTreeMap<u64, Work> = BTreeMap::new();
    let logs = world.chain.receipts().flat_map(|receipt| receipt.logs);
    for log in &logs.collect::<Vec<_>>() {
        if log.address == world.router {
            for parent in decoded::<WorkRegistered>(log).map_or(Vec::new(), |event| event.parents) {
                works.entry(parent.work).or_default().count();
            }
        }
        if log.address != world.licensing {
            continue;
        }
        if let Some(event) = decoded::<TermsSet>(log) {
            let work = works.entry(event.work).or_default();
            assert_eq!(event.version, work.version + 1);
            (work.version, work.counted) = (event.version, (event.version, 0));
            work.terms = Some(event.terms);
        }
        if let Some(event) = decoded::<LicensorOffered>(log) {
            works.entry(event.work).or_default().offered = event.to;
        }
        if let Some(event) = decoded::<LicensorChanged>(log) {
            let work = works.entry(event.work).or_default();
            assert_eq!((event.version, event.to), (work.version + 1, work.offered));
            (work.version, work.successor, work.offered) = (event.version, event.to, Address::ZERO);
        }
    }
    let slots = works.iter().map(|(id, work)| work.slots(*id, world.router));
    slots.flatten().collect()
}

/// Any terms that can be set.
fn any_terms(world: &World, dice: &mut Dice) -> Terms {
    let expires = dice.once_in(3);
    Terms {
        mode: u8::from(!dice.once_in(4)),
        expires,
        expiry: if expires {
            world.chain.timestamp() + dice.below(20)
        } else {
            0
        },
        children: dice.below(4) as u32,
        licenceHash: if dice.once_in(3) {
            B256::from(dice.bytes32())
        } else {
            B256::ZERO
        },
        ..open_terms(dice.below(300) as u16)
    }
}

fn walk(seed: u64, met: &mut BTreeSet<&'static str>) {
    println!("seed {seed}");
    let mut dice = Dice::new(seed);
    let mut world = World::new();
    let people = [world.alice, world.bob, world.carol, world.dave];
    let (router, licensing) = (world.router, world.licensing);
    let works: Vec<u64> = (people.iter())
        .map(|creator| world.work(GALLERY, *creator).register())
        .collect();
    for _ in 0..60 {
        let (work, to) = (dice.pick(&works), dice.pick(&people));
        let licensor = world.view(licensing, ILicensing::licensorOfCall { router, work });
        match dice.below(10) {
            0..3 => {
                let call = ILicensing::setTermsCall {
                    router,
                    work,
                    terms: any_terms(&world, &mut dice),
                    licenceURI: String::from("ar://licence"),
                };
                world.act(licensor, licensing, call).done();
            }
            3 => {
                let offer = ILicensing::offerLicensorCall { router, work, to };
                world.act(licensor, licensing, offer).done();
            }
            4 => {
                let offered = ILicensing::offeredLicensorOfCall { router, work };
                let offered = world.view(licensing, offered);
                let version = world.terms_version(work);
                let accept = ILicensing::acceptLicensorCall {
                    router,
                    work,
                    version,
                };
                if !offered.is_zero() {
                    world.act(offered, licensing, accept).done();
                    met.insert("a licensor who accepted");
                }
            }
            _ => {
                let child = world
                    .work(GALLERY, to)
                    .parents(&[(work, dice.below(400) as u16)]);
                let receipt = child.act().receipt();
                let ending = match receipt.output.first_chunk().copied() {
                    _ if receipt.status.is_success() => "a child admitted",
                    Some(
                        <ILicensing::ChildrenExhausted as alloy_sol_types::SolError>::SELECTOR,
                    ) => "a child too many",
                    _ => "a child refused",
                };
                met.insert(ending);
            }
        }
        assert_eq!(world.chain.storage_dump(licensing), from_logs(&world));
    }
}

#[test]
fn licensing_follows_from_the_log() {
    let mut met = BTreeSet::new();
    for seed in 0..8 {
        walk(seed, &mut met);
    }
    let corners = [
        "a child admitted",
        "a child refused",
        "a child too many",
        "a licensor who accepted",
    ];
    assert_eq!(met, BTreeSet::from(corners));
}
