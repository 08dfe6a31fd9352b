//! Access to the program's memory. A bad pointer fails the program, at length zero too.

use super::Host;
use crate::stylus::exit::Exit;
use alloy_primitives::{Address, B256, Bytes, U256};

impl Host<'_> {
    fn slice(&mut self, at: u32, len: u64) -> Result<&mut [u8], Exit> {
        let size = self.memory.len();
        let start = at as usize;
        usize::try_from(len)
            .ok()
            .and_then(|len| start.checked_add(len))
            .and_then(|end| self.memory.get_mut(start..end))
            .ok_or_else(|| {
                Exit::failure(format!(
                    "memory access out of bounds: {len} bytes at {at}, memory has {size}"
                ))
            })
    }

    pub(super) fn read(&mut self, at: u32, len: u32) -> Result<Bytes, Exit> {
        Ok(Bytes::copy_from_slice(self.slice(at, len.into())?))
    }

    pub(super) fn read_address(&mut self, at: u32) -> Result<Address, Exit> {
        Ok(Address::from_slice(self.slice(at, 20)?))
    }

    pub(super) fn read_word(&mut self, at: u32) -> Result<B256, Exit> {
        Ok(B256::from_slice(self.slice(at, 32)?))
    }

    pub(super) fn read_u256(&mut self, at: u32) -> Result<U256, Exit> {
        Ok(self.read_word(at)?.into())
    }

    pub(super) fn write(&mut self, at: u32, bytes: &[u8]) -> Result<(), Exit> {
        self.slice(at, bytes.len() as u64)?.copy_from_slice(bytes);
        Ok(())
    }

    pub(super) fn write_u32(&mut self, at: u32, value: u32) -> Result<(), Exit> {
        self.write(at, &value.to_le_bytes())
    }

    pub(super) fn write_u256(&mut self, at: u32, value: U256) -> Result<(), Exit> {
        self.write(at, &value.to_be_bytes::<32>())
    }
}
