//! The opcodes that stand for what a program does, where steps are watched (`arbos/util/tracing.go`).

use super::exit::Exit;
use super::host::Scope;
use crate::context::Context;
use crate::telling::Telling;
use crate::telling::pseudo::{self, Stands};
use crate::trace::{Access, Detail, EndStatus, FrameKind, Halt, SubCall};
use crate::units::Gas;
use crate::watch::{Asked, Left};
use alloy_primitives::U256;
use revm::bytecode::opcode::*;

/// Ink of a gas as Nitro's traces reckon it, whatever the chain's price is.
const INK_PER_GAS: u64 = 10_000;

/// Tells of the opcodes that stand for a host call.
pub(super) fn tell(context: &mut Context, scope: &Scope, asked: &Asked<'_>, detail: &Detail) {
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
            // what the program's own cache holds is no read of the state
            "storage_load_bytes32" if is_cached(detail) => {}
            "storage_load_bytes32" => self.result(SLOAD, &[], &[args], outs),
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

fn is_cached(detail: &Detail) -> bool {
    let cached = Access::Cached;
    matches!(detail, Detail::Load { access, .. } if *access == cached)
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
