//! IPTC's digital source types: how a medium came to be.

/// The types that say that an AI had a part in it, by the last part of their address: IPTC NewsCodes, Digital Source Type
/// (<http://cv.iptc.org/newscodes/digitalsourcetype/>) and C2PA 2.3, Digital source type, from which trainedAlgorithmicData is.
///
/// `algorithmicMedia` is made by an algorithm that was trained on nothing, and `composite` and `virtualRecording` may be of AI or
/// not.
const OF_AI: [&str; 4] = [
    "trainedAlgorithmicMedia",
    "compositeWithTrainedAlgorithmicMedia",
    "compositeSynthetic",
    "trainedAlgorithmicData",
];

/// Whether a digital source type says that AI made the medium or a part of it.
pub(super) fn is_ai(source_type: &str) -> bool {
    let name = source_type.rsplit('/').next().unwrap_or_default();
    OF_AI.contains(&name)
}
