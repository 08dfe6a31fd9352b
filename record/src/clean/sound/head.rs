//! The heads of frames of MP3 and its kin, and of AAC.

/// The length of a frame by its head: of AAC as it says itself (ISO 13818-7, 6.2), of MP3 and its kin by the rates of bits and
/// samples (ISO 11172-3, 2.4.2.3 and 2.4.3.1; ISO 13818-3, 2.4.2.3; version 2.5 by half the rates of version 2).
pub(super) fn length(head: [u8; 6]) -> Option<u64> {
    let [0xff, kind, rates, d, e, f] = head else {
        return None;
    };
    if kind & 0xf6 == 0xf0 {
        let length = u64::from(d & 3) << 11 | u64::from(e) << 3 | u64::from(f >> 5);
        return (length >= 7 && rates >> 2 & 15 < 13).then_some(length);
    }
    let (version, layer) = (kind >> 3 & 3, kind >> 1 & 3);
    if kind < 0xe0 || version == 1 || layer == 0 {
        return None;
    }
    let is_first = version == 3;
    let kilobits = match (is_first, layer) {
        (true, 3) => [
            32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448,
        ],
        (true, 2) => [
            32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384,
        ],
        (true, _) => [
            32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
        ],
        (false, 3) => [
            32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256,
        ],
        (false, _) => [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    };
    let kilobits: u64 = *kilobits.get(usize::from(rates >> 4).checked_sub(1)?)?;
    let samples: u64 = *[44_100, 48_000, 32_000].get(usize::from(rates >> 2 & 3))?;
    let samples = match version {
        3 => samples,
        2 => samples / 2,
        _ => samples / 4,
    };
    let padding = u64::from(rates >> 1 & 1);
    Some(match (layer, is_first) {
        (3, _) => (12_000 * kilobits / samples + padding) * 4,
        (1, false) => 72_000 * kilobits / samples + padding,
        _ => 144_000 * kilobits / samples + padding,
    })
}

/// Whether a frame of a bitrate that no table has begins so.
pub(super) fn is_free(head: [u8; 6]) -> bool {
    let [a, b, rates, rest @ ..] = head;
    let [d, e, f] = rest;
    rates >> 4 == 0 && length([a, b, rates | 0x10, d, e, f]).is_some()
}
