//! IPTC's digital source types: how a medium came to be.

use logic::source_type::SourceType;

/// The types that say that an AI had a part in it: IPTC NewsCodes, Digital Source Type
/// (<http://cv.iptc.org/newscodes/digitalsourcetype/>) and C2PA 2.3, Digital source type, from which trainedAlgorithmicData is.
///
/// `algorithmicMedia` is made by an algorithm that was trained on nothing, and `algorithmicallyEnhanced`, `composite` and
/// `virtualRecording` may be of AI or not.
const OF_AI: [&str; 4] = [
    "trainedAlgorithmicMedia",
    "compositeWithTrainedAlgorithmicMedia",
    "compositeSynthetic",
    "trainedAlgorithmicData",
];

/// The last part of a type's address, which is its name.
fn name(uri: &str) -> &str {
    let uri = uri.trim().trim_end_matches('/');
    uri.rsplit(['/', ':']).next().unwrap_or_default()
}

/// Whether a type says that AI made the medium or a part of it.
pub(crate) fn is_of_ai(uri: &str) -> bool {
    OF_AI.contains(&name(uri))
}

/// The type as the chain keeps it, if it is one of IPTC's.
pub(crate) fn named(uri: &str) -> Option<SourceType> {
    let name = name(uri);
    let mut all = SourceType::ALL.into_iter();
    all.find(|known| !name.is_empty() && known.name() == name)
}
