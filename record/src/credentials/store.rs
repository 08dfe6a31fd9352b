//! The manifest store of a file, through the crate c2pa.

use super::place::{self, File, Place};
use super::state::Verdict;
use super::{Checked, Credentials, Trust, actions, changed, consent, ingredients, lineage};
use crate::Source;
use crate::reading::{Reading, Unreadable};
use c2pa::{Context, Error, Reader, Settings, validation_status as code};
use serde_json::{Value, json};
use std::io::{Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// The field that tells of a store that is not read.
pub(super) const STORE: &str = "C2PA manifest store";
/// Bytes of the crate's error that are told.
const LONGEST_REASON: usize = 200;

/// What the Content Credentials of a file say.
pub(super) fn check(source: &mut dyn Source, trust: &Trust) -> Checked {
    let file = match place::find(source) {
        Place::Nowhere => return of(Credentials::none()),
        Place::Unread(reason) => return unread(Credentials::unchecked(&reason), reason),
        Place::Here(file) => file,
    };
    let opened = settings(trust).and_then(|context| {
        let opened = open(&context, file.media_type, &mut *source)?;
        Ok((opened, context))
    });
    match opened {
        Ok((reader, context)) => checked(&reader, &context, &file, source),
        // A JPEG may have other things in APP11, and any file the letters c2pa.
        Err(Error::JumbfNotFound | Error::UnsupportedType) => of(Credentials::none()),
        Err(error) => {
            let credentials = Credentials {
                state: "invalid",
                reasons: vec![code_of(&error).to_owned()],
                changed_after_signing: None,
            };
            unread(credentials, told(&error))
        }
    }
}

fn of(credentials: Credentials) -> Checked {
    Checked {
        credentials,
        ..Checked::default()
    }
}

/// Credentials of which nothing is read, which is told.
fn unread(credentials: Credentials, reason: String) -> Checked {
    let mut reading = Reading::default();
    reading.unreadable.push(Unreadable {
        field: STORE.to_owned(),
        reason,
    });
    Checked {
        reading,
        ..of(credentials)
    }
}

fn checked(
    reader: &Reader,
    context: &Arc<Context>,
    file: &File,
    source: &mut dyn Source,
) -> Checked {
    let Some(results) = reader.validation_results() else {
        let credentials = Credentials {
            state: "invalid",
            reasons: vec![code::CLAIM_MISSING.to_owned()],
            changed_after_signing: None,
        };
        return unread(credentials, "it was not checked".to_owned());
    };
    let verdict = Verdict::of(results);
    let change = verdict
        .is_changed
        .then(|| changed::after_signing(context, file, source));
    let Some(manifest) = reader.active_manifest() else {
        let credentials = Credentials {
            state: "invalid",
            reasons: verdict.reasons,
            changed_after_signing: change,
        };
        return unread(credentials, "its active manifest cannot be read".to_owned());
    };
    let mut checked = of(Credentials {
        state: verdict.state,
        reasons: verdict.reasons,
        changed_after_signing: change,
    });
    checked.ingredients = ingredients::of(manifest);
    checked.training_and_mining = consent::of(manifest);
    let json = Value::try_from(reader).unwrap_or_default();
    let manifests = lineage::back(reader, &json, verdict.are_ingredients);
    checked.source_type = actions::source_type(&manifests);
    if verdict.is_as_signed && change != Some(changed::CONTENT) {
        checked.reading = actions::read(&manifests);
    } else {
        let reason = "they do not hold, so that what they say is no step";
        checked.reading.unreadable.push(Unreadable {
            field: STORE.to_owned(),
            reason: reason.to_owned(),
        });
    }
    checked
}

/// Reads and checks a manifest store.
pub(super) fn open(
    context: &Arc<Context>,
    media_type: &str,
    source: impl Read + Seek + Send,
) -> Result<Reader, Error> {
    // The crate reads what anyone may have written, in a dozen formats of others. Should a file be found that makes it panic, the
    // rest of what is known of that file is not lost with it.
    let open = || Reader::from_shared_context(context).with_stream(media_type, source);
    catch_unwind(AssertUnwindSafe(open))
        .unwrap_or_else(|_| Err(Error::BadParam("the reader of C2PA broke off".to_owned())))
}

/// How stores are checked: offline, within bounds, trusting these certificates.
pub(super) fn settings(trust: &Trust) -> Result<Arc<Context>, Error> {
    let trust = json!({ "user_anchors": trust.pem, "allowed_list": trust.pem });
    let settings = json!({
        "trust": trust,
        "cawg_trust": trust,
        "core": { "max_decompressed_manifest_size_in_mb": 8, "allowed_network_hosts": [] },
        "verify": { "ocsp_fetch": false, "remote_manifest_fetch": false },
    });
    let settings = Settings::new().with_json(&settings.to_string())?;
    Ok(Context::new().with_settings(settings)?.into_shared())
}

/// The standard's code for a store that cannot be read at all.
fn code_of(error: &Error) -> &'static str {
    match error {
        Error::ClaimMissing { .. } | Error::ProvenanceMissing => code::CLAIM_MISSING,
        Error::AssertionMissing { .. } => code::ASSERTION_MISSING,
        _ => code::GENERAL_ERROR,
    }
}

/// What the crate says of an error.
pub(super) fn told(error: &Error) -> String {
    let text = error.to_string();
    let end = text
        .char_indices()
        .map(|(at, _)| at)
        .find(|at| *at >= LONGEST_REASON);
    text[..end.unwrap_or(text.len())].to_owned()
}
