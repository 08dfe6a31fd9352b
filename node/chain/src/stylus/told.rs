//! What whoever watches is told of programs: each host call with what went in and what came out, packed as Nitro packs it
//! (`crates/wasm-libraries/user-host-trait`), and the opcodes that stand for it (`arbos/util/tracing.go`).

use super::host::{Answer, Scope};
use crate::context::Context;
use crate::stylus::exit::Exit;
use crate::telling::Telling;
use crate::telling::pseudo::{self, Stands};
use crate::trace::{Access, Detail, EndStatus, FrameKind, Halt, SubCall};
use crate::units::{Gas, Ink};
use crate::wasm::guest::Args;
use crate::watch::{Asked, Left};
use alloy_primitives::U256;
use revm::bytecode::opcode::*;

/// Ink of a gas as Nitro's traces reckon it, whatever the chain's price is.
const INK_PER_GAS: u64 = 10_000;

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
    if context.has_steps_watched() {
        let mut opcodes = Opcodes {
            gas: asked.end_ink / INK_PER_GAS,
            cost: asked.start_ink.saturating_sub(asked.end_ink) / INK_PER_GAS,
            context,
            scope,
        };
        opcodes.of(asked, detail);
    }
}

/// The opcodes that stand for a host call. The first costs what all of it cost.
struct Opcodes<'a> {
    context: &'a mut Context,
    scope: &'a Scope,
    gas: u64,
    cost: u64,
}

impl Opcodes<'_> {
    fn step(&mut self, opcode: u8, memory: &[u8], operands: &[&[u8]]) {
        let operands: Vec<_> = operands.iter().map(|bytes| word(bytes)).collect();
        let refund = refund(self.context, self.scope);
        pseudo::step(
            self.context,
            &Stands {
                opcode,
                gas: self.gas,
                cost: core::mem::take(&mut self.cost),
                depth: self.scope.depth + 1,
                acting: self.scope.caller,
                operands: &operands,
                memory,
                refund,
                ..Stands::default()
            },
        );
    }

    /// An opcode, and then the taking of its result off the stack.
    fn result(&mut self, opcode: u8, memory: &[u8], operands: &[&[u8]], result: &[u8]) {
        self.step(opcode, memory, operands);
        self.step(POP, memory, &[result]);
    }

    fn of(&mut self, asked: &Asked<'_>, detail: &Detail) {
        let (args, outs) = (asked.args, asked.outs);
        let length = |bytes: &[u8]| (bytes.len() as u64).to_be_bytes();
        let simple = match asked.name {
            "block_basefee" => BASEFEE,
            "block_coinbase" => COINBASE,
            "block_gas_limit" => GASLIMIT,
            "block_number" => NUMBER,
            "block_timestamp" => TIMESTAMP,
            "chainid" => CHAINID,
            "contract_address" => ADDRESS,
            "evm_gas_left" | "evm_ink_left" => GAS,
            "msg_sender" => CALLER,
            "msg_value" => CALLVALUE,
            "tx_gas_price" | "tx_ink_price" => GASPRICE,
            "tx_origin" => ORIGIN,
            "return_data_size" => RETURNDATASIZE,
            "account_balance" => BALANCE,
            "account_code_size" => EXTCODESIZE,
            "account_codehash" => EXTCODEHASH,
            "transient_load_bytes32" => TLOAD,
            "math_div" => DIV,
            "math_mod" => MOD,
            "math_pow" => EXP,
            "math_add_mod" => ADDMOD,
            "math_mul_mod" => MULMOD,
            _ => STOP,
        };
        if simple != STOP {
            let operands: Vec<_> = args.chunks(32).collect();
            return self.result(simple, &[], &operands, outs);
        }
        match asked.name {
            "read_args" => self.step(CALLDATACOPY, outs, &[&[], &[], &length(outs)]),
            "storage_load_bytes32" => {
                if !matches!(
                    detail,
                    Detail::Load {
                        access: Access::Cached,
                        ..
                    }
                ) {
                    self.result(SLOAD, &[], &[args], outs);
                }
            }
            "storage_flush_cache" => {
                if let Detail::Flush { writes } = detail {
                    let mut writes: Vec<_> = writes.iter().collect();
                    writes.sort_by_key(|write| write.slot);
                    for write in writes {
                        let slot: [u8; 32] = write.slot.to_be_bytes();
                        let value: [u8; 32] = write.after.to_be_bytes();
                        self.step(SSTORE, &[], &[&slot, &value]);
                    }
                }
            }
            "transient_store_bytes32" if args.len() == 64 => {
                self.step(TSTORE, &[], &[&args[..32], &args[32..]]);
            }
            "create1" if args.len() >= 32 && outs.len() >= 20 => {
                let (value, code) = args.split_at(32);
                let operands: [&[u8]; 3] = [value, &[], &length(code)];
                self.result(CREATE, code, &operands, &outs[..20]);
            }
            "create2" if args.len() >= 64 && outs.len() >= 20 => {
                let (value, rest) = args.split_at(32);
                let (salt, code) = rest.split_at(32);
                let operands: [&[u8]; 4] = [value, &[], &length(code), salt];
                self.result(CREATE2, code, &operands, &outs[..20]);
            }
            "read_return_data" if args.len() == 8 => {
                self.step(RETURNDATACOPY, outs, &[&[], &args[..4], &args[4..]]);
            }
            "emit_log" if args.len() >= 4 => self.log(args),
            "account_code" if args.len() == 28 => {
                let operands: [&[u8]; 4] = [&args[..20], &[], &args[20..24], &args[24..]];
                self.step(EXTCODECOPY, &[], &operands);
            }
            "native_keccak256" => {
                self.result(KECCAK256, args, &[&[], &length(args)], outs);
            }
            _ => {}
        }
    }

    fn log(&mut self, args: &[u8]) {
        let (count, rest) = args.split_at(4);
        let topics = count.last().copied().unwrap_or_default();
        let Some((words, data)) = rest.split_at_checked(32 * usize::from(topics)) else {
            return;
        };
        let length = (data.len() as u64).to_be_bytes();
        let mut operands: Vec<&[u8]> = vec![&[], &length];
        operands.extend(words.chunks(32));
        self.step(LOG0.saturating_add(topics), data, &operands);
    }
}

