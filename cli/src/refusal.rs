//! Why a program refused, in words, and what to do about it.

use crate::abi::licensing::ILicensing::ILicensingErrors;
use crate::abi::provenance::IProvenance::IProvenanceErrors;
use crate::abi::registry::IERC6551Registry::IERC6551RegistryErrors;
use crate::abi::renderer::IRenderer::IRendererErrors;
use crate::abi::router::IRouter::IRouterErrors;
use crate::report;
use alloy_primitives::Bytes;
use alloy_sol_types::SolInterface;
use std::fmt;

/// Why a call did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The router says so, or another program that passes its error on.
    Router(IRouterErrors),
    /// Licensing says so.
    Licensing(ILicensingErrors),
    /// The collection says so.
    Provenance(IProvenanceErrors),
    /// The renderer says so.
    Renderer(IRendererErrors),
    /// The registry says so.
    Registry(IERC6551RegistryErrors),
    /// Some contract says so in Solidity's `Error(string)`.
    Reason(String),
    /// Some contract says so, in a way that no interface here knows.
    Unknown(Bytes),
    /// The transaction could not go on, for one because its gas ended.
    Stopped(String),
    /// Its sender cannot pay for its gas.
    Unaffordable(String),
}

impl std::error::Error for Refusal {}

/// Reads revert data by the errors of all interfaces.
#[must_use]
pub fn read(data: &[u8]) -> Refusal {
    None.or_else(|| decoded(data, Refusal::Router))
        .or_else(|| decoded(data, Refusal::Licensing))
        .or_else(|| decoded(data, Refusal::Provenance))
        .or_else(|| decoded(data, Refusal::Renderer))
        .or_else(|| decoded(data, Refusal::Registry))
        .or_else(|| reason(data))
        .unwrap_or_else(|| Refusal::Unknown(Bytes::copy_from_slice(data)))
}

fn decoded<E: SolInterface>(data: &[u8], refusal: fn(E) -> Refusal) -> Option<Refusal> {
    E::abi_decode(data).ok().map(refusal)
}

/// Solidity's own `Error(string)`.
fn reason(data: &[u8]) -> Option<Refusal> {
    use alloy_sol_types::{Revert, SolError as _};
    let revert = Revert::abi_decode(data).ok()?;
    Some(Refusal::Reason(report::plain(&revert.reason)))
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Stopped(reason) = self {
            return write!(f, "the transaction stopped: {reason}");
        }
        if let Self::Unaffordable(reason) = self {
            return f.write_str(reason);
        }
        write!(f, "the chain refused: {}", self.error())?;
        match self.advice() {
            Some(advice) => write!(f, "\n{advice}"),
            None => Ok(()),
        }
    }
}

/// `Outer(Inner { … })` as `sol!` derives it, without the outer half.
fn inner(error: &impl fmt::Debug) -> String {
    let text = format!("{error:?}");
    let inner = text
        .split_once('(')
        .and_then(|(_, inner)| inner.strip_suffix(')'));
    inner.unwrap_or(&text).to_owned()
}

impl Refusal {
    /// The error with its values, or the revert data where no interface knows it.
    #[must_use]
    pub fn error(&self) -> String {
        match self {
            Self::Router(error) => inner(error),
            Self::Licensing(error) => inner(error),
            Self::Provenance(error) => inner(error),
            Self::Renderer(error) => inner(error),
            Self::Registry(error) => inner(error),
            Self::Reason(reason) | Self::Stopped(reason) | Self::Unaffordable(reason) => {
                reason.clone()
            }
            Self::Unknown(data) if data.is_empty() => "it reverted without a reason".to_owned(),
            Self::Unknown(data) => data.to_string(),
        }
    }

    /// Whether the coin did not move as it was told to, so that less of it may.
    #[must_use]
    pub const fn is_of_a_transfer(&self) -> bool {
        matches!(
            self,
            Self::Router(
                IRouterErrors::AssetCallFailed(_)
                    | IRouterErrors::GainTooSmall(_)
                    | IRouterErrors::LossTooLarge(_)
                    | IRouterErrors::LossTooSmall(_)
                    | IRouterErrors::SweepFailed(_)
            )
        )
    }

    /// The work and the payee who alone may claim, if that is why.
    #[must_use]
    pub const fn reserved(&self) -> Option<(u64, u8)> {
        match self {
            Self::Router(IRouterErrors::ClaimReserved(error)) => Some((error.work, error.payee)),
            _ => None,
        }
    }

