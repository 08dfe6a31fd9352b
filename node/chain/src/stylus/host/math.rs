//! 256-bit arithmetic and keccak. Division and remainder by zero give zero.

use super::ink::{ADDMOD, DIV, HOSTIO, MULMOD, PTR};
use super::{Answer, Host};
use crate::stylus::exit::Exit;
use crate::units::Ink;
use alloy_primitives::{U256, keccak256};

impl Host<'_> {
    pub(super) fn math_div(&mut self, value: u32, divisor: u32) -> Result<Answer, Exit> {
        self.buy(HOSTIO + PTR * 3 + DIV)?;
        let (a, b) = (self.read_u256(value)?, self.read_u256(divisor)?);
        self.math_result(value, a.checked_div(b).unwrap_or_default())
    }

    pub(super) fn math_mod(&mut self, value: u32, modulus: u32) -> Result<Answer, Exit> {
        self.buy(HOSTIO + PTR * 3 + DIV)?;
        let (a, b) = (self.read_u256(value)?, self.read_u256(modulus)?);
        self.math_result(value, a.checked_rem(b).unwrap_or_default())
    }

    pub(super) fn math_pow(&mut self, value: u32, exponent: u32) -> Result<Answer, Exit> {
        self.buy(HOSTIO + PTR * 3)?;
        let (a, b) = (self.read_u256(value)?, self.read_u256(exponent)?);
        let bytes = 33 - b.leading_zeros() / 8;
        self.buy(Ink(3_000 + 17_500 * bytes as u64))?;
        self.math_result(value, a.wrapping_pow(b))
    }

    pub(super) fn math_add_mod(
        &mut self,
        value: u32,
        addend: u32,
        modulus: u32,
    ) -> Result<Answer, Exit> {
        self.buy(HOSTIO + PTR * 4 + ADDMOD)?;
        let (a, b) = (self.read_u256(value)?, self.read_u256(addend)?);
        let modulus = self.read_u256(modulus)?;
        self.math_result(value, a.add_mod(b, modulus))
    }

    pub(super) fn math_mul_mod(
        &mut self,
        value: u32,
        multiplier: u32,
        modulus: u32,
    ) -> Result<Answer, Exit> {
        self.buy(HOSTIO + PTR * 4 + MULMOD)?;
        let (a, b) = (self.read_u256(value)?, self.read_u256(multiplier)?);
        let modulus = self.read_u256(modulus)?;
        self.math_result(value, a.mul_mod(b, modulus))
    }

    fn math_result(&mut self, to: u32, result: U256) -> Result<Answer, Exit> {
        self.write_u256(to, result)?;
        Ok(Answer::Nothing)
    }

    pub(super) fn native_keccak256(
        &mut self,
        from: u32,
        len: u32,
        to: u32,
    ) -> Result<Answer, Exit> {
        let words = u64::from(len).div_ceil(32);
        self.buy(Ink(121_800 + 21_000 * words.saturating_sub(2)))?;
        let hash = keccak256(self.read(from, len)?);
        self.write(to, hash.as_slice())?;
        Ok(Answer::Nothing)
    }
}
