//! `erc7562Tracer`: frames with the opcodes, slots and code that each used, by which bundlers judge user operations (ERC-7562;
//! go-ethereum `eth/tracers/native/erc7562.go`).

use super::budget::Budget;
use super::call::{Ended, LogJson};
use super::opcodes::{
    CALL, CALLCODE, DELEGATECALL, EXTCODECOPY, EXTCODEHASH, EXTCODESIZE, GAS, ISZERO, KECCAK256,
    RETURN, REVERT, SLOAD, SSTORE, STATICCALL, TLOAD, TSTORE,
};
use super::options::UserOperationOptions;
use alloy_primitives::{Address, B256, Bytes, Log, U64, U256};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use stylus_chain::watch::{Begun, Entered, Ledger, Left, Step, Watcher, opcode_name};

/// Bytes that a frame, and a thing noted in one, take.
const FRAME: usize = 600;
const NOTED: usize = 150;

#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Slots {
    reads: BTreeMap<B256, [B256; 1]>,
    writes: BTreeMap<B256, u64>,
    transient_reads: BTreeMap<B256, u64>,
    transient_writes: BTreeMap<B256, u64>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Size {
    contract_size: usize,
    opcode: u8,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Frame {
    from: Address,
    gas: U64,
    gas_used: U64,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<Address>,
    input: Bytes,
    #[serde(skip_serializing_if = "super::is_nothing")]
    output: Bytes,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revert_reason: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logs: Vec<LogJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<U256>,
    accessed_slots: Slots,
    ext_code_access_info: Vec<String>,
    used_opcodes: BTreeMap<U64, u64>,
    contract_size: BTreeMap<Address, Size>,
    out_of_gas: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    keccak: Option<Vec<Bytes>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    calls: Vec<Self>,
    r#type: String,
    #[serde(skip)]
    opcode: u8,
}

impl Frame {
    fn end(&mut self, left: &Left) {
        let ended = Ended::new(self.opcode, left);
        self.output = ended.output;
        self.error = ended.error;
        self.revert_reason = ended.revert_reason;
        if ended.is_nowhere {
            self.to = None;
        }
    }

    fn forget_failed(&mut self, failed: bool) {
        let failed = failed || self.error.is_some();
        if failed {
            self.logs.clear();
        }
        for call in &mut self.calls {
            call.forget_failed(failed);
        }
    }

    fn used(&mut self, opcode: u8) {
        *self.used_opcodes.entry(U64::from(opcode)).or_default() += 1;
    }
}

/// The frames as they come.
#[derive(Debug)]
pub(super) struct UserOperationTracer {
    options: UserOperationOptions,
    budget: Budget,
    open: Vec<Frame>,
    gas_limit: u64,
    /// The step before, and what was on top of its stack.
    last: Option<(u8, U256)>,
    hashed: BTreeSet<Bytes>,
}

impl UserOperationTracer {
    pub(super) const fn new(options: UserOperationOptions, budget: Budget) -> Self {
        Self {
            options,
            budget,
            open: Vec::new(),
            gas_limit: 0,
            last: None,
            hashed: BTreeSet::new(),
        }
    }

    pub(super) fn frame(mut self) -> Result<impl Serialize, &'static str> {
        let frame = self.open.pop().filter(|_| self.open.is_empty());
        let mut frame = frame.ok_or("incorrect number of top-level calls")?;
        if !self.hashed.is_empty() {
            frame.keccak = Some(self.hashed.into_iter().collect());
        }
        Ok(frame)
    }
}

const fn looks_at_code(opcode: u8) -> bool {
    matches!(opcode, EXTCODEHASH | EXTCODESIZE | EXTCODECOPY)
}

const fn calls(opcode: u8) -> bool {
    matches!(opcode, CALL | CALLCODE | DELEGATECALL | STATICCALL)
}

impl Watcher for UserOperationTracer {
    fn begins(&mut self, _: &mut dyn Ledger, begun: &Begun) {
        self.gas_limit = begun.gas_limit;
    }

    fn ends(&mut self, _: &mut dyn Ledger, gas_used: u64) {
        let Some(frame) = self.open.first_mut() else {
            return;
        };
        frame.gas_used = U64::from(gas_used);
        if self.options.with_log {
            frame.forget_failed(false);
        }
    }

