//! Whether Content Credentials hold, from the codes that the crate gives.

use c2pa::ValidationResults;
use c2pa::validation_results::StatusCodes;
use c2pa::validation_status as code;
use std::collections::BTreeSet;

/// Codes that are told. All kinds of failure together are fewer than 100.
const MOST_CODES: usize = 100;
/// The crate's code for an identity (CAWG) whose document is at an address of the network, where nobody looks.
const NOT_RESOLVED: &str = "cawg.ica.did_unavailable";

/// What the codes say.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    pub(super) state: &'static str,
    pub(super) reasons: Vec<String>,
    /// Whether the bytes are not those that were signed.
    pub(super) is_changed: bool,
    /// Whether what the active manifest says is what its signer said: it is at most expired, or of one whom nobody trusts.
    pub(super) is_as_signed: bool,
    /// The same of the manifests of its ingredients.
    pub(super) are_ingredients: bool,
}

impl Verdict {
    pub(super) fn of(results: &ValidationResults) -> Self {
        let active = results.active_manifest();
        let deltas = results.ingredient_deltas().into_iter().flatten();
        let all: Vec<&StatusCodes> = active
            .into_iter()
            .chain(deltas.map(|delta| delta.validation_deltas()))
            .collect();
        let failures = codes(all.iter().flat_map(|codes| codes.failure()));
        let told = codes(all.iter().flat_map(|codes| codes.informational()));
        let own = codes(active.into_iter().flat_map(StatusCodes::failure));
        let passed = codes(active.into_iter().flat_map(StatusCodes::success));
        let of_ingredients = codes(
            all.iter()
                .skip(usize::from(active.is_some()))
                .flat_map(|codes| codes.failure()),
        );
        let is_signed = passed.contains(code::CLAIM_SIGNATURE_VALIDATED);
        let holds = is_signed
            && passed.contains(code::CLAIM_SIGNATURE_INSIDE_VALIDITY)
            && failures.iter().all(|failure| is_minor(failure));
        let trusted = passed.contains(code::SIGNING_CREDENTIAL_TRUSTED)
            && !failures.contains(code::SIGNING_CREDENTIAL_UNTRUSTED);
        Self {
            state: match (holds, trusted) {
                (false, _) => "invalid",
                (true, true) => "trusted",
                (true, false) => "valid",
            },
            is_changed: own.iter().any(|failure| is_of_binding(failure)),
            is_as_signed: is_signed
                && own
                    .iter()
                    .all(|failure| is_said(failure) || is_of_binding(failure)),
            are_ingredients: of_ingredients.iter().all(|failure| is_said(failure)),
            reasons: failures
                .iter()
                .chain(told.difference(&failures))
                .take(MOST_CODES)
                .map(|code| (*code).to_owned())
                .collect(),
        }
    }
}

fn codes<'a>(statuses: impl Iterator<Item = &'a code::ValidationStatus>) -> BTreeSet<&'a str> {
    statuses.map(|status| status.code()).collect()
}

/// A failure that leaves the credentials valid (C2PA 2.3, Validation states), or that nobody can know of without a network.
fn is_minor(failure: &str) -> bool {
    [code::SIGNING_CREDENTIAL_UNTRUSTED, NOT_RESOLVED].contains(&failure)
}

/// A failure for which what is said is what the signer said.
fn is_said(failure: &str) -> bool {
    is_minor(failure) || is_of_form(failure) || is_of_time(failure)
}

/// The bytes are not those of the hard binding.
fn is_of_binding(failure: &str) -> bool {
    [
        code::ASSERTION_DATAHASH_MISMATCH,
        code::ASSERTION_BMFFHASH_MISMATCH,
        code::ASSERTION_BOXHASH_MISMATCH,
    ]
    .contains(&failure)
}

/// The form is not that of the standard, or an identity that somebody added to the claim does not hold; the signer said what stands
/// there all the same.
fn is_of_form(failure: &str) -> bool {
    failure == code::ASSERTION_ACTION_MALFORMED || failure.starts_with("cawg.")
}

/// The certificate was no longer valid, or not yet. Most programs sign without a time stamp, and the certificates of these expire.
fn is_of_time(failure: &str) -> bool {
    [
        code::SIGNING_CREDENTIAL_EXPIRED,
        code::CLAIM_SIGNATURE_OUTSIDE_VALIDITY,
    ]
    .contains(&failure)
}
