//! What a work offers those who derive from it.

use crate::abi::licensing::ILicensing::{Terms, setTermsCall};
use crate::report::Sent;
use crate::session::Session;
use alloy_primitives::{Address, B256, U256};
use anyhow::Result;
use logic::terms::Mode;

/// An offer to everyone; the default is none, a closed work.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    /// Least share of the parent in basis points; closed where there is none.
    pub open: Option<u16>,
    /// Last second, in unix time, at which it can be taken.
    pub expires: Option<u64>,
    /// How many children it admits; any number where there is none.
    pub children: Option<u32>,
    /// SHA-256 of the licence text, zero where there is none.
    pub licence_hash: B256,
    /// Where the licence text can be read.
    pub licence_uri: String,
}

impl Offer {
    /// Makes it the terms of a work; answers their version.
    ///
    /// # Errors
    /// The chain refuses.
    pub fn set(self, session: &mut Session, licensor: Address, work: u64) -> Result<(u32, Sent)> {
        let mode = if self.open.is_some() {
            Mode::Open
        } else {
            Mode::Closed
        };
        let call = setTermsCall {
            router: session.programs.router,
            work,
            terms: Terms {
                mode: mode as u8,
                minShare: self.open.unwrap_or(0),
                carry: false,
                expires: self.expires.is_some(),
                expiry: self.expires.unwrap_or(0),
                children: self.children.unwrap_or(0),
                fee: 0,
                asset: Address::ZERO,
                licenceHash: self.licence_hash,
            },
            licenceURI: self.licence_uri,
        };
        let licensing = session.programs.licensing;
        session.send("set terms", licensor, licensing, U256::ZERO, &call)
    }
}
