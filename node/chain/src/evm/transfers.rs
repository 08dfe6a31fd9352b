//! Logs that tell of transfers of wei, where a simulation wants them (`traceTransfers` of `eth_simulateV1`).

use crate::context::Context;
use alloy_primitives::{Address, B256, Bytes, Log, U256, address, b256};
use revm::context_interface::{ContextTr, JournalTr};
use revm::handler::FrameResult;
use revm::interpreter::{CallScheme, FrameInput};

/// Who emits such a log: nobody is there (EIP-7528's address of the native coin).
const COIN: Address = address!("eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");

/// The topic of `Transfer(address,address,uint256)`.
const TRANSFER: B256 = b256!("ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");

/// A transfer with which a frame begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Transfer {
    from: Address,
    to: Address,
    value: U256,
    /// Logs that were there before it.
    before: usize,
}

impl Transfer {
    /// The transfer with which a frame of an account will begin, if it has one and someone wants to know.
    pub(super) fn of(input: &FrameInput, acting: Address, context: &Context) -> Option<Self> {
        if !context.chain.logs_transfers {
            return None;
        }
        let (from, value) = match input {
            // what a delegate call shows as its value moves nothing, and CALLCODE moves it to oneself
            FrameInput::Call(inputs) if inputs.scheme == CallScheme::Call => {
                (inputs.caller, inputs.value.get())
            }
            FrameInput::Create(inputs) => (inputs.caller(), inputs.value()),
            FrameInput::Call(_) | FrameInput::Empty => return None,
        };
        (!value.is_zero()).then(|| Self {
            from,
            to: acting,
            value,
            before: context.journal().logs().len(),
        })
    }

    /// What an account that destroys itself gives away.
    pub(super) fn given(from: Address, to: Address, context: &Context) -> Option<Self> {
        let account = context.journaled_state.state.get(&from)?;
        let value = account.info.balance;
        (context.chain.logs_transfers && !value.is_zero()).then(|| Self {
            from,
            to,
            value,
            before: context.journal().logs().len(),
        })
    }

    /// Logs it, before whatever a precompile has logged since, unless the frame has failed already. A frame that fails later
    /// takes the log with it.
    pub(super) fn log(self, context: &mut Context, ended: Option<&FrameResult>) {
        if ended.is_some_and(|result| !result.instruction_result().is_ok()) {
            return;
        }
        let word = |address: Address| address.into_word();
        let topics = vec![TRANSFER, word(self.from), word(self.to)];
        let data = Bytes::from(self.value.to_be_bytes::<32>());
        let logs = &mut context.journaled_state.inner.logs;
        let at = self.before.min(logs.len());
        logs.insert(at, Log::new_unchecked(COIN, topics, data));
    }
}
