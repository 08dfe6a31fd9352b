//! 256-bit division by the VM, so that no program carries one.

use crate::word::Word;

#[link(wasm_import_module = "vm_hooks")]
extern "C" {
    // SDK 0.9 does not bind this one of Nitro's host calls.
    fn math_div(value: *mut u8, divisor: *const u8);
}

/// ⌊value / divisor⌋; 0 where the divisor is 0, as DIV has it.
#[must_use]
pub fn div(value: &Word, divisor: &Word) -> Word {
    let mut quotient = *value;
    // SAFETY: the host reads 32 bytes twice and writes 32 over the first.
    unsafe { math_div(quotient.as_mut_ptr(), divisor.as_ptr()) };
    quotient
}
