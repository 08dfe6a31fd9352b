//! Profiles of colours: they say how long they are, and no reader looks at what stands behind (ICC.1:2022, 7.2).

/// Bytes of the head, and what stands in it at which place.
pub(super) const HEAD: usize = 128;
const MARK: &[u8] = b"acsp";
const MARK_AT: usize = 36;
/// Most bytes of one that is looked at as a whole. Those of printers have some.
pub(super) const LONGEST: usize = 16 << 20;
pub(super) const TOO_LONG: &str = "the picture has a colour profile of more than 16 MiB, which is not looked through here: save it with another, \
                                   and try again";

/// How many of so many bytes that begin so are the profile. [`None`] where it is none.
pub(super) fn length(begin: &[u8], all: u64) -> Option<u64> {
    let head = begin.get(..HEAD)?;
    let told = u64::from(u32::from_be_bytes(*head.first_chunk()?));
    let is_profile = head[MARK_AT..].starts_with(MARK) && told >= HEAD as u64;
    is_profile.then(|| told.min(all))
}

/// Bytes of a box that tells of colours, and of what it begins with that is looked at (ISO/IEC 14496-12, 12.1.5; QuickTime).
pub(super) const BOX_HEAD: u64 = 4 + HEAD as u64;

/// How many of so many bytes of such a box that begin so are read.
pub(super) fn read_of_box(begin: &[u8], all: u64) -> u64 {
    let read = match begin.split_first_chunk() {
        Some((b"prof" | b"rICC", profile)) => 4 + length(profile, all).unwrap_or(0),
        Some((b"nclx", _)) => 11,
        Some((b"nclc", _)) => 10,
        _ => all,
    };
    read.min(all)
}
