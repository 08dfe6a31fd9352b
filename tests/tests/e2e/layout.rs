//! docs/layout.md: every field by its raw slot and by its view, and no slot that the page does not name.

use alloy_primitives::{Address, B256, U256};
use lineage_tests::World;
use lineage_tests::abi::{ILicensing, IRouter};
use lineage_tests::world::{GALLERY, NATIVE, SALON, open_terms};
use std::collections::BTreeSet;

/// Bits `from` to `to` of a word, both included.
fn bits(word: U256, from: usize, to: usize) -> U256 {
    let width = to - from + 1;
    (word >> from) & (U256::MAX >> (256 - width))
}

fn address(word: U256) -> Address {
    Address::from_word(bits(word, 0, 159).into())
}

/// A slot as the page writes the keys of router and licensing: what, index, epoch, work, address.
pub(crate) fn key(what: u8, index: u8, epoch: u16, work: u64, of: Address) -> U256 {
    let mut bytes = [0; 32];
    bytes[0] = what;
    bytes[1] = index;
    bytes[2..4].copy_from_slice(&epoch.to_be_bytes());
    bytes[4..12].copy_from_slice(&work.to_be_bytes());
    bytes[12..].copy_from_slice(of.as_slice());
    U256::from_be_bytes(bytes)
}

/// Reads raw slots and keeps count of which were read.
struct Slots<'w> {
    world: &'w World,
    read: BTreeSet<U256>,
}

impl Slots<'_> {
    fn at(&mut self, slot: U256) -> U256 {
        self.read.insert(slot);
        let words = self.world.view(
            self.world.router,
            IRouter::extsloadCall {
                slots: vec![slot.into()],
            },
        );
        let word = U256::from_be_bytes(words[0].0);
        assert_eq!(word, self.world.chain.storage(self.world.router, slot));
        word
    }
}

#[test]
fn router_keeps_what_the_page_says_and_nothing_else() {
    let mut world = World::new();
    let (alice, bob, carol) = (world.alice, world.bob, world.carol);
    let coin = world.deploy("Coin");
    world.fund(coin, alice, 10_000);
    let parents: Vec<(u64, u16)> = (1..=7)
        .map(|number| (world.open_work(alice, bob, &[]), 111 * number))
        .collect();
    let child = world
        .work(SALON, carol)
        .kind(3)
        .parents(&parents)
        .payees(&[(alice, 1_000), (bob, 2_000), (carol, 7_000)])
        .register();
    world.pay(alice, child, NATIVE, 1_000_003);
    world.pay(alice, child, coin, 5_000);
    for payee in 0..3 {
        world.claim(child, NATIVE, payee);
    }
    world.claim(child, coin, 1);
    world.settle(&[child], NATIVE);
    world.pay(alice, child, NATIVE, 17);

    let mut slots = Slots {
        world: &world,
        read: BTreeSet::new(),
    };
    let view = |id| world.view(world.router, IRouter::workCall { id });
    let zero = Address::ZERO;

    let first = slots.at(U256::ZERO);
    assert_eq!(address(first), world.licensing);
    assert_eq!(bits(first, 160, 223), U256::from(8));
    assert_eq!(bits(first, 224, 255), U256::from(2));
    assert_eq!(address(slots.at(U256::from(1))), world.registry);
    assert_eq!(slots.at(U256::from(2)), U256::ZERO);
    assert_eq!(slots.at(U256::MAX), U256::from(1));

    for id in 1..=8 {
        let (head, work) = (slots.at(key(1, 0, 0, id, zero)), view(id));
        assert_eq!(address(head), work.creator);
        let number: u64 = bits(head, 160, 191).to();
        assert_eq!(
            address(slots.at(key(7, 0, 0, number, zero))),
            work.collection
        );
        assert_eq!(
            slots.at(key(6, 0, 0, 0, work.collection)),
            U256::from(number)
        );
        assert_eq!(bits(head, 192, 199), U256::from(work.kind));
        assert_eq!(bits(head, 200, 207), U256::from(work.parents));
        assert_eq!(
            bits(head, 208, 215),
            U256::from(if id == child { 3 } else { 0 })
        );
        assert_eq!(bits(head, 216, 231), U256::from(work.epoch));
        assert_eq!(bits(head, 232, 247), U256::from(work.keep));
        assert_eq!(bits(head, 248, 255), U256::ZERO);
    }

    let edges = world.view(world.router, IRouter::parentsCall { id: child });
    assert_eq!(
        edges
            .iter()
            .map(|edge| (edge.work, edge.share))
            .collect::<Vec<_>>(),
        parents
    );
    for (number, edge) in edges.iter().enumerate() {
        let word = slots.at(key(2, (number / 3) as u8, 0, child, zero));
        let low = number % 3 * 80;
        assert_eq!(bits(word, low + 16, low + 79), U256::from(edge.work));
        assert_eq!(bits(word, low + 15, low + 15), U256::from(edge.inherited));
        assert_eq!(bits(word, low + 14, low + 14), U256::from(edge.carry));
        assert_eq!(bits(word, low, low + 13), U256::from(edge.share));
        assert_eq!(bits(word, 240, 255), U256::ZERO);
    }

    for (index, payee) in (0..).zip(world.view(world.router, IRouter::payeesCall { id: child })) {
        let word = slots.at(key(3, index, 0, child, zero));
        assert_eq!(address(word), payee.account);
        assert_eq!(bits(word, 160, 175), U256::from(payee.share));
        assert_eq!(bits(word, 176, 183), U256::from(payee.role));
        assert_eq!(bits(word, 184, 255), U256::ZERO);
    }

    for asset in [NATIVE, coin] {
        for id in 1..=8 {
            let books = world.view(
                world.router,
                IRouter::ledgerCall {
                    id,
                    epoch: 0,
                    asset,
                },
            );
            let word = slots.at(key(4, 0, 0, id, asset));
            assert_eq!(bits(word, 0, 127), U256::from(books.received));
            assert_eq!(bits(word, 128, 255), U256::from(books.settled));
        }
        for payee in 0..3 {
            let claimed = world.view(
                world.router,
                IRouter::claimedCall {
                    id: child,
                    epoch: 0,
                    asset,
                    payee,
                },
            );
            let word = slots.at(key(5, payee / 2, 0, child, asset));
            let low = usize::from(payee % 2) * 128;
            assert_eq!(bits(word, low, low + 127), U256::from(claimed));
        }
    }

    let kept: BTreeSet<U256> = world.chain.storage_dump(world.router).into_keys().collect();
    let unnamed: Vec<_> = kept.difference(&slots.read).collect();
    assert!(unnamed.is_empty(), "{unnamed:x?}");
}

