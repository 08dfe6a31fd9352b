//! Stands in for the crate tiny-keccak, as far as Keccak-256 goes, and hashes through the host.
//!
//! openzeppelin-stylus turns on a feature of alloy that hashes in software, which a program would carry and pay for in
//! ink. docs/decisions/009-openzeppelin-hashes-through-the-host.md says why it is replaced at this place.
#![no_std]
#![allow(unsafe_code)] // one host call, as the shell has them; the shell depends on alloy, which depends on this crate

extern crate alloc;

use alloc::vec::Vec;

/// Something that takes bytes and gives their hash.
pub trait Hasher {
    /// Takes more bytes.
    fn update(&mut self, input: &[u8]);
    /// Writes the hash of all bytes taken.
    fn finalize(self, output: &mut [u8]);
}

/// Keccak-256.
#[derive(Clone, Debug, Default)]
pub struct Keccak(Vec<u8>);

impl Keccak {
    /// A hash of nothing yet.
    #[must_use]
    pub fn v256() -> Self {
        Self::default()
    }
}

#[cfg(target_arch = "wasm32")]
#[link(wasm_import_module = "vm_hooks")]
extern "C" {
    fn native_keccak256(bytes: *const u8, len: usize, output: *mut u8);
}

impl Hasher for Keccak {
    fn update(&mut self, input: &[u8]) {
        self.0.extend_from_slice(input);
    }

    #[cfg(target_arch = "wasm32")]
    fn finalize(self, output: &mut [u8]) {
        let mut hash = [0; 32];
        // SAFETY: the host reads `len` bytes at the first pointer and writes 32 at the last.
        unsafe { native_keccak256(self.0.as_ptr(), self.0.len(), hash.as_mut_ptr()) };
        output.copy_from_slice(&hash);
    }

    // Build scripts and macros hash on the machine that compiles.
    #[cfg(not(target_arch = "wasm32"))]
    fn finalize(self, output: &mut [u8]) {
        use sha3::Digest;
        output.copy_from_slice(&sha3::Keccak256::digest(&self.0));
    }
}
