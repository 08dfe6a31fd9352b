//! The functions of a precompile, as a table from selector to what answers it.

use super::call::{Call, Failure, Purity};
use crate::version::{ArbOs, Feature};
use alloy_sol_types::SolCall;

/// A function of a precompile.
pub(super) struct Method {
    pub(super) selector: [u8; 4],
    pub(super) purity: Purity,
    /// What it came with.
    pub(super) since: Feature,
    pub(super) run: fn(&mut Call<'_>, &[u8]) -> Result<Vec<u8>, Failure>,
}

impl Method {
    /// The function with this selector, if a chain at this version has it.
    pub(super) fn find(
        methods: &'static [Self],
        selector: [u8; 4],
        arbos: ArbOs,
    ) -> Option<&'static Self> {
        let there = |method: &&Self| arbos.has(method.since);
        methods
            .iter()
            .filter(there)
            .find(|method| method.selector == selector)
    }
}

/// Answers a call with what a function returns.
pub(super) fn gives<C: SolCall>(
    call: &mut Call<'_>,
    input: &[u8],
    function: impl FnOnce(&mut Call<'_>, C) -> Result<C::Return, Failure>,
) -> Result<Vec<u8>, Failure> {
    let asked = decode::<C>(input)?;
    function(call, asked).map(|returned| C::abi_encode_returns(&returned))
}

/// Answers a call of a function that returns nothing.
pub(super) fn does<C: SolCall>(
    call: &mut Call<'_>,
    input: &[u8],
    function: impl FnOnce(&mut Call<'_>, C) -> Result<(), Failure>,
) -> Result<Vec<u8>, Failure> {
    let asked = decode::<C>(input)?;
    function(call, asked).map(|()| Vec::new())
}

/// Arguments as Go's ABI reads them: a number beyond its type is refused, the upper bytes of an address are not looked at.
fn decode<C: SolCall>(input: &[u8]) -> Result<C, Failure> {
    let arguments = input.get(4..).unwrap_or_default();
    let decoded = match C::SIGNATURE.contains("address") {
        true => C::abi_decode_raw(arguments),
        false => C::abi_decode_raw_validate(arguments),
    };
    decoded.map_err(|_| Failure::Burnt)
}

/// A row of a table: whether it returns something, what it may do, the feature it came with, and what answers it.
macro_rules! method {
    ($how:ident, $purity:ident, $since:ident, $call:ty, $function:expr) => {
        $crate::precompiles::method::Method {
            selector: <$call as alloy_sol_types::SolCall>::SELECTOR,
            purity: $crate::precompiles::call::Purity::$purity,
            since: $crate::version::Feature::$since,
            run: |call, input| $crate::precompiles::method::$how::<$call>(call, input, $function),
        }
    };
}
pub(super) use method;
