//! Collections have numbers of 32 bits; the last one is never given twice.

use alloy_primitives::U256;
use lineage_tests::World;
use lineage_tests::abi::IRouter;
use lineage_tests::world::GALLERY;

#[test]
fn new_collections_are_refused_once_the_numbers_are_used_up() {
    let mut world = World::new();
    let (alice, bob, carol, dave, router) = (
        world.alice,
        world.bob,
        world.carol,
        world.dave,
        world.router,
    );
    world.work(GALLERY, alice).register();
    let counters = world.chain.storage(router, U256::ZERO);
    let all_but_one = (counters << 32 >> 32) | (U256::from(u32::MAX - 1) << 224);
    world.chain.set_storage(router, U256::ZERO, all_but_one);

    world.work(bob, alice).register();
    let refusal = IRouter::TooManyCollections {
        max: U256::from(u32::MAX),
    };
    world.work(carol, alice).act().refused(refusal);
    // Who has a number keeps it.
    assert_eq!(world.work(GALLERY, dave).register(), 3);
    assert_eq!(world.work(bob, dave).register(), 4);
    let collection = |id| world.view(router, IRouter::workCall { id }).collection;
    assert_eq!([1, 2, 3, 4].map(collection), [GALLERY, bob, GALLERY, bob]);
}
