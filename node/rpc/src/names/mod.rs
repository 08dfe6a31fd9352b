//! What contracts, functions and errors are called, for whoever reads along.

use alloy_dyn_abi::{DynSolValue, ErrorExt};
use alloy_json_abi::{Error, Function};
use alloy_primitives::{Address, Selector};
use std::collections::HashMap;
use stylus_chain::arbos::predeploys::BLOCK_HASHES;
use stylus_chain::chain::node_interface::NODE_INTERFACE;
use stylus_chain::precompiles::abi::NodeInterface::NodeInterfaceCalls;
use stylus_chain::precompiles::named;
use stylus_chain::predeploys;

/// Signatures that many contracts share, and those of the contracts a chain begins with: a line each, in Solidity's words.
const KNOWN: &str = include_str!("known.abi");

/// What longer values of an error are cut to, in characters.
const LONGEST_VALUE: usize = 80;

/// Names of contracts by address, of functions and errors by the first four bytes of what calls or tells them.
#[derive(Clone, Debug, Default)]
pub struct Names {
    contracts: HashMap<Address, String>,
    functions: HashMap<Selector, String>,
    errors: HashMap<Selector, Error>,
}

impl Names {
    /// What everyone knows: precompiles, the contracts a chain begins with, and standards.
    #[must_use]
    pub fn known() -> Self {
        let mut names = Self::default();
        for precompile in named() {
            names.contract(precompile.address, precompile.name);
            names.functions(precompile.functions);
        }
        names.contract(NODE_INTERFACE, "NodeInterface");
        names.functions(NodeInterfaceCalls::SIGNATURES);
        names.contract(BLOCK_HASHES, "BlockHashes");
        for (address, name) in begun_with() {
            names.contract(address, name);
        }
        for line in KNOWN.lines() {
            match line.split_once(' ') {
                Some(("function", signature)) => names.functions(&[signature]),
                Some(("error", signature)) => names.errors(&[signature]),
                _ => {}
            }
        }
        names
    }

    /// Names a contract.
    pub fn contract(&mut self, address: Address, name: &str) {
        self.contracts.insert(address, name.to_owned());
    }

    /// Names functions by their signatures, such as `transfer(address to, uint256 amount)`. What is known stays; what is no
    /// signature is passed over.
    pub fn functions(&mut self, signatures: &[&str]) {
        for function in signatures.iter().flat_map(|text| Function::parse(text)) {
            let selector = function.selector();
            self.functions.entry(selector).or_insert(function.name);
        }
    }

    /// Names errors by their signatures, as [`functions`](Self::functions).
    pub fn errors(&mut self, signatures: &[&str]) {
        for error in signatures.iter().flat_map(|text| Error::parse(text)) {
            self.errors.entry(error.selector()).or_insert(error);
        }
    }

    /// The name of a contract.
    #[must_use]
    pub fn of_contract(&self, address: Address) -> Option<&str> {
        self.contracts.get(&address).map(String::as_str)
    }

    /// The name of the function that calldata calls.
    #[must_use]
    pub fn of_function(&self, input: &[u8]) -> Option<&str> {
        let selector = input.first_chunk::<4>()?;
        self.functions
            .get(&Selector::from(*selector))
            .map(String::as_str)
    }

    /// The error that revert data tells, with its values: `ERC721NonexistentToken(7)`.
    #[must_use]
    pub fn error(&self, output: &[u8]) -> Option<String> {
        let selector = output.first_chunk::<4>()?;
        let error = self.errors.get(&Selector::from(*selector))?;
        let values = error.decode_error(output).ok()?.body;
        let shown: Vec<_> = values.iter().map(shown).collect();
        Some(format!("{}({})", error.name, shown.join(", ")))
    }
}

/// A value in a line: a text in quotes, and nothing in it that a terminal obeys.
fn shown(value: &DynSolValue) -> String {
    let text = match value {
        DynSolValue::Bool(truth) => truth.to_string(),
        DynSolValue::Int(number, _) => number.to_string(),
        DynSolValue::Uint(number, _) => number.to_string(),
        DynSolValue::Address(address) => address.to_string(),
        DynSolValue::FixedBytes(word, size) => {
            alloy_primitives::hex::encode_prefixed(word.get(..*size).unwrap_or_default())
        }
        DynSolValue::Bytes(bytes) => alloy_primitives::hex::encode_prefixed(bytes),
        DynSolValue::String(text) => format!("{text:?}"),
        DynSolValue::Array(values)
        | DynSolValue::FixedArray(values)
        | DynSolValue::Tuple(values) => {
            let values: Vec<_> = values.iter().map(shown).collect();
            format!("[{}]", values.join(", "))
        }
        _ => String::from("?"),
    };
    match text.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// The contracts that a chain has from its genesis.
const fn begun_with() -> [(Address, &'static str); 13] {
    [
        (predeploys::NICKS_FACTORY, "NicksFactory"),
        (predeploys::SAFE_FACTORY, "SafeFactory"),
        (predeploys::STYLUS_DEPLOYER, "StylusDeployer"),
        (predeploys::CACHE_MANAGER, "CacheManager"),
        (predeploys::MULTICALL3, "Multicall3"),
        (predeploys::PERMIT2, "Permit2"),
        (predeploys::ERC6551_REGISTRY, "ERC6551Registry"),
        (predeploys::ENTRY_POINT_07, "EntryPoint 0.7"),
        (predeploys::ENTRY_POINT_08, "EntryPoint 0.8"),
        (predeploys::ENTRY_POINT_09, "EntryPoint 0.9"),
        (predeploys::WETH, "WETH"),
        (predeploys::EAS, "EAS"),
        (predeploys::SCHEMA_REGISTRY, "SchemaRegistry"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloy_primitives::{U256, hex};
    use alloy_sol_types::{SolError, sol};

    sol! {
        error ERC721NonexistentToken(uint256 tokenId);
        error FailedOp(uint256 opIndex, string reason);
    }

    #[test]
    fn every_line_of_what_is_known_is_a_signature() {
        for line in KNOWN.lines().filter(|line| !line.is_empty()) {
            let is_one = match line.split_once(' ') {
                Some(("function", signature)) => Function::parse(signature).is_ok(),
                Some(("error", signature)) => Error::parse(signature).is_ok(),
                first => first.is_some_and(|(word, _)| word == "#"),
            };
            assert!(is_one, "{line}");
        }
    }

    #[test]
    fn functions_of_precompiles_and_standards_have_names() {
        let names = Names::known();
        assert_eq!(names.of_function(&hex!("a9059cbb")), Some("transfer"));
        assert_eq!(
            names.of_function(&hex!("a3b1b31d00")),
            Some("arbBlockNumber")
        );
        assert_eq!(names.of_function(&hex!("a905")), None);
        let arb_sys = stylus_chain::arbos::predeploys::ARB_SYS;
        assert_eq!(names.of_contract(arb_sys), Some("ArbSys"));
    }

    #[test]
    fn errors_are_told_with_their_values() {
        let names = Names::known();
        let token = ERC721NonexistentToken {
            tokenId: U256::from(7),
        };
        let said = names.error(&token.abi_encode());
        assert_eq!(said.as_deref(), Some("ERC721NonexistentToken(7)"));
        let failed = FailedOp {
            opIndex: U256::ZERO,
            reason: "AA23\u{1b}[2J".to_owned(),
        };
        let said = names.error(&failed.abi_encode());
        assert_eq!(said.as_deref(), Some(r#"FailedOp(0, "AA23\u{1b}[2J")"#));
        assert_eq!(names.error(&token.abi_encode()[..20]), None);
    }
}
