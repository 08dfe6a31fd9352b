//! Items of a picture whose bytes are also those of others.

use super::{cleaned, copy, fixture};
use record::clean::Uncleanable;

/// Where the box of places has how an item is placed, whose kind has this place among the items of the sample.
fn places(file: &[u8]) -> usize {
    let at = file.windows(4).position(|name| name == b"iloc");
    at.expect("places") + 4
}

fn number(file: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(file[at..at + 4].try_into().expect("a number"))
}

#[test]
fn items_that_share_bytes_with_the_picture_or_the_boxes_are_refused() {
    let file = fixture("pictures/a1111.avif");
    copy(&file);
    let at = places(&file);
    // Version 0: numbers of four bytes, and none that they are counted from (ISO 14496-12, 8.11.3.2).
    assert_eq!(file[at..at + 6], [0, 0, 0, 0, 0x44, 0]);
    // An item has its number, in which file it is, how many pieces it has, and one of these.
    let item = |number: usize| at + 8 + 14 * number + 6;
    let picture = number(&file, item(0));
    assert_eq!(&file[at + 8..at + 10], [0, 1]);
    for (start, length) in [
        (picture, number(&file, item(0) + 4)),
        (picture + 9, 40),
        (0, 32),
    ] {
        let mut shared = file.clone();
        shared[item(1)..item(1) + 4].copy_from_slice(&start.to_be_bytes());
        shared[item(1) + 4..item(1) + 8].copy_from_slice(&length.to_be_bytes());
        let refused = cleaned(&shared);
        assert!(
            matches!(refused, Err(Uncleanable::Kind(why)) if why.contains("also of the picture")),
            "{start} {length} {refused:?}"
        );
    }
}
