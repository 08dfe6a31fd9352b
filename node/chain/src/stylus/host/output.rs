//! Calldata, the result, and what the last sub-call returned.

use super::ink::{EVM_API, HOSTIO};
use super::{Answer, Host};
use crate::stylus::exit::Exit;

impl Host<'_> {
    pub(super) fn read_args(&mut self, to: u32) -> Result<Answer, Exit> {
        self.buy(HOSTIO)?;
        let args = self.scope.input.clone();
        self.pay_for_write(args.len() as u64)?;
        self.write(to, &args)?;
        Ok(Answer::Nothing)
    }

    pub(super) fn write_result(&mut self, from: u32, len: u32) -> Result<Answer, Exit> {
        self.buy(HOSTIO)?;
        self.pay_for_read(len.into())?;
        self.pay_for_read(len.into())?;
        self.scope.output = self.read(from, len)?;
        Ok(Answer::Nothing)
    }

    pub(super) fn read_return_data(
        &mut self,
        to: u32,
        offset: u32,
        size: u32,
    ) -> Result<Answer, Exit> {
        self.buy(HOSTIO + EVM_API)?;
        let data = self.scope.return_data.clone();
        let beyond = (data.len() as u64).saturating_sub(offset.into());
        let len = u64::from(size).min(beyond);
        self.pay_for_write(len)?;
        if len == 0 {
            // nothing is written, so that the pointer may be anything
            return Ok(Answer::I32(0));
        }
        let start = offset as usize;
        self.write(to, &data[start..start + len as usize])?;
        Ok(Answer::I32(len as u32))
    }

    pub(super) fn return_data_size(&mut self) -> Result<Answer, Exit> {
        self.buy(HOSTIO)?;
        Ok(Answer::I32(self.scope.return_data.len() as u32))
    }
}
