//! What was changed in a file after it was signed.

use super::gaps::Gaps;
use super::place::File;
use super::state::Verdict;
use super::store;
use crate::Source;
use c2pa::Context;
use std::ops::Range;
use std::sync::Arc;

/// Texts were added; the rest is as it was signed.
pub(super) const METADATA: &str = "metadata";
/// More than added texts was changed: the picture, or a text that was signed.
pub(super) const CONTENT: &str = "content";
/// Times that a file is read again.
const MOST_TRIES: usize = 8;

/// Whether a file is the signed one again once metadata that stands in it is passed over: all of it, each part alone, then all but
/// each. Metadata that was signed too is so left where it is, if only one part was added or only one was signed.
pub(super) fn after_signing(
    context: &Arc<Context>,
    file: &File,
    source: &mut dyn Source,
) -> &'static str {
    let holds = |parts: Vec<Range<u64>>| {
        let file = (
            file.media_type,
            Gaps::new(&mut *source, file.length, &parts),
        );
        let reader = store::open(context, file.0, file.1);
        let results = reader
            .ok()
            .and_then(|reader| reader.validation_results().cloned());
        results.is_some_and(|results| !Verdict::of(&results).is_changed)
    };
    match passed_over(&file.metadata).take(MOST_TRIES).any(holds) {
        true => METADATA,
        false => CONTENT,
    }
}

/// The parts that are passed over in each try. What was added last stands mostly at the end or right at the start.
fn passed_over(parts: &[Range<u64>]) -> impl Iterator<Item = Vec<Range<u64>>> {
    let all = (!parts.is_empty()).then(|| parts.to_vec());
    let several = if parts.len() > 1 { parts } else { &[] };
    let each = several.iter().rev().map(|part| vec![part.clone()]);
    let others = if parts.len() > 2 { parts } else { &[] };
    let others = others.iter().map(|part| {
        let others = parts.iter().filter(|other| *other != part);
        others.cloned().collect()
    });
    all.into_iter().chain(alternate(each, others))
}

/// One of each in turn.
fn alternate<T>(
    mut one: impl Iterator<Item = T>,
    mut other: impl Iterator<Item = T>,
) -> impl Iterator<Item = T> {
    std::iter::from_fn(move || Some([one.next(), other.next()]))
        .take_while(|pair| pair.iter().any(Option::is_some))
        .flat_map(|pair| pair.into_iter().flatten())
}
