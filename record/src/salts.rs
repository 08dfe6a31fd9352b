//! Where salts come from.

use alloy_primitives::{B256, keccak256};
use anyhow::{Context as _, Result};

/// A source of salts.
#[derive(Clone, Debug)]
pub enum Salts {
    /// The system's random numbers.
    Random,
    /// A row that everyone can compute, for a story that shall come out the same each time. It hides nothing.
    Repeatable(u64),
}

impl Salts {
    /// The next one.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub fn draw(&mut self) -> Result<B256> {
        match self {
            Self::Random => {
                let mut salt = B256::ZERO;
                getrandom::fill(salt.as_mut_slice())
                    .context("the system gives no random numbers")?;
                Ok(salt)
            }
            Self::Repeatable(number) => {
                *number = number.wrapping_add(1);
                Ok(keccak256(number.to_be_bytes()))
            }
        }
    }
}
