//! Content Credentials: what a manifest of C2PA says, who signed it, and whether it still holds.
//!
//! A manifest store stands in the file. Its active manifest is a claim about the file, of assertions: actions, ingredients, a
//! hash that binds it to the bytes. The signature is checked by the crate c2pa, without a network: no manifest, certificate status
//! or identity is fetched. The standard is the C2PA Technical Specification 2.3.

#[cfg(feature = "credentials")]
mod actions;
#[cfg(feature = "credentials")]
mod changed;
#[cfg(feature = "credentials")]
mod consent;
#[cfg(feature = "credentials")]
mod gaps;
#[cfg(feature = "credentials")]
mod ingredients;
#[cfg(feature = "credentials")]
mod inputs;
#[cfg(feature = "credentials")]
mod lineage;
#[cfg(feature = "credentials")]
mod place;
#[cfg(feature = "credentials")]
mod state;
#[cfg(feature = "credentials")]
mod store;

use crate::Source;
use crate::reading::Reading;
use crate::source_type::{is_of_ai, named};
use logic::source_type::SourceType;
use serde::Serialize;
use std::collections::BTreeMap;

/// Where credentials stand, as part of a field's name.
pub(crate) const PLACE: &str = "C2PA";

/// The certificates that a caller trusts to sign Content Credentials. No list is built in: the one of C2PA changes, and is
/// published at <https://github.com/c2pa-org/conformance-public/tree/main/trust-list>.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Whether credentials are passed over.
    passes_over: bool,
    #[cfg_attr(not(feature = "credentials"), expect(dead_code))]
    pem: Option<String>,
}

/// The state of a file's Content Credentials.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Credentials {
    /// `none`: the file has none. `trusted`: all holds, and the signer is trusted. `valid`: all holds, and nobody knows the signer.
    /// `invalid`: something does not hold. `unchecked`: nobody looked, or could.
    pub state: &'static str,
    /// Why: the standard's validation codes, failures first; of `unchecked`, a sentence.
    pub reasons: Vec<String>,
    /// Of a file whose bytes are no longer those that were signed: `metadata`, if it is the signed file again once texts that stand
    /// in it are passed over, or else `content`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed_after_signing: Option<&'static str>,
}

/// A file that another was made of, by the other's Content Credentials (C2PA 2.3, Ingredient).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ingredient {
    /// What it is called, mostly a file name.
    pub title: Option<String>,
    /// Its media type.
    pub format: Option<String>,
    /// `parentOf`: the file is an edit of it. `componentOf`: it is a part of the file. `inputTo`: it was given to what made the file.
    pub relationship: Option<String>,
    /// SHA-256 of its bytes in hex, where the file says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// The id of this version of it, mostly XMP's `xmpMM:InstanceID`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<String>,
    /// The id of it in all versions, mostly XMP's `xmpMM:DocumentID`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_id: Option<String>,
    /// Whether it has Content Credentials of its own.
    pub manifest: bool,
    /// `valid` or `invalid`: what the program that signed the file found these to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<&'static str>,
}

/// Whether something may be done with a file, by its Content Credentials: `allowed`, `notAllowed` or `constrained`.
pub type Consents = BTreeMap<String, String>;

/// All that Content Credentials say.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    pub(crate) credentials: Credentials,
    pub(crate) reading: Reading,
    pub(crate) ingredients: Vec<Ingredient>,
    pub(crate) source_type: Option<String>,
    pub(crate) training_and_mining: Consents,
}

impl Checked {
    /// Whether the file is marked as made by AI.
    pub(crate) fn is_of_ai(&self) -> bool {
        self.source_type.as_deref().is_some_and(is_of_ai)
    }

    /// How the file came to be, where what was signed holds.
    pub(crate) fn source_type(&self) -> Option<SourceType> {
        let holds = ["trusted", "valid"].contains(&self.credentials.state);
        let source_type = self.source_type.as_deref().filter(|_| holds);
        source_type.and_then(named)
    }
}

impl Credentials {
    fn none() -> Self {
        Self {
            state: "none",
            ..Self::default()
        }
    }

    fn unchecked(reason: impl Into<String>) -> Self {
        Self {
            state: "unchecked",
            reasons: vec![reason.into()],
            changed_after_signing: None,
        }
    }
}

impl Trust {
    /// Passes Content Credentials over, as a build without the feature does.
    #[must_use]
    pub fn unchecked() -> Self {
        Self {
            passes_over: true,
            ..Self::default()
        }
    }

    /// The certificates of a PEM file: authorities, or signers themselves.
    ///
    /// # Errors
    /// It holds no certificate, or one that cannot be read.
    pub fn of_pem(pem: String) -> anyhow::Result<Self> {
        anyhow::ensure!(
            pem.contains("-----BEGIN CERTIFICATE-----"),
            "there is no certificate in it: give a PEM file, which has lines of BEGIN CERTIFICATE"
        );
        let trust = Self {
            pem: Some(pem),
            ..Self::default()
        };
        #[cfg(feature = "credentials")]
        store::settings(&trust).map_err(|error| {
            anyhow::anyhow!(
                "a certificate in it cannot be read: {}",
                store::told(&error)
            )
        })?;
        Ok(trust)
    }
}

/// What the Content Credentials of a file say.
pub(crate) fn check(source: &mut dyn Source, trust: &Trust) -> Checked {
    if trust.passes_over || cfg!(not(feature = "credentials")) {
        return Checked {
            credentials: Credentials::unchecked("this build does not read them"),
            ..Checked::default()
        };
    }
    #[cfg(feature = "credentials")]
    return store::check(source, trust);
    #[cfg(not(feature = "credentials"))]
    {
        let _ = (source, Credentials::none);
        Checked::default()
    }
}
