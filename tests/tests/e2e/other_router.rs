//! Routers with settings that the shipped deployment does not have yet.

use alloy_primitives::Address;
use alloy_sol_types::{SolValue, sol};
use lineage_tests::World;

sol! {
    interface Parrot {
        function teach(bytes calldata data, bool reverts) external;
        function sendOn(address to, bytes calldata data) external;
        event Heard(bytes input);
        function outcome() external view returns (bytes memory);
    }
}

/// Puts another router in the place of the world's.
pub(crate) fn replace_router(
    world: &mut World,
    licensing: Address,
    account_implementation: Address,
) {
    let arguments = (licensing, world.registry, account_implementation).abi_encode_params();
    let deployed = lineage::deploy::program(
        &mut world.chain,
        world.erin,
        lineage::programs::ROUTER,
        Some(arguments),
    );
    world.router = deployed.expect("the router deploys");
    world.watch(world.router);
}

/// A router whose licensing is a [`Parrot`], with two works. Answers the parrot.
pub(crate) fn ask_parrot(world: &mut World) -> Address {
    let parrot = world.deploy("Parrot");
    replace_router(world, parrot, Address::ZERO);
    for creator in [world.alice, world.bob] {
        world.work(world.dave, creator).register();
    }
    parrot
}

/// Has it answer a list of fees.
pub(crate) fn teach_fees(world: &mut World, parrot: Address, fees: &[u128]) {
    teach(world, parrot, fees.to_vec().abi_encode(), false);
}

/// Has it answer this, or revert with it.
pub(crate) fn teach(world: &mut World, parrot: Address, data: Vec<u8>, reverts: bool) {
    world
        .act(
            world.erin,
            parrot,
            Parrot::teachCall {
                data: data.into(),
                reverts,
            },
        )
        .done();
}
