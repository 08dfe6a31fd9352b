//! Clean copies: nothing is told by them, and they show and sound the same.

#[path = "../common/mod.rs"]
mod common;

mod addresses;
mod beside;
mod codecs;
mod credentials;
mod decoded;
mod drawings;
mod editors;
mod heads;
mod hidden;
mod items;
mod kept;
mod pictures;
mod profiles;
mod recorded;
mod samples;
mod sound;
mod styles;
mod told;
mod unread;

use record::clean::{Cleaned, Options, Uncleanable, clean};
use std::io::Cursor;

/// A clean copy, and what is gone.
fn cleaned(bytes: &[u8]) -> Result<(Vec<u8>, Cleaned), Uncleanable> {
    cleaned_with(bytes, Options::default())
}

fn cleaned_with(bytes: &[u8], options: Options) -> Result<(Vec<u8>, Cleaned), Uncleanable> {
    let mut copy = Vec::new();
    let result = clean(&mut Cursor::new(bytes), &mut copy, options);
    match result {
        Ok(gone) => Ok((copy, gone)),
        Err(error) => {
            assert_eq!(copy, [0; 0], "nothing is written of a file that is refused");
            Err(error)
        }
    }
}

/// The clean copy of a file that has one.
fn copy(bytes: &[u8]) -> Vec<u8> {
    let (copy, _) = cleaned(bytes).unwrap_or_else(|error| panic!("{error}"));
    let again = cleaned(&copy).unwrap_or_else(|error| panic!("{error}"));
    assert!(again.0 == copy, "a clean copy of a clean copy is the same");
    copy
}

fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures");
    std::fs::read(format!("{folder}/{name}")).expect("the fixture is checked in")
}
