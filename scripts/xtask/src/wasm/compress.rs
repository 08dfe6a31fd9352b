//! A module as contract code.

use anyhow::{Context, Result, bail};
use brotli::enc::{BrotliCompress, BrotliEncoderParams};
use std::io::Cursor;

/// Marks Stylus code that is whole and compressed without a dictionary.
const PREFIX: [u8; 4] = [0xEF, 0xF0, 0x00, 0x00];
/// Bytes of code that a chain's default rules let a contract have.
const MOST_CODE: usize = 24_576;

/// Compresses a module as cargo-stylus does: brotli at quality 11 with a window of 22 bits.
pub(super) fn contract_code(wasm: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: wasm.len(),
        ..Default::default()
    };
    let mut code = PREFIX.to_vec();
    BrotliCompress(&mut Cursor::new(wasm), &mut code, &parameters).context("brotli")?;
    if code.len() > MOST_CODE {
        bail!(
            "the contract code has {} bytes; {MOST_CODE} are allowed",
            code.len()
        );
    }
    Ok(code)
}
