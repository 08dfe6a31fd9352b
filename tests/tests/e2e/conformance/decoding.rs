//! Every function with good, suffixed, unpadded, truncated and dirty calldata, and with hostile offsets and lengths.

use super::encoded::{self, Clean, Encoded, Mark};
use super::{malformed, subjects};
use crate::construct::stylus_constructorCall;
use alloy_json_abi::Constructor;
use alloy_primitives::{Address, U256};
use alloy_sol_types::{SolCall, SolError};
use lineage::programs::{PROVENANCE, ROUTER};
use lineage_tests::World;
use lineage_tests::abi::IRouter::{MalformedCalldata, UnknownSelector, registerCall};
use lineage_tests::world::GALLERY;
use stylus_chain::{Outcome, Status};

/// Gas that no refusal of calldata comes near: nothing is allocated from a length that was not checked.
const REFUSAL_GAS: u64 = 200_000;

struct Case<'w> {
    world: &'w World,
    from: Address,
    to: Address,
    name: String,
    good: Encoded,
}

#[test]
fn every_function_checks_every_word_and_ignores_what_follows() {
    let mut world = World::new();
    // Something to refer to, so that good calldata gets past every check that comes before its last word is read.
    let alice = world.alice;
    for work in 1..=2 {
        assert_eq!(world.mint(alice).send(), work);
        (0..work).for_each(|_| world.open(work, alice, 0));
    }
    for subject in subjects(&world) {
        for function in subject.functions() {
            let name = format!("{}: {}", subject.name, function.signature());
            let good = encoded::calldata(function.selector().into(), &function.inputs, alice);
            // Licensing is the router's to ask.
            let from = if subject.address == world.licensing {
                world.router
            } else {
                alice
            };
            let case = Case {
                world: &world,
                from,
                to: subject.address,
                name,
                good,
            };
            case.check();
        }
    }
}

/// On code that was deployed without its constructor: no other call of one gets as far as its arguments.
#[test]
fn constructors_check_every_word_and_ignore_what_follows() {
    for (program, signature) in [
        (
            ROUTER,
            "constructor(address licensing, address registry, address accountImplementation)",
        ),
        (
            PROVENANCE,
            "constructor(address router, address renderer, address owner, string name, string symbol)",
        ),
    ] {
        let mut world = World::new();
        let alice = world.alice;
        let bare = world.deploy_code(stylus_chain::init_code(program.code));
        let inputs = Constructor::parse(signature).expect("a signature").inputs;
        let good = encoded::calldata(stylus_constructorCall::SELECTOR, &inputs, alice);
        let case = Case {
            world: &world,
            from: alice,
            to: bare,
            name: format!("{}: constructor", program.name),
            good,
        };
        assert_eq!(case.run(&case.good.bytes).status, Status::Success);
        case.check();
    }
}

#[test]
fn offsets_may_point_at_the_same_tail() {
    let world = World::new();
    let word = |value: u64| U256::from(value).to_be_bytes::<32>();
    let creator = world.alice.into_word();
    // Parents and payees are one and the same empty list, its length the word after the head.
    let empty = [
        &registerCall::SELECTOR[..],
        &creator[..],
        &word(0),
        &word(128),
        &word(128),
        &word(0),
    ]
    .concat();
    let outcome = world.call(GALLERY, world.router, empty);
    assert_eq!(outcome.status, Status::Success);
    assert_eq!(outcome.output[..], word(1));
}

