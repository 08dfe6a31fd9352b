//! Where the pieces of items stand (ISO/IEC 14496-12, 8.11.3): those of an item that is overwritten must be its own.

use super::super::Uncleanable;
use super::super::walk::{Walk, broken};
use super::next;
use crate::carriers::heif::{Kind, Piece, Place, Places};
use std::ops::Range;

/// Most pieces of all items of a file.
const MOST: usize = 1 << 16;

const SHARED: &str = "what the picture tells (such as EXIF) has bytes that are also of the picture or of the structure of the file, so that it is \
                      not taken out here: save it anew by another program, and try again";

/// Refuses a file whose items that tell something share bytes with other items, or stand in no box of data. `own` is the one within
/// the description of the items.
pub(super) fn refuse_shared(
    walk: &mut Walk,
    places: &[u8],
    told: &[(Kind, u32)],
    found: &[Place],
    own: Option<Range<u64>>,
) -> Result<(), Uncleanable> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut count = 0;
    Places(places).pieces(|piece| {
        count += 1;
        if count <= MOST {
            pieces.push(piece);
        }
    });
    if count > MOST {
        return Err(broken("a picture of too many pieces is", walk.at));
    }
    let mut data = data(walk)?;
    data.extend(own.clone());
    let base = own.map_or(0, |own| own.start);
    let range = |piece: &Piece| {
        let base = if piece.method == 1 { base } else { 0 };
        let start = base.saturating_add(piece.start);
        start..start.saturating_add(piece.length)
    };
    let is_told = |piece: &&Piece| told.iter().any(|(_, id)| *id == piece.item);
    let (mine, others): (Vec<_>, Vec<_>) = pieces.iter().partition(is_told);
    let others = Covered::new(others.into_iter().map(range).collect());
    let is_own = |piece: &&Piece| {
        let range = range(piece);
        let stands = |data: &Range<u64>| data.start <= range.start && range.end <= data.end;
        piece.method < 2 && data.iter().any(stands) && !others.meets(&range)
    };
    // Those that are left out elsewhere are told by their number.
    let known: usize = found.iter().map(|(_, _, pieces)| pieces.len()).sum();
    match mine.len() == known && mine.iter().all(is_own) {
        true => Ok(()),
        false => Err(Uncleanable::Kind(SHARED)),
    }
}

/// Where the boxes of data of the file stand. The walk stays where it is.
fn data(walk: &mut Walk) -> Result<Vec<Range<u64>>, Uncleanable> {
    let place = walk.at;
    let mut data = Vec::new();
    walk.to(0)?;
    while walk.left() >= 8 {
        let part = next(walk, walk.length)?;
        if matches!(&part.name, b"mdat" | b"imda") {
            data.push(part.start..part.end);
        }
        walk.to(part.end)?;
    }
    walk.to(place)?;
    Ok(data)
}

/// Ranges by where they begin, each with where it and those before it end.
struct Covered(Vec<Range<u64>>);

impl Covered {
    fn new(mut ranges: Vec<Range<u64>>) -> Self {
        ranges.sort_by_key(|range| range.start);
        let mut last = 0;
        for range in &mut ranges {
            last = range.end.max(last);
            range.end = last;
        }
        Self(ranges)
    }

    fn meets(&self, range: &Range<u64>) -> bool {
        let before = self.0.partition_point(|other| other.start < range.end);
        before > 0 && self.0[before - 1].end > range.start && !range.is_empty()
    }
}
