//! Why a program refused, in words, and what to do about it.

use crate::abi::{licensing, provenance, registry, renderer, router};
use alloy_sol_types::SolInterface;
use std::fmt;

/// A call that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Refusal {
    /// The typed error with its values, or the revert data where no interface knows it.
    pub error: String,
    /// What to do next, where there is something.
    pub advice: Option<&'static str>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the chain refused: {}", self.error)?;
        match self.advice {
            Some(advice) => write!(f, "\n{advice}"),
            None => Ok(()),
        }
    }
}

/// Reads revert data by the errors of all interfaces.
#[must_use]
pub fn read(data: &[u8]) -> Refusal {
    let error = named::<router::IRouter::IRouterErrors>(data)
        .or_else(|| named::<licensing::ILicensing::ILicensingErrors>(data))
        .or_else(|| named::<provenance::IProvenance::IProvenanceErrors>(data))
        .or_else(|| named::<renderer::IRenderer::IRendererErrors>(data))
        .or_else(|| named::<registry::IERC6551Registry::IERC6551RegistryErrors>(data))
        .or_else(|| reason(data))
        .unwrap_or_else(|| match data {
            [] => "it reverted without a reason".to_owned(),
            data => format!("0x{}", hex::encode(data)),
        });
    let name = error.split([' ', '(']).next().unwrap_or_default();
    Refusal {
        advice: advice(name),
        error,
    }
}

/// Solidity's own `Error(string)`.
fn reason(data: &[u8]) -> Option<String> {
    use alloy_sol_types::{Revert, SolError as _};
    Revert::abi_decode(data).ok().map(|revert| revert.reason)
}

/// `Outer(Inner { … })` as `sol!` derives it, without the outer half.
fn named<E: SolInterface + fmt::Debug>(data: &[u8]) -> Option<String> {
    let text = format!("{:?}", E::abi_decode(data).ok()?);
    let (_, inner) = text.split_once('(')?;
    Some(inner.strip_suffix(')')?.to_owned())
}

fn advice(error: &str) -> Option<&'static str> {
    Some(match error {
        "ParentClosed" => {
            "The parent admits no children. Its licensor can open it: lineage terms WORK --open MINIMUM --from LICENSOR"
        }
        "ShareTooSmall" => "Offer the parent at least the share it asks for: --parent WORK:SHARE",
        "StaleTerms" => "The parent's terms have changed. Look at them with: lineage show WORK",
        "OfferExpired" => {
            "The parent's offer has run out; its licensor can renew it with: lineage terms WORK"
        }
        "ChildrenExhausted" => {
            "The parent's terms admit no more children. Its licensor can renew them with: lineage terms WORK"
        }
        "UnknownWork" => "There is no such work. List them with: lineage show",
        "AlreadyMinted" => "This creator has minted this very file. See it with: lineage show FILE",
        "NotLicensor" => "Only the work's licensor sets its terms: use --from",
        "NotPayee" => "Only the payee may do this: use --from",
        "AmountZero" => "Give an amount above zero",
        "SharesTooLarge" => "The parents' shares add up to more than 100%",
        "ParentsNotAscending" => "Name each parent once",
        "PayeeSharesMismatch" => "The shares of all --payee must add up to 100%",
        "RoyaltyTooLarge" => "Ask for at most 50%: --royalty",
        "PayeeShareZero" => "Give each --payee a share above 0%, or leave it out",
        "PayeeRefused" => "This account cannot be paid: name another --payee",
        "TooManyPayees" => "Name fewer --payee, at most the max above",
        "TooManyParents" => "Name fewer --parent, at most the max above",
        "ERC721InvalidReceiver" => "This account cannot hold the token: name another --to",
        "LicenceURITooLong" => "Give a shorter --licence-uri, of at most the max above in bytes",
        "AssetCallFailed" | "GainTooSmall" | "LossTooLarge" => {
            "The ERC-20 does not move what it is told to; pay in another --asset"
        }
        "LedgerOverflow" | "AmountTooLarge" => "Pay less: a ledger holds at most 2^128 - 1",
        "TitleInvalid" => "Give a --title without control characters",
        "UriInvalid" | "UriTooLong" => {
            "Give an https address of at most 512 bytes, or leave --uri out"
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloy_sol_types::SolError as _;

    #[test]
    fn a_typed_error_is_named_with_its_values() {
        let refusal = read(&licensing::ILicensing::ParentClosed { work: 7 }.abi_encode());
        assert_eq!(refusal.error, "ParentClosed { work: 7 }");
        assert!(
            refusal
                .advice
                .is_some_and(|advice| advice.contains("lineage terms"))
        );
    }

    #[test]
    fn what_no_interface_knows_is_shown_as_it_is() {
        assert_eq!(read(&[0xde, 0xad, 0xbe, 0xef]).error, "0xdeadbeef");
        assert_eq!(read(&[]).error, "it reverted without a reason");
    }
}
