//! Logs.

use super::ink::{EVM_API, HOSTIO, LOG, LOG_BYTE, LOG_TOPIC};
use super::{Answer, Host};
use crate::stylus::exit::Exit;
use crate::telling::Telling;
use crate::trace::Detail;
use alloy_primitives::{B256, Log};
use revm::context_interface::{ContextTr, JournalTr};

impl Host<'_> {
    pub(super) fn emit_log(&mut self, from: u32, len: u32, topics: u32) -> Result<Answer, Exit> {
        self.buy(HOSTIO + EVM_API)?;
        let data_len = u64::from(len).checked_sub(u64::from(topics).saturating_mul(32));
        let Some(data_len) = data_len.filter(|_| topics <= 4) else {
            return Err(Exit::failure(format!(
                "a log has up to 4 topics and 32 bytes for each, got {topics} and {len} bytes"
            )));
        };
        self.pay_for_read(len.into())?;
        let topics_gas = LOG_TOPIC * u64::from(topics);
        self.buy_gas(LOG + topics_gas + LOG_BYTE * data_len)?;
        let bytes = self.read(from, len)?;
        self.refuse_if_static("a log")?;
        let (words, data) = bytes.split_at(32 * topics as usize);
        let topics: Vec<_> = words.chunks_exact(32).map(B256::from_slice).collect();
        let data = bytes.slice_ref(data);
        self.detail = Detail::Log {
            topics: topics.clone(),
            data_len,
        };
        let log = Log::new_unchecked(self.scope.acting, topics, data);
        self.context.tell_log(&log);
        self.context.journal_mut().log(log);
        Ok(Answer::Nothing)
    }
}
