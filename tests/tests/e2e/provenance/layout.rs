//! docs/layout.md on provenance: every field by its raw slot and by its view, and no slot that the page does not name.

use alloy_primitives::{Address, B256, U256, keccak256};
use alloy_sol_types::SolValue;
use lineage::deploy;
use lineage_tests::World;
use lineage_tests::abi::IProvenance;
use lineage_tests::world::commitment;
use std::collections::BTreeSet;
use stylus_chain::DEV_ACCOUNTS;

/// Raw slots of the shared collection, and which of them were read.
struct Slots<'w> {
    world: &'w World,
    read: BTreeSet<U256>,
}

impl Slots<'_> {
    fn at(&mut self, slot: U256) -> U256 {
        self.read.insert(slot);
        self.world.chain.storage(self.world.provenance, slot)
    }

    fn plain(&mut self, slot: u64) -> U256 {
        self.at(U256::from(slot))
    }
}

/// Where Solidity keeps a mapping's entry.
fn entry(key: impl SolValue, slot: U256) -> U256 {
    keccak256([key.abi_encode(), slot.abi_encode()].concat()).into()
}

fn bits(word: U256, from: usize, to: usize) -> U256 {
    (word >> from) & (U256::MAX >> (255 - (to - from)))
}

fn address(word: U256) -> Address {
    Address::from_word(bits(word, 0, 159).into())
}

/// A string of at most 31 bytes.
fn short(word: U256) -> Vec<u8> {
    let bytes = word.to_be_bytes::<32>();
    bytes[..usize::from(bytes[31] / 2)].to_vec()
}

#[test]
fn provenance_keeps_what_the_page_says_and_nothing_else() {
    let mut world = World::owned();
    let (alice, bob, carol, provenance) = (world.alice, world.bob, world.carol, world.provenance);
    let mut request = world
        .mint(alice)
        .with(|request| request.salt = B256::repeat_byte(7))
        .request();
    (
        request.royalty,
        request.stepCount,
        request.kind,
        request.sourceType,
    ) = (0x0123, 0x4567, 5, 17);
    request.uri = b"https://example.org".to_vec().into();
    let committed = world.chain.timestamp();
    world.commit(alice, &request);
    let copied = world
        .mint(bob)
        .with(|copy| copy.outputHash = request.outputHash)
        .send();
    let minted = world.chain.timestamp();
    let token = world.mint(alice).with(|new| *new = request.clone()).send();
    let token_id = U256::from(token);
    world
        .act(
            alice,
            provenance,
            IProvenance::approveCall {
                to: bob,
                tokenId: token_id,
            },
        )
        .done();
    world
        .act(
            alice,
            provenance,
            IProvenance::setApprovalForAllCall {
                operator: carol,
                approved: true,
            },
        )
        .done();
    world
        .act(
            DEV_ACCOUNTS[0],
            provenance,
            IProvenance::transferOwnershipCall { newOwner: carol },
        )
        .done();

    let mut slots = Slots {
        world: &world,
        read: BTreeSet::new(),
    };
    let place = |number: u64| U256::from(number);
    let view = world.view(provenance, IProvenance::recordCall { tokenId: token_id });

    for (token, number) in [(copied, 1), (token, 2)] {
        let (token_id, word) = (place(token), slots.at(entry(place(token), place(0))));
        let view = world.view(provenance, IProvenance::recordCall { tokenId: token_id });
        assert_eq!(
            address(word),
            world.view(provenance, IProvenance::ownerOfCall { tokenId: token_id })
        );
        assert_eq!(bits(word, 160, 175), place(view.royalty.into()));
        assert_eq!(bits(word, 176, 191), place(view.stepCount.into()));
        assert_eq!(bits(word, 192, 199), place(view.kind.into()));
        assert_eq!(bits(word, 200, 207), place(view.sourceType.into()));
        assert_eq!(bits(word, 208, 255), place(number));
    }
    assert_eq!(
        (view.royalty, view.stepCount, view.kind, view.sourceType),
        (0x0123, 0x4567, 5, 17)
    );
    for owner in [alice, bob] {
        assert_eq!(
            slots.at(entry(owner, place(1))),
            world.view(provenance, IProvenance::balanceOfCall { owner })
        );
    }
    assert_eq!(address(slots.at(entry(token_id, place(2)))), bob);
    assert_eq!(slots.at(entry(carol, entry(alice, place(3)))), place(1));
    assert_eq!(
        address(slots.plain(4)),
        world.view(provenance, IProvenance::ownerCall {})
    );
    assert_eq!(
        address(slots.plain(5)),
        world.view(provenance, IProvenance::pendingOwnerCall {})
    );
    let router = slots.plain(6);
    assert_eq!(
        address(router),
        world.view(provenance, IProvenance::routerCall {})
    );
    assert_eq!(
        (bits(router, 160, 223), bits(router, 224, 255)),
        (place(2), place(0))
    );
    assert_eq!(
        address(slots.plain(7)),
        world.view(provenance, IProvenance::rendererCall {})
    );
    assert_eq!(
        (short(slots.plain(8)), short(slots.plain(9))),
        (b"Lineage".to_vec(), b"LINE".to_vec())
    );
    assert_eq!(
        slots.at(entry(commitment(alice, &request), place(10))),
        place(committed)
    );
    let first = slots.at(entry(request.outputHash, place(11)));
    assert_eq!(
        (address(first), bits(first, 160, 223), bits(first, 224, 255)),
        (alice, token_id, place(0))
    );
    assert_eq!(
        slots.at(entry(request.outputHash, entry(bob, place(12)))),
        place(copied)
    );
    assert_eq!(slots.at(U256::MAX), place(1));

    let kept: BTreeSet<U256> = world.chain.storage_dump(provenance).into_keys().collect();
    let unnamed: Vec<_> = kept.difference(&slots.read).collect();
    assert!(unnamed.is_empty(), "{unnamed:x?}");

    let seconds = |time: u64| time.to_be_bytes()[3..].to_vec();
    let title = &request.title;
    let record = [
        &[0][..],
        alice.as_slice(),
        request.outputHash.as_slice(),
        request.processRoot.as_slice(),
        &seconds(committed),
        &seconds(minted),
        &[title.len() as u8],
        title.as_bytes(),
        &request.uri,
    ];
    assert_eq!(
        world.chain.code(provenance.create(2)).to_vec(),
        record.concat()
    );
}

#[test]
fn long_name_is_kept_as_solidity_does() {
    let mut world = World::new();
    let programs = (world.router, world.renderer);
    let name = "a collection whose name does not fit one word";
    let collection = deploy::collection(&mut world.chain, world.bob, programs, (name, ""))
        .expect("it is deployed");
    let slot = |slot: U256| world.chain.storage(collection, slot);
    assert_eq!(slot(U256::from(8)), U256::from(2 * name.len() + 1));
    assert_eq!(slot(U256::from(9)), U256::ZERO);
    let first = U256::from_be_bytes(keccak256(U256::from(8).abi_encode()).0);
    let words = [first, first + U256::from(1)].map(|place| slot(place).to_be_bytes::<32>());
    assert_eq!(words.concat()[..name.len()], *name.as_bytes());
    assert!(words.concat()[name.len()..].iter().all(|byte| *byte == 0));
}