    /// What to do next, where there is something.
    #[must_use]
    pub const fn advice(&self) -> Option<&'static str> {
        match self {
            Self::Router(error) => of_router(error),
            Self::Licensing(error) => of_licensing(error),
            Self::Provenance(error) => of_provenance(error),
            _ => None,
        }
    }
}

const fn of_router(error: &IRouterErrors) -> Option<&'static str> {
    use IRouterErrors as Error;
    Some(match error {
        Error::UnknownWork(_) => "There is no such work. List them with: lineage show",
        Error::NotPayee(_) => "Only the payee may do this: use --from",
        Error::ClaimReserved(_) => "The payee claims for itself alone: use --from PAYEE",
        Error::AmountZero(_) => "Give an amount above zero",
        Error::SharesTooLarge(_) => "The parents' shares add up to more than 100%",
        Error::ParentsNotAscending(_) => "Name each parent once",
        Error::PayeeSharesMismatch(_) => "The shares of all --payee must add up to 100%",
        Error::PayeeShareZero(_) => "Give each --payee a share above 0%, or leave it out",
        Error::PayeeRefused(_) => "This account cannot be paid: name another --payee",
        Error::TooManyPayees(_) => "Name fewer --payee, at most the max above",
        Error::TooManyParents(_) => "Name fewer --parent, at most the max above",
        Error::AssetCallFailed(_)
        | Error::GainTooSmall(_)
        | Error::LossTooLarge(_)
        | Error::LossTooSmall(_)
        | Error::SweepFailed(_) => {
            "The ERC-20 does not move what it is told to; pay in another --asset"
        }
        Error::LedgerOverflow(_) | Error::AmountTooLarge(_) => {
            "Pay less: a ledger holds at most 2^128 - 1"
        }
        _ => return None,
    })
}

const fn of_licensing(error: &ILicensingErrors) -> Option<&'static str> {
    use ILicensingErrors as Error;
    Some(match error {
        Error::ParentClosed(_) => {
            "The parent admits no children. Its licensor can open it: lineage terms WORK --open MINIMUM --from LICENSOR"
        }
        Error::ShareTooSmall(_) => {
            "Offer the parent at least the share it asks for: --parent WORK:SHARE"
        }
        Error::StaleTerms(_) => {
            "The parent's terms have changed. Look at them with: lineage show WORK"
        }
        Error::OfferExpired(_) => {
            "The parent's offer has run out; its licensor can renew it with: lineage terms WORK --open SHARE --expires TIME --from LICENSOR"
        }
        Error::ChildrenExhausted(_) => {
            "The parent's terms admit no more children. Its licensor can renew them with: lineage terms WORK --open SHARE --children N --from LICENSOR"
        }
        Error::NotLicensor(_) => "Only the work's licensor sets its terms: use --from",
        Error::LicenceURITooLong(_) => {
            "Give a shorter --licence-uri, of at most the max above in bytes"
        }
        _ => return None,
    })
}

const fn of_provenance(error: &IProvenanceErrors) -> Option<&'static str> {
    use IProvenanceErrors as Error;
    Some(match error {
        Error::AlreadyMinted(_) => {
            "This creator has minted this very file. See it with: lineage show FILE"
        }
        Error::RoyaltyTooLarge(_) => "Ask for at most 50%: --royalty",
        Error::ERC721InvalidReceiver(_) => "This account cannot hold the token: name another --to",
        Error::TitleInvalid(_) => "Give a --title without control characters",
        Error::UriInvalid(_) | Error::UriTooLong(_) => {
            "Give another --uri, or leave it out: the file's own CID is kept then"
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::abi::licensing::ILicensing::ParentClosed;
    use alloy_sol_types::SolError as _;

    #[test]
    fn a_typed_error_is_named_with_its_values() {
        let refusal = read(&ParentClosed { work: 7 }.abi_encode());
        assert_eq!(refusal.error(), "ParentClosed { work: 7 }");
        assert!(
            refusal
                .advice()
                .is_some_and(|advice| advice.contains("lineage terms"))
        );
    }

    #[test]
    fn what_no_interface_knows_is_shown_as_it_is() {
        assert_eq!(read(&[0xde, 0xad, 0xbe, 0xef]).error(), "0xdeadbeef");
        assert_eq!(read(&[]).error(), "it reverted without a reason");
    }

    #[test]
    fn words_of_a_contract_move_no_cursor() {
        assert_eq!(
            report::plain("\u{1b}[2J\r\nalice received 9 ETH \u{202e}é"),
            "\\u{1b}[2J\\r\\nalice received 9 ETH \\u{202e}é"
        );
    }
}