impl Case<'_> {
    fn check(&self) {
        let good = self.run(&self.good.bytes);
        let refusal = good.output.get(..4).unwrap_or_default();
        let malformed = good.status == Status::Revert
            && (refusal == MalformedCalldata::SELECTOR || refusal == UnknownSelector::SELECTOR);
        assert!(
            !malformed,
            "{}: good calldata is refused with 0x{}",
            self.name,
            hex::encode(&good.output)
        );
        assert!(
            !matches!(good.status, Status::Halt(_)),
            "{}: {:?}",
            self.name,
            good.status
        );
        self.suffixed(&good);
        self.unpadded(&good);
        self.truncated();
        for (at, mark) in &self.good.marks {
            match mark {
                Mark::Value(clean) => self.dirty(*at, *clean),
                Mark::Offset | Mark::Length => self.hostile(*at),
            }
        }
    }

    fn run(&self, calldata: &[u8]) -> Outcome {
        self.world.call(self.from, self.to, calldata.to_vec())
    }

    fn same(&self, calldata: &[u8], good: &Outcome, what: &str) {
        let got = self.run(calldata);
        assert_eq!(
            (&got.status, &got.output, &got.logs),
            (&good.status, &good.output, &good.logs),
            "{} {what}",
            self.name
        );
    }

    fn suffixed(&self, good: &Outcome) {
        for suffix in [&[0xff; 1][..], &[0x80; 36], &[0; 64]] {
            self.same(&[&self.good.bytes, suffix].concat(), good, "with a suffix");
        }
    }

    fn unpadded(&self, good: &Outcome) {
        let end = self.good.bytes.len() - self.good.padding;
        self.same(&self.good.bytes[..end], good, "without padding");
    }

    /// Any prefix that lacks a byte of an argument.
    fn truncated(&self) {
        let whole = self.good.bytes.len() - self.good.padding;
        let mut ends: Vec<usize> = (4..whole)
            .step_by(32)
            .flat_map(|end| [end, end + 1, end + 31])
            .collect();
        ends.push(whole.saturating_sub(1));
        for end in ends.into_iter().filter(|end| (4..whole).contains(end)) {
            let got = self.run(&self.good.bytes[..end]);
            assert_eq!(got.status, Status::Revert, "{} cut at {end}", self.name);
            let error = MalformedCalldata::abi_decode_validate(&got.output);
            let at = error
                .unwrap_or_else(|_| {
                    panic!("{} cut at {end}: 0x{}", self.name, hex::encode(&got.output))
                })
                .offset;
            assert!(
                at <= U256::from(end),
                "{} cut at {end}: stopped at {at}",
                self.name
            );
        }
    }

    fn dirty(&self, at: usize, clean: Clean) {
        let bits = match clean {
            Clean::Low(256) | Clean::High(256) => return,
            Clean::Low(width) => [width, 255],
            Clean::High(width) => [0, 255 - width],
        };
        for bit in bits {
            let word = self.word(at) | (U256::from(1) << bit);
            self.refused(at, word, at);
        }
    }

    fn hostile(&self, at: usize) {
        let end = self.good.bytes.len();
        let beyond = [
            end,
            1 << 27,
            1 << 31,
            (1 << 32) - 32,
            (1 << 32) - 1,
            1 << 32,
            1 << 63,
        ]
        .map(U256::from);
        for word in beyond
            .into_iter()
            .chain([U256::from(1) << 64, U256::from(1) << 255, U256::MAX])
        {
            self.refused(at, word, at);
        }
    }

    fn word(&self, at: usize) -> U256 {
        U256::from_be_slice(&self.good.bytes[at..at + 32])
    }

    /// With this word in that place, reading stops there, cheaply.
    fn refused(&self, at: usize, word: U256, stops: usize) {
        let mut calldata = self.good.bytes.clone();
        calldata[at..at + 32].copy_from_slice(&word.to_be_bytes::<32>());
        let got = self.run(&calldata);
        let (output, expected) = (hex::encode(&got.output), hex::encode(malformed(stops)));
        assert_eq!(
            (got.status, output),
            (Status::Revert, expected),
            "{} with {word:#x} at {at}",
            self.name
        );
        assert!(
            got.gas_used < REFUSAL_GAS,
            "{} with {word:#x} at {at}: {} gas",
            self.name,
            got.gas_used
        );
    }
}
