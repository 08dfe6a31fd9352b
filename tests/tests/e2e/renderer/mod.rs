//! tokenURI and contractURI.

mod attributes;
mod broken;
mod json;
mod uri;

use alloy_primitives::{Address, U256};
use lineage_tests::World;
use lineage_tests::abi::IProvenance;
use serde_json::Value;

/// The JSON inside of a data: URI.
fn decoded(uri: &str) -> Value {
    let text = uri
        .strip_prefix("data:application/json;base64,")
        .expect("a data: URI of JSON");
    serde_json::from_slice(&base64(text)).expect("JSON")
}

/// The JSON of a token.
pub(crate) fn token(world: &World, token: u64) -> Value {
    token_of(world, world.provenance, token)
}

pub(crate) fn token_of(world: &World, collection: Address, token: u64) -> Value {
    decoded(&world.view(
        collection,
        IProvenance::tokenURICall {
            tokenId: U256::from(token),
        },
    ))
}

/// RFC 4648 with its padding, strictly.
fn base64(text: &str) -> Vec<u8> {
    assert_eq!(text.len() % 4, 0);
    let digits = text.trim_end_matches('=');
    assert!(text.len() - digits.len() < 3);
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for digit in digits.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => panic!("{digit} is no digit of base 64"),
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    assert_eq!(held & ((1 << bits) - 1), 0, "bits are left over");
    bytes
}