fn word(bytes: &[u8]) -> U256 {
    U256::try_from_be_slice(bytes).unwrap_or_default()
}

fn refund(context: &Context, scope: &Scope) -> u64 {
    let around = pseudo::refund(context).cast_signed();
    around.saturating_add(scope.refund).max(0).cast_unsigned()
}

/// Tells of a call that a program is about to make, before its frame begins; `most` is what it could have passed.
pub(super) fn tell_call(context: &mut Context, scope: &Scope, call: &SubCall, most: u64) {
    if !context.has_steps_watched() {
        return;
    }
    let opcode = match call.kind {
        FrameKind::Call => CALL,
        FrameKind::DelegateCall => DELEGATECALL,
        FrameKind::StaticCall => STATICCALL,
        FrameKind::CallCode | FrameKind::Create | FrameKind::Create2 => return,
    };
    let address = word(call.address.as_slice());
    let mut operands = vec![U256::from(call.gas_passed), address];
    if opcode == CALL {
        operands.push(call.value);
    }
    let zero = U256::ZERO;
    operands.extend([zero, U256::from(call.input.len()), zero, zero]);
    let refund = refund(context, scope);
    pseudo::step(
        context,
        &Stands {
            opcode,
            gas: most,
            cost: call.base_cost.saturating_add(call.gas_passed),
            depth: scope.depth + 1,
            acting: scope.caller,
            operands: &operands,
            memory: &call.input,
            refund,
            ..Stands::default()
        },
    );
}

/// Tells of a program's end, with the gas it had left, and what its frame failed with, if it did.
pub(super) fn tell_end(
    context: &mut Context,
    scope: &Scope,
    exit: &Exit,
    gas: Gas,
    status: &EndStatus,
) {
    if !context.has_steps_watched() {
        return;
    }
    let words = words(status);
    let (output, is_ok, gas) = match exit {
        Exit::Returned(status) => (scope.output.as_ref(), *status == 0, gas),
        Exit::Failure(_) => (words.unwrap_or_default().as_bytes(), false, gas),
        Exit::OutOfInk | Exit::OutOfStack => {
            (words.unwrap_or_default().as_bytes(), false, Gas::ZERO)
        }
    };
    let operands = [U256::ZERO, U256::from(output.len())];
    let stops = is_ok && output.is_empty();
    let refund = refund(context, scope);
    let depth = scope.depth + 1;
    pseudo::step(
        context,
        &Stands {
            opcode: match is_ok {
                true if stops => STOP,
                true => RETURN,
                false => REVERT,
            },
            gas: gas.0,
            depth,
            acting: scope.caller,
            operands: if stops { &[] } else { &operands },
            memory: output,
            refund,
            ..Stands::default()
        },
    );
    if let Some(words) = words {
        pseudo::failed(
            context,
            depth,
            scope.acting,
            &scope.return_data,
            (words, refund),
        );
    }
}

/// Why a frame of a program failed, in go-ethereum's words, if it did.
fn words(status: &EndStatus) -> Option<&'static str> {
    match status {
        EndStatus::Success => None,
        EndStatus::Revert | EndStatus::Failure(_) => Some(Left::REVERTED),
        EndStatus::Halt(Halt::OutOfStack) => Some("max call depth exceeded"),
        EndStatus::Halt(_) => Some("out of gas"),
    }
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
