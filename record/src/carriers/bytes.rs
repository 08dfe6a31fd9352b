//! Bytes of a file that are taken or passed over.

use crate::Source;
use std::io::Read as _;

/// The next bytes. [`None`] where the file ends before. No more memory is taken than there are bytes.
pub(super) fn take(source: &mut dyn Source, length: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = (&mut *source).take(length as u64).read_to_end(&mut bytes);
    (read.ok()? == length).then_some(bytes)
}

/// The next bytes, of which there are few.
pub(super) fn few<const N: usize>(source: &mut dyn Source) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    source.read_exact(&mut bytes).ok().map(|()| bytes)
}

/// Passes over bytes. What is in the buffer of the source stays there.
pub(super) fn pass(source: &mut dyn Source, length: u64) -> Option<()> {
    source.seek_relative(i64::try_from(length).ok()?).ok()
}
