//! New contracts.

use crate::storage;
use crate::word::{Word, ZERO};
use alloy_primitives::Address;
use stylus_sdk::hostio;

/// Deploys at an address that depends on the number of creations so far (CREATE), without value; `None` where that fails.
#[must_use]
pub fn create(init_code: &[u8]) -> Option<Address> {
    storage::flush(true);
    let mut address = [0; 20];
    let mut size = 0;
    // SAFETY: the host reads `init_code.len()` and 32 bytes, writes 20 and one usize.
    unsafe {
        hostio::create1(
            init_code.as_ptr(),
            init_code.len(),
            ZERO.as_ptr(),
            address.as_mut_ptr(),
            &mut size,
        );
    }
    (address != [0; 20]).then(|| Address::from(address))
}

/// Deploys at an address that depends on salt and init code alone (EIP-1014), without value; `None` where that fails.
#[must_use]
pub fn create2(init_code: &[u8], salt: &Word) -> Option<Address> {
    storage::flush(true);
    let mut address = [0; 20];
    let mut size = 0;
    // SAFETY: the host reads `init_code.len()`, 32 and 32 bytes, writes 20 and one usize.
    unsafe {
        hostio::create2(
            init_code.as_ptr(),
            init_code.len(),
            ZERO.as_ptr(),
            salt.as_ptr(),
            address.as_mut_ptr(),
            &mut size,
        );
    }
    (address != [0; 20]).then(|| Address::from(address))
}