#[test]
fn licensing_keeps_what_the_page_says_and_nothing_else() {
    let mut world = World::new();
    let (alice, bob, licensing, router) = (world.alice, world.bob, world.licensing, world.router);
    let work = world.work(GALLERY, alice).register();
    let terms = ILicensing::Terms {
        minShare: 1_234,
        expires: true,
        expiry: 0x1122_3344_5566_7788,
        children: 0x99aa_bbcc,
        licenceHash: B256::repeat_byte(0xcd),
        ..open_terms(0)
    };
    let call = ILicensing::setTermsCall {
        router,
        work,
        terms: terms.clone(),
        licenceURI: String::new(),
    };
    world.act(alice, licensing, call).done();
    world
        .work(GALLERY, bob)
        .parents(&[(work, 1_234)])
        .register();
    let count = |world: &World| {
        let word = world.chain.storage(licensing, key(5, 0, 0, work, router));
        let call = ILicensing::childrenOfCall { router, work };
        let admitted = U256::from(world.view(licensing, call));
        (word, admitted)
    };
    let (word_of_count, admitted) = count(&world);
    assert_eq!(bits(word_of_count, 0, 31), U256::from(terms.children));
    assert_eq!(bits(word_of_count, 32, 63), U256::from(1));
    assert_eq!(bits(word_of_count, 64, 95), U256::from(1));
    assert_eq!(admitted, U256::from(1));
    assert_eq!(bits(word_of_count, 96, 255), U256::ZERO);
    world
        .act(
            alice,
            licensing,
            ILicensing::offerLicensorCall {
                router,
                work,
                to: bob,
            },
        )
        .done();
    world
        .act(
            bob,
            licensing,
            ILicensing::acceptLicensorCall {
                router,
                work,
                version: 1,
            },
        )
        .done();
    world
        .act(
            bob,
            licensing,
            ILicensing::offerLicensorCall {
                router,
                work,
                to: alice,
            },
        )
        .done();

    let at = |what| {
        world
            .chain
            .storage(licensing, key(what, 0, 0, work, router))
    };
    let word = at(1);
    let read = world.view(licensing, ILicensing::termsOfCall { router, work });
    assert_eq!(read.terms, terms);
    assert_eq!(bits(word, 0, 7), U256::from(read.terms.mode));
    assert_eq!(bits(word, 8, 8), U256::from(read.terms.expires));
    assert_eq!(bits(word, 9, 9), U256::from(1));
    assert_eq!(bits(word, 10, 11), U256::ZERO);
    assert_eq!(bits(word, 12, 12), U256::from(1));
    assert_eq!(bits(word, 13, 13), U256::from(1));
    assert_eq!(bits(word, 14, 15), U256::ZERO);
    assert_eq!(bits(word, 16, 31), U256::from(read.terms.minShare));
    assert_eq!(bits(word, 32, 63), U256::from(read.version));
    assert_eq!(bits(word, 64, 127), U256::from(read.terms.expiry));
    assert_eq!(bits(word, 128, 255), U256::ZERO);
    assert_eq!(B256::from(at(2)), read.terms.licenceHash);
    assert_eq!(
        address(at(3)),
        world.view(licensing, ILicensing::licensorOfCall { router, work })
    );
    assert_eq!(
        address(at(4)),
        world.view(
            licensing,
            ILicensing::offeredLicensorOfCall { router, work }
        )
    );
    // The count is still of the version before, so the version in force has admitted nobody.
    assert_eq!(count(&world), (word_of_count, U256::ZERO));
    assert_eq!(world.chain.storage_dump(licensing).len(), 5);
}
