//! Constructors run once, through the deployer, and never again.

use alloy_primitives::{Address, U256};
use alloy_sol_types::{SolCall, SolValue, sol};
use lineage::programs;
use lineage_tests::World;
use lineage_tests::abi::{IProvenance, IRouter};

sol! {
    /// What StylusDeployer calls, with the arguments behind it.
    function stylus_constructor();
}

/// Calldata of a constructor.
pub(crate) fn constructor(arguments: Vec<u8>) -> Vec<u8> {
    [&stylus_constructorCall::SELECTOR[..], &arguments].concat()
}

#[test]
fn second_call_of_a_constructor_is_refused() {
    let mut world = World::new();
    let (alice, router, provenance) = (world.alice, world.router, world.provenance);
    let input = constructor((alice, alice, alice).abi_encode_params());
    world
        .act_raw(alice, router, input)
        .refused(IRouter::AlreadyConstructed {});
    let input = constructor((alice, alice, alice, "Mine", "MINE").abi_encode_params());
    world
        .act_raw(alice, provenance, input)
        .refused(IProvenance::AlreadyConstructed {});
}

#[test]
fn settings_are_what_the_programs_were_deployed_with() {
    let world = World::new();
    assert_eq!(
        world.view(world.router, IRouter::licensingCall {}),
        world.licensing
    );
    assert_eq!(
        world.view(world.router, IRouter::registryCall {}),
        world.registry
    );
    assert_eq!(
        world.view(world.router, IRouter::accountImplementationCall {}),
        Address::ZERO
    );
    assert_eq!(
        world.view(world.provenance, IProvenance::routerCall {}),
        world.router
    );
    assert_eq!(
        world.view(world.provenance, IProvenance::rendererCall {}),
        world.renderer
    );
}

#[test]
fn constructor_takes_no_value() {
    let mut world = World::new();
    let alice = world.alice;
    let router = (alice, alice, alice).abi_encode_params();
    let provenance = (alice, alice, alice, "Mine", "MINE").abi_encode_params();
    let programs = [
        (programs::ROUTER, router),
        (programs::PROVENANCE, provenance),
    ];
    for (number, (program, arguments)) in (1..).zip(programs) {
        // Active already, since another has the same code; not constructed.
        let fresh = Address::repeat_byte(number);
        world.chain.set_code(fresh, program.code);
        world.watch(fresh);
        let input = constructor(arguments);
        let refusal = IRouter::ValueNotAccepted {
            value: U256::from(1),
        };
        world
            .act_raw(alice, fresh, input.clone())
            .value(1)
            .refused(refusal);
        world.act_raw(alice, fresh, input).done();
        assert_eq!(world.chain.storage(fresh, U256::MAX), U256::from(1));
    }
}
