//! What every program makes of calldata, for every function its .sol file declares and for everything else.

mod decoding;
mod encoded;
mod passed_on;
mod selectors;

use alloy_json_abi::{Function, JsonAbi};
use alloy_primitives::{Address, U256};
use alloy_sol_types::SolError;
use lineage_tests::abi::IRouter::{MalformedCalldata, UnknownSelector, ValueNotAccepted};
use lineage_tests::root::root;
use lineage_tests::{World, solidity};

/// A program, its interface, and whether it has a constructor.
struct Subject {
    name: &'static str,
    address: Address,
    abi: JsonAbi,
    constructed: bool,
}

fn subjects(world: &World) -> [Subject; 5] {
    let subject = |name, interface, address, constructed| Subject {
        name,
        address,
        abi: solidity::abi(interface),
        constructed,
    };
    [
        subject("registry", "IERC6551Registry", world.registry, false),
        subject("licensing", "ILicensing", world.licensing, false),
        subject("router", "IRouter", world.router, true),
        subject("provenance", "IProvenance", world.provenance, true),
        subject("renderer", "IRenderer", world.renderer, false),
    ]
}

impl Subject {
    fn wasm(&self) -> Vec<u8> {
        programs::load(&root(), self.name)
            .unwrap_or_else(|error| panic!("{error}"))
            .wasm
    }

    fn functions(&self) -> impl Iterator<Item = &Function> {
        self.abi.functions()
    }
}

/// The revert data of a call that no function answers.
fn unknown(selector: [u8; 4]) -> Vec<u8> {
    UnknownSelector {
        selector: selector.into(),
    }
    .abi_encode()
}

fn malformed(at: usize) -> Vec<u8> {
    MalformedCalldata {
        offset: U256::from(at),
    }
    .abi_encode()
}

#[test]
fn errors_of_routing_are_declared_alike_in_every_file() {
    let world = World::new();
    let routing = [
        "UnknownSelector",
        "ValueNotAccepted",
        "MalformedCalldata",
        "AlreadyConstructed",
    ];
    let declared = |subject: &Subject| {
        routing.map(|name| {
            subject
                .abi
                .error(name)
                .unwrap_or_else(|| panic!("{name} in {}", subject.name))
                .to_vec()
        })
    };
    let subjects = subjects(&world);
    for subject in &subjects {
        assert_eq!(
            declared(subject),
            declared(&subjects[0]),
            "{}",
            subject.name
        );
    }
}

#[test]
fn value_is_refused_wherever_it_is_not_payable() {
    let mut world = World::new();
    let alice = world.alice;
    for subject in subjects(&world) {
        for function in subject.functions() {
            let payable = function.state_mutability == alloy_json_abi::StateMutability::Payable;
            let act = world
                .act_raw(alice, subject.address, function.selector().to_vec())
                .value(3);
            if payable {
                let data = act.receipt().receipt.output;
                assert_ne!(data[..4], ValueNotAccepted::SELECTOR, "{}", function.name);
            } else {
                act.refused(ValueNotAccepted {
                    value: U256::from(3),
                });
            }
        }
    }
}
