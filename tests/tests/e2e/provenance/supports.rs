//! ERC-165.

use alloy_primitives::{FixedBytes, U256};
use alloy_sol_types::{SolCall, SolValue};
use lineage_tests::World;
use lineage_tests::abi::IProvenance::supportsInterfaceCall;
use lineage_tests::bytecode::{FRUGAL_ASKER, asking, creation};

/// ERC-165, ERC-721, its metadata, ERC-2981, ERC-4906.
const SUPPORTED: [u32; 5] = [
    0x01ff_c9a7,
    0x80ac_58cd,
    0x5b5e_139f,
    0x2a55_205a,
    0x4906_4906,
];

fn question(id: u32) -> supportsInterfaceCall {
    supportsInterfaceCall {
        interfaceId: FixedBytes(id.to_be_bytes()),
    }
}

#[test]
fn interfaces_are_those_of_the_table() {
    let world = World::new();
    // ERC-721 Enumerable and Receiver, ERC-1155, ERC-20's usual id, ERC-173, ERC-4494.
    let others = [
        0x780e_9d63,
        0x150b_7a02,
        0xd9b6_7a26,
        0x3637_2b07,
        0x7f58_28d0,
        0x5604_e225,
        0,
        1,
        0xffff_ffff,
    ];
    for id in SUPPORTED {
        assert!(world.view(world.provenance, question(id)), "{id:08x}");
    }
    for id in others {
        assert!(!world.view(world.provenance, question(id)), "{id:08x}");
    }
}

#[test]
fn thirty_thousand_gas_are_enough_for_an_uncached_answer() {
    let mut world = World::new();
    let (alice, provenance) = (world.alice, world.provenance);
    let asker = world.deploy_code(creation(&FRUGAL_ASKER));
    for (id, answer) in [(0x01ff_c9a7, 1), (0xffff_ffff, 0)] {
        let outcome = world.call(alice, asker, asking(provenance, &question(id).abi_encode()));
        let answered = <(U256, U256)>::abi_decode_params(&outcome.output).expect("two words");
        assert_eq!(answered, (U256::from(1), U256::from(answer)));
    }
}
