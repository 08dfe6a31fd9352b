//! Deployed code of programs: a prefix and compressed WASM (geth `core/state/statedb_arbitrum.go`).

use super::activate::Refusal;
use crate::version::{ArbOs, Feature};
use std::io::Read;

/// First bytes of a whole program.
pub const PROGRAM_PREFIX: [u8; 3] = [0xef, 0xf0, 0x00];
/// First bytes of a piece of a program (ArbOS 60).
pub const FRAGMENT_PREFIX: [u8; 3] = [0xef, 0xf0, 0x01];
/// First bytes of a program that is in pieces (ArbOS 60).
pub const ROOT_PREFIX: [u8; 3] = [0xef, 0xf0, 0x02];

/// First bits of a stream with a window beyond RFC 7932, which Nitro does not let its decoder accept
/// (`crates/brotli/src/lib.rs`).
const LARGE_WINDOW: u8 = 0x11;

/// Code that is no program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// It does not begin as a program does.
    #[error("code begins {0:02x?}, a program begins [ef, f0, 00]")]
    NotProgram(Vec<u8>),
    /// The byte after the prefix names no dictionary that Stylus has.
    #[error("compressed with dictionary {0}; 0 (none) and 1 (Stylus') are known")]
    UnknownDictionary(u8),
    /// It was compressed with Stylus' dictionary, which this chain does not have.
    #[error("compressed with Stylus' dictionary, which is not supported")]
    StylusDictionary,
    /// It is not brotli.
    #[error("not a brotli stream: {0}")]
    Brotli(String),
    /// The WASM is too long.
    #[error("WASM of more than {max} bytes")]
    TooLong {
        /// Bytes allowed.
        max: u32,
    },
    /// Activation refuses it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The runtime refuses the instrumented module, which activation accepted.
    #[error("the runtime refuses the instrumented program: {0}")]
    Runtime(String),
}

/// Whether code is run as a program. The prefix alone is none.
#[must_use]
pub fn is_program(code: &[u8]) -> bool {
    continues(code, PROGRAM_PREFIX)
}

/// Whether code is a part of, or the list of parts of, a program in pieces.
#[must_use]
pub fn is_fragment(code: &[u8]) -> bool {
    continues(code, FRAGMENT_PREFIX) || continues(code, ROOT_PREFIX)
}

/// Whether code is a program, or from ArbOS 60 one in pieces or a piece of one.
#[must_use]
pub fn is_component(code: &[u8], arbos: ArbOs) -> bool {
    is_program(code) || (arbos.has(Feature::Fragments) && is_fragment(code))
}

fn continues(code: &[u8], prefix: [u8; 3]) -> bool {
    code.len() > prefix.len() && code.starts_with(&prefix)
}

/// The code under which WASM is deployed, compressed as cargo-stylus does (quality 11, window 22).
#[must_use]
pub fn compress(wasm: &[u8]) -> Vec<u8> {
    let mut code = PROGRAM_PREFIX.to_vec();
    code.push(0);
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    // Writing to memory cannot fail.
    let written = brotli::BrotliCompress(&mut &*wasm, &mut code, &params);
    debug_assert!(written.is_ok());
    code
}

/// The WASM of deployed code, of at most `max` bytes.
///
/// # Errors
/// What makes it no program.
pub fn decompress(code: &[u8], max: u32) -> Result<Vec<u8>, CodeError> {
    let Some(([dictionary], stream)) = code
        .strip_prefix(&PROGRAM_PREFIX)
        .and_then(|rest| rest.split_first_chunk())
    else {
        let start = code.get(..4).unwrap_or(code);
        return Err(CodeError::NotProgram(start.to_vec()));
    };
    match dictionary {
        0 => {}
        1 => return Err(CodeError::StylusDictionary),
        other => return Err(CodeError::UnknownDictionary(*other)),
    }
    if stream
        .first()
        .is_some_and(|first| first & 0x7f == LARGE_WINDOW)
    {
        return Err(CodeError::Brotli("its window is a large one".into()));
    }
    let mut wasm = Vec::new();
    brotli::Decompressor::new(stream, 4_096)
        .take(u64::from(max) + 1)
        .read_to_end(&mut wasm)
        .map_err(|error| CodeError::Brotli(error.to_string()))?;
    if wasm.len() as u64 > u64::from(max) {
        return Err(CodeError::TooLong { max });
    }
    Ok(wasm)
}
