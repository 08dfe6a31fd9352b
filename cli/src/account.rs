//! The development accounts by name.

use alloy_primitives::Address;
use anyhow::{Result, bail};
use stylus_chain::DEV_ACCOUNTS;

/// Names of the ten funded accounts, in their order.
pub const NAMES: [&str; 10] = [
    "alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy",
];

/// The account with this name or address.
///
/// # Errors
/// Neither a known name nor an address.
pub fn parse(text: &str) -> Result<Address> {
    if let Some(at) = NAMES
        .iter()
        .position(|name| name.eq_ignore_ascii_case(text))
    {
        return Ok(DEV_ACCOUNTS[at]);
    }
    match text.parse() {
        Ok(address) => Ok(address),
        Err(_) => bail!(
            "{text:?} is no account: give an address or one of {}",
            NAMES.join(", ")
        ),
    }
}

/// The account with this name or address, where it is one that commands can send for: those of contracts have no key, and
/// only the development accounts are here.
///
/// # Errors
/// Neither the name nor the address of a development account.
pub fn sender(text: &str) -> Result<Address> {
    let account = parse(text)?;
    if !DEV_ACCOUNTS.contains(&account) {
        bail!(
            "{text:?} is no account that can send here: take one of {}",
            NAMES.join(", ")
        );
    }
    Ok(account)
}

/// The name of a development account, or the address.
#[must_use]
pub fn name(address: Address) -> String {
    match DEV_ACCOUNTS.iter().position(|account| *account == address) {
        Some(at) => NAMES[at].to_owned(),
        None => address.to_checksum(None),
    }
}
