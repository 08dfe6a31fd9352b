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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contract_code_is_the_prefix_and_the_module_compressed() {
        let module = b"\0asm\x01\0\0\0".repeat(40);
        let code = contract_code(&module).unwrap();
        let (prefix, compressed) = code.split_at(4);
        assert_eq!(prefix, [0xEF, 0xF0, 0x00, 0x00]);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut Cursor::new(compressed), &mut back).unwrap();
        assert_eq!(back, module);
    }

    #[test]
    fn contract_code_is_refused_over_the_limit() {
        // A sequence that brotli finds no pattern in: the high bytes of a linear congruential generator.
        let mut state = 1_u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .take(30_000)
        .collect();
        let refusal = contract_code(&noise).unwrap_err().to_string();
        assert!(refusal.ends_with("24576 are allowed"), "{refusal}");
    }
}