    fn enters(&mut self, entered: &Entered) {
        let has_room = self.budget.take(FRAME + entered.input.len());
        self.open.push(Frame {
            from: entered.from,
            gas: match entered.depth {
                0 => U64::from(self.gas_limit),
                _ => U64::from(entered.gas),
            },
            gas_used: U64::ZERO,
            to: Some(entered.to),
            input: match has_room {
                true => entered.input.clone(),
                false => Bytes::new(),
            },
            output: Bytes::new(),
            error: None,
            revert_reason: None,
            logs: Vec::new(),
            value: entered.value,
            accessed_slots: Slots::default(),
            ext_code_access_info: Vec::new(),
            used_opcodes: BTreeMap::new(),
            contract_size: BTreeMap::new(),
            out_of_gas: false,
            keccak: None,
            calls: Vec::new(),
            r#type: opcode_name(entered.opcode),
            opcode: entered.opcode,
        });
    }

    fn leaves(&mut self, left: &Left) {
        let has_room = self.budget.take(left.output.len());
        if left.depth == 0 {
            if let [frame] = self.open.as_mut_slice() {
                frame.end(left);
            }
            return;
        }
        if self.open.len() <= 1 {
            return;
        }
        let Some(mut frame) = self.open.pop() else {
            return;
        };
        let why = left.failure.as_deref();
        frame.out_of_gas = matches!(
            why,
            Some("out of gas" | "contract creation code storage out of gas")
        );
        frame.gas_used = U64::from(left.gas_used);
        frame.end(left);
        if has_room && let Some(around) = self.open.last_mut() {
            around.calls.push(frame);
        }
    }

    fn logs(&mut self, log: &Log) {
        if self.options.with_log
            && self.budget.take(NOTED + log.data.data.len())
            && let Some(frame) = self.open.last_mut()
        {
            frame.logs.push(LogJson::new(log, frame.calls.len()));
        }
    }

    fn wants_steps(&self) -> bool {
        true
    }

    fn steps(&mut self, ledger: &mut dyn Ledger, step: &Step<'_>) {
        let opcode = step.opcode;
        let top = step.peek(0);
        if matches!(opcode, RETURN | REVERT) {
            self.last = None;
        }
        let last = self.last.replace((opcode, top.unwrap_or_default()));
        let Some(frame) = self.open.last_mut() else {
            return;
        };
        if let Some((before, address)) = last
            && looks_at_code(before)
            && !(before == EXTCODESIZE && opcode == ISZERO)
            && self.budget.take(NOTED)
        {
            let address = Address::from_word(address.into());
            frame.ext_code_access_info.push(format!("{address:?}"));
        }
        let deep = usize::from(calls(opcode));
        if (looks_at_code(opcode) || calls(opcode))
            && let Some(address) = step.peek(deep)
        {
            let address = Address::from_word(address.into());
            if !frame.contract_size.contains_key(&address) && self.budget.take(NOTED) {
                let contract_size = ledger.code(address).len();
                frame.contract_size.insert(
                    address,
                    Size {
                        contract_size,
                        opcode,
                    },
                );
            }
        }
        if last.is_some_and(|(before, _)| before == GAS) && !calls(opcode) {
            frame.used(GAS);
        }
        if opcode != GAS && !self.options.ignores(opcode) {
            frame.used(opcode);
        }
        let Some(top) = top else { return };
        let slot = B256::from(top);
        let slots = &mut frame.accessed_slots;
        match opcode {
            SLOAD
                if !slots.reads.contains_key(&slot)
                    && !slots.writes.contains_key(&slot)
                    && self.budget.take(NOTED) =>
            {
                let value = ledger.slot(step.acting, top).into();
                slots.reads.insert(slot, [value]);
            }
            SSTORE if self.budget.take(NOTED) => *slots.writes.entry(slot).or_default() += 1,
            TLOAD if self.budget.take(NOTED) => {
                *slots.transient_reads.entry(slot).or_default() += 1;
            }
            TSTORE if self.budget.take(NOTED) => {
                *slots.transient_writes.entry(slot).or_default() += 1;
            }
            KECCAK256 => {
                let len = step.peek(1).and_then(|len| usize::try_from(len).ok());
                let offset = usize::try_from(top).ok();
                if let (Some(offset), Some(len)) = (offset, len)
                    && len <= super::MOST_HASHED
                    && self.budget.take(NOTED + len)
                {
                    self.hashed.insert(step.memory_at(offset, len).into());
                }
            }
            _ => {}
        }
    }
}
