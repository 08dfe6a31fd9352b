//! What a creator may not ask for.

use alloy_primitives::{B256, Bytes, U256};
use alloy_sol_types::SolCall;
use lineage_tests::World;
use lineage_tests::abi::{IProvenance, IRouter};

#[test]
fn output_hash_of_zero_is_refused() {
    let mut world = World::new();
    let alice = world.alice;
    world
        .mint(alice)
        .with(|request| request.outputHash = B256::ZERO)
        .act()
        .refused(IProvenance::OutputHashZero {});
}

#[test]
fn royalty_above_half_is_refused() {
    let mut world = World::new();
    let alice = world.alice;
    for got in [5_001, u16::MAX] {
        let refusal = IProvenance::RoyaltyTooLarge {
            got: U256::from(got),
            max: U256::from(5_000),
        };
        world
            .mint(alice)
            .with(|request| request.royalty = got)
            .act()
            .refused(refusal);
    }
    world
        .mint(alice)
        .with(|request| request.royalty = 5_000)
        .send();
}

#[test]
fn unknown_kinds_and_source_types_are_refused() {
    let mut world = World::new();
    let alice = world.alice;
    for kind in [6, 255] {
        world
            .mint(alice)
            .with(|request| request.kind = kind)
            .act()
            .refused(IRouter::UnknownKind { kind });
    }
    for code in [18, 255] {
        let refusal = IProvenance::UnknownSourceType { sourceType: code };
        world
            .mint(alice)
            .with(|request| request.sourceType = code)
            .act()
            .refused(refusal);
    }
    for code in 0..18 {
        world
            .mint(alice)
            .with(|request| (request.kind, request.sourceType) = (code % 6, code))
            .send();
    }
}

#[test]
fn title_of_65_bytes_is_refused() {
    let mut world = World::new();
    let alice = world.alice;
    let refusal = IProvenance::TitleTooLong {
        got: U256::from(65),
        max: U256::from(64),
    };
    world
        .mint(alice)
        .with(|request| request.title = "x".repeat(65))
        .act()
        .refused(refusal);
    // Bytes count, not characters.
    let refusal = IProvenance::TitleTooLong {
        got: U256::from(66),
        max: U256::from(64),
    };
    world
        .mint(alice)
        .with(|request| request.title = "é".repeat(33))
        .act()
        .refused(refusal);
    world
        .mint(alice)
        .with(|request| request.title = "x".repeat(64))
        .send();
}

#[test]
fn control_characters_in_a_title_are_refused() {
    let mut world = World::new();
    let alice = world.alice;
    for (title, offset) in [
        ("\0", 0),
        ("a\nb", 1),
        ("tab\t", 3),
        ("\u{1b}[2J", 0),
        ("é\u{7f}", 2),
        ("ab\u{85}", 2),
        ("\u{9f}", 0),
    ] {
        let refusal = IProvenance::TitleInvalid {
            offset: U256::from(offset),
        };
        world
            .mint(alice)
            .with(|request| request.title = title.to_owned())
            .act()
            .refused(refusal);
    }
}

#[test]
fn broken_utf_8_in_a_title_is_refused() {
    let mut world = World::new();
    let (alice, provenance) = (world.alice, world.provenance);
    let request = world
        .mint(alice)
        .with(|request| request.title = String::from("ok~~~~~~"))
        .request();
    let call = IProvenance::mintCall { request }.abi_encode();
    let at = call
        .windows(8)
        .position(|window| window == b"ok~~~~~~")
        .expect("the title")
        + 2;
    // A lone continuation, an overlong slash, a surrogate, a character past the last, one that breaks off.
    for broken in [
        &b"\x80"[..],
        b"\xc0\xaf",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xe2\x82",
        b"\xff",
    ] {
        let mut call = call.clone();
        call[at..at + broken.len()].copy_from_slice(broken);
        let refusal = IProvenance::TitleInvalid {
            offset: U256::from(2),
        };
        world.act_raw(alice, provenance, call).refused(refusal);
    }
}

#[test]
fn uri_of_513_bytes_is_refused() {
    let mut world = World::new();
    let alice = world.alice;
    let refusal = IProvenance::UriTooLong {
        got: U256::from(513),
        max: U256::from(512),
    };
    world
        .mint(alice)
        .with(|request| request.uri = https(513))
        .act()
        .refused(refusal);
    world
        .mint(alice)
        .with(|request| request.uri = https(512))
        .send();
}

#[test]
fn uri_of_no_form_is_refused() {
    let mut world = World::new();
    let alice = world.alice;
    let scheme = |scheme: u8, size| [&[scheme][..], &[0xab; 64][..size]].concat();
    let text = |text: &str| text.as_bytes().to_vec();
    let no_forms = [
        scheme(0, 32),
        scheme(4, 32),
        scheme(1, 31),
        scheme(2, 33),
        scheme(3, 0),
        text("http://example.org"),
        text("https://"),
        text("https:///path"),
        text("HTTPS://example.org"),
        text("ipfs://bafy"),
        text("javascript:alert(1)"),
        text("https://example.org/\"onload=\""),
        text("https://example.org/<script>"),
        text("https://example.org/é"),
        text("https://example.org/\n"),
    ];
    for uri in no_forms {
        world
            .mint(alice)
            .with(|request| request.uri = uri.into())
            .act()
            .refused(IProvenance::UriInvalid {});
    }
}

fn https(size: usize) -> Bytes {
    format!("{:a<size$}", "https://example.org/")
        .into_bytes()
        .into()
}
