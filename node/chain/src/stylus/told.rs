//! What whoever watches is told of programs: each host call with what went in and what came out, packed as Nitro packs it
//! (`crates/wasm-libraries/user-host-trait`).

use super::host::{Answer, Scope};
use super::stands;
use crate::context::Context;
use crate::telling::Telling;
use crate::trace::Detail;
use crate::units::Ink;
use crate::wasm::guest::Args;
use crate::watch::Asked;

/// What goes into a host call: the place of an argument that is a number, or that points at something.
#[derive(Clone, Copy, Debug)]
enum In {
    /// A flag, of one byte.
    Flag(usize),
    /// A number of 16, 32 or 64 bits.
    Half(usize),
    Number(usize),
    Long(usize),
    /// What an argument points at: an account, a word, or bytes whose length is another argument.
    Account(usize),
    Word(usize),
    Bytes(usize, usize),
}

/// What comes out of one.
#[derive(Clone, Copy, Debug)]
enum Out {
    /// What the host call answers, of 8, 32 or 64 bits.
    Status,
    Number,
    Long,
    /// What was written where an argument points: an account, a word, a length, or as many bytes as it answers.
    Account(usize),
    Word(usize),
    Length(usize),
    Bytes(usize),
    /// All calldata.
    Input,
}

/// What goes in and comes out.
const fn shape(name: &str) -> (&'static [In], &'static [Out]) {
    match name.as_bytes() {
        b"read_args" => (&[], &[Out::Input]),
        b"write_result" => (&[In::Bytes(0, 1)], &[]),
        b"exit_early" => (&[In::Number(0)], &[]),
        b"storage_load_bytes32" | b"transient_load_bytes32" => (&[In::Word(0)], &[Out::Word(1)]),
        b"storage_cache_bytes32" | b"transient_store_bytes32" => (&[In::Word(0), In::Word(1)], &[]),
        b"storage_flush_cache" => (&[In::Flag(0)], &[]),
        b"call_contract" => (
            &[In::Account(0), In::Long(4), In::Word(3), In::Bytes(1, 2)],
            &[Out::Length(5), Out::Status],
        ),
        b"delegate_call_contract" | b"static_call_contract" => (
            &[In::Account(0), In::Long(3), In::Bytes(1, 2)],
            &[Out::Length(4), Out::Status],
        ),
        b"create1" => (
            &[In::Word(2), In::Bytes(0, 1)],
            &[Out::Account(3), Out::Length(4)],
        ),
        b"create2" => (
            &[In::Word(2), In::Word(3), In::Bytes(0, 1)],
            &[Out::Account(4), Out::Length(5)],
        ),
        b"read_return_data" => (&[In::Number(1), In::Number(2)], &[Out::Bytes(0)]),
        b"emit_log" => (&[In::Number(2), In::Bytes(0, 1)], &[]),
        b"account_balance" | b"account_codehash" => (&[In::Account(0)], &[Out::Word(1)]),
        b"account_code" => (
            &[In::Account(0), In::Number(1), In::Number(2)],
            &[Out::Bytes(3)],
        ),
        b"account_code_size" => (&[In::Account(0)], &[Out::Number]),
        b"return_data_size" | b"msg_reentrant" | b"tx_ink_price" => (&[], &[Out::Number]),
        b"evm_gas_left" | b"evm_ink_left" | b"block_gas_limit" | b"block_number"
        | b"block_timestamp" | b"chainid" => (&[], &[Out::Long]),
        b"block_basefee" | b"msg_value" | b"tx_gas_price" => (&[], &[Out::Word(0)]),
        b"block_coinbase" | b"contract_address" | b"msg_sender" | b"tx_origin" => {
            (&[], &[Out::Account(0)])
        }
        b"math_div" | b"math_mod" | b"math_pow" => (&[In::Word(0), In::Word(1)], &[Out::Word(0)]),
        b"math_add_mod" | b"math_mul_mod" => {
            (&[In::Word(0), In::Word(1), In::Word(2)], &[Out::Word(0)])
        }
        b"native_keccak256" => (&[In::Bytes(0, 1)], &[Out::Word(2)]),
        b"pay_for_memory_grow" => (&[In::Half(0)], &[]),
        _ => (&[], &[]),
    }
}

fn slice(memory: &[u8], at: u32, len: u32) -> &[u8] {
    let start = at as usize;
    memory
        .get(start..start.saturating_add(len as usize))
        .unwrap_or_default()
}

/// What goes into a host call, before it runs.
pub(super) fn ins(name: &str, args: Args, memory: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    for part in shape(name).0 {
        match *part {
            In::Flag(at) => packed.push(u8::from(args.u32(at) != 0)),
            In::Half(at) => packed.extend((args.u32(at) as u16).to_be_bytes()),
            In::Number(at) => packed.extend(args.u32(at).to_be_bytes()),
            In::Long(at) => packed.extend(args.u64(at).to_be_bytes()),
            In::Account(at) => packed.extend(slice(memory, args.u32(at), 20)),
            In::Word(at) => packed.extend(slice(memory, args.u32(at), 32)),
            In::Bytes(at, len) => packed.extend(slice(memory, args.u32(at), args.u32(len))),
        }
    }
    packed
}

/// What came out of a host call that has run.
pub(super) fn outs(
    name: &str,
    args: Args,
    memory: &[u8],
    answer: Option<&Answer>,
    input: &[u8],
) -> Vec<u8> {
    let number = match answer {
        Some(Answer::I32(value)) => *value,
        _ => 0,
    };
    let mut packed = Vec::new();
    for part in shape(name).1 {
        match *part {
            Out::Status => packed.push(number as u8),
            Out::Number => packed.extend(number.to_be_bytes()),
            Out::Long => match answer {
                Some(Answer::I64(value)) => packed.extend(value.to_be_bytes()),
                _ => packed.extend([0; 8]),
            },
            Out::Account(at) => packed.extend(slice(memory, args.u32(at), 20)),
            Out::Word(at) => packed.extend(slice(memory, args.u32(at), 32)),
            Out::Length(at) => {
                // lengths lie in memory the other way round
                let length = slice(memory, args.u32(at), 4);
                packed.extend(length.iter().rev());
            }
            Out::Bytes(at) => packed.extend(slice(memory, args.u32(at), number)),
            Out::Input => packed.extend(input),
        }
    }
    packed
}

/// Tells of a host call that has run, and of the opcodes that stand for it.
pub(super) fn tell(context: &mut Context, scope: &Scope, asked: &Asked<'_>, detail: &Detail) {
    context.tell_asked(asked);
    stands::tell(context, scope, asked, detail);
}

/// Tells of a program that is entered, or of one that has returned with a status.
pub(super) fn tell_status(context: &mut Context, name: &'static str, number: u32, ink: Ink) {
    let packed = number.to_be_bytes();
    let (args, outs): (&[u8], &[u8]) = match name {
        ENTERED => (&packed, &[]),
        _ => (&[], &packed),
    };
    context.tell_asked(&Asked {
        name,
        args,
        outs,
        start_ink: ink.0,
        end_ink: ink.0,
    });
}

/// The names of what is told of a program's beginning and end.
pub(super) const ENTERED: &str = "user_entrypoint";
pub(super) const RETURNED: &str = "user_returned";
