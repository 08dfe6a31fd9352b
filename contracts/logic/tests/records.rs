//! What a collection keeps of a work and how readers are shown it, against published vectors.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "an overflow in a test should panic"
)]

use logic::priority::{self, Priority};
use logic::record::{self, Record};
use logic::source_type::SourceType;
use logic::token::Token;
use logic::uri::Uri;
use logic::{base, create, json, link};
use proptest::prelude::*;
use tiny_keccak::{Hasher, Keccak};

fn keccak256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    let mut keccak = Keccak::v256();
    keccak.update(bytes);
    keccak.finalize(&mut hash);
    hash
}

fn hex<const N: usize>(text: &str) -> [u8; N] {
    let digit = |at: usize| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).expect("hex");
    core::array::from_fn(digit)
}

fn text(push: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut out = Vec::new();
    push(&mut out);
    String::from_utf8(out).expect("text")
}

#[test]
fn create_address_is_the_yellow_papers() {
    let deployer = hex("6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0");
    for (nonce, expected) in [
        (0, "cd234a471b72ba2f1ccf0a70fcaba648a5eecd8d"),
        (1, "343c43a37d37dff08ae8c4a11544c718abb4fcf8"),
        (2, "f778b86fa74e846c4f0a1fbd1335fe81c00a0c91"),
        (3, "fffd933a0bc612844eaf0c6fe3e5b8e9b6c1d19c"),
    ] {
        assert_eq!(create::address(keccak256, &deployer, nonce), hex(expected));
    }
}

#[test]
fn base_encodings_are_rfc_4648s() {
    for (bytes, base64, base32) in [
        ("", "", ""),
        ("f", "Zg==", "my"),
        ("fo", "Zm8=", "mzxq"),
        ("foo", "Zm9v", "mzxw6"),
        ("foob", "Zm9vYg==", "mzxw6yq"),
        ("fooba", "Zm9vYmE=", "mzxw6ytb"),
        ("foobar", "Zm9vYmFy", "mzxw6ytboi"),
    ] {
        let bytes = bytes.as_bytes();
        assert_eq!(text(|out| base::push_base64(out, bytes)), base64);
        assert_eq!(text(|out| base::push_base32(out, bytes)), base32);
    }
    assert_eq!(text(|out| base::push_base64(out, &[0xfb, 0xff])), "+/8=");
    assert_eq!(text(|out| base::push_base64_url(out, &[0xfb, 0xff])), "-_8");
    assert_eq!(
        text(|out| base::push_hex(out, &[0x00, 0xaf, 0x10])),
        "00af10"
    );
}

#[test]
fn percent_drops_zeros_behind_the_point() {
    for (bps, expected) in [
        (0, "0%"),
        (1, "0.01%"),
        (10, "0.1%"),
        (1_250, "12.5%"),
        (2_000, "20%"),
        (10_000, "100%"),
        (u16::MAX, "655.35%"),
    ] {
        assert_eq!(text(|out| base::push_percent(out, bps)), expected);
    }
}

#[test]
fn links_are_what_gateways_follow() {
    // The CIDs of the empty file and of the empty directory, as every IPFS node computes them.
    let empty = hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    let directory = hex("59948439065f29619ef41280cbb932be52c56d99c5966b65e0111239f098bbef");
    let file = "ipfs://bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";
    let to = |uri| text(|out| link::push_link(out, uri, &empty));
    assert_eq!(to(Uri::OfOutputHash), file);
    assert_eq!(to(Uri::IpfsRaw(&empty)), file);
    assert_eq!(
        to(Uri::IpfsDagPb(&directory)),
        "ipfs://bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354"
    );
    assert_eq!(
        to(Uri::Arweave(&[0xff; 32])),
        "ar://__________________________________________8"
    );
    assert_eq!(to(Uri::Https(b"https://a.b/c")), "https://a.b/c");
}

#[test]
fn record_code_starts_with_stop_and_creation_code_returns_it() {
    let record = Record {
        creator: [0xc0; 20],
        output_hash: [0xef; 32],
        process_root: [0xab; 32],
        claimed_at: 1_700_000_000,
        minted_at: 1_700_000_001,
        title: b"Twenty bytes of name",
        uri: b"",
    };
    let creation = record.creation_code();
    let (constructor, code) = creation.split_at(10);
    assert_eq!(constructor, hex::<10>("61007480600a3d393df3"));
    assert_eq!(code.len(), 0x74);
    assert_eq!(code.first(), Some(&0));
    assert_eq!(code[85..96], hex::<11>("006553f100006553f10114"));
}

#[test]
fn record_of_other_code_is_none() {
    assert_eq!(Record::from_code(&[]), None);
    assert_eq!(Record::from_code(&[1; 200]), None);
    assert_eq!(Record::from_code(&[0; 95]), None);
    let mut title_too_long = [0; 100];
    title_too_long[95] = 5;
    assert_eq!(Record::from_code(&title_too_long), None);
}

#[test]
fn claim_is_final_once_no_commitment_can_precede_it() {
    let minted = 1_700_000_000;
    let after_its_time = minted + priority::COMMITMENT_LIFE;
    assert!(!priority::precedes(
        priority::oldest_commitment(after_its_time),
        minted
    ));
    assert!(priority::precedes(
        priority::oldest_commitment(after_its_time - 1),
        minted
    ));
    assert!(!priority::precedes(minted, minted));
}

#[test]
fn hash_that_nobody_claimed_has_no_priority() {
    assert_eq!(Priority::from_word(&[0; 32]), None);
}

#[test]
fn commitment_stands_to_the_last_second_of_its_third_day() {
    let time = 1_700_000_000;
    let last = time + 3 * 24 * 60 * 60;
    for now in [time, time + 1, last] {
        assert!(priority::stands(time, now));
    }
    assert!(!priority::stands(time, last + 1));
    // No commitment stands at no time, not even where the clock has just begun.
    for now in [0, 1, time] {
        assert!(!priority::stands(0, now));
    }
    assert!(priority::stands(1, 2));
}

#[test]
fn source_type_codes_are_their_places() {
    for (code, source_type) in SourceType::ALL.into_iter().enumerate() {
        assert_eq!(source_type as usize, code);
        assert_eq!(SourceType::from_code(code as u8), Some(source_type));
    }
    assert_eq!(SourceType::from_code(18), None);
}

proptest! {
    #[test]
    fn prop_create_address_hashes_rlp(deployer: [u8; 20], nonce: u64) {
        // The slow way: the digits without leading zeros, as one short string in one short list.
        let digits: Vec<u8> = nonce.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
        let number = if digits.len() == 1 && digits[0] < 128 {
            digits
        } else {
            [&[128 + digits.len() as u8], digits.as_slice()].concat()
        };
        let items = [&[128 + 20], deployer.as_slice(), &number].concat();
        let rlp = [&[192 + items.len() as u8], items.as_slice()].concat();
        let hash = keccak256(&rlp);
        prop_assert_eq!(&create::address(keccak256, &deployer, nonce), &hash[12..]);
    }

    #[test]
    fn prop_token_word_comes_back(
        owner: [u8; 20], royalty: u16, step_count: u16, kind: u8, source_type: u8, record in 0..1_u64 << 48
    ) {
        let token = Token { owner, royalty, step_count, kind, source_type, record };
        prop_assert_eq!(Token::from_word(&token.to_word()), (owner != [0; 20]).then_some(token));
        prop_assert_eq!(&token.to_word()[12..], &owner);
    }

    #[test]
    fn prop_claim_word_comes_back(creator: [u8; 20], token_id in 1..=u64::MAX) {
        let claim = Priority { creator, token_id };
        prop_assert_eq!(Priority::from_word(&claim.to_word()), Some(claim));
    }

    #[test]
    fn prop_record_code_comes_back(
        creator: [u8; 20],
        output_hash: [u8; 32],
        process_root: [u8; 32],
        claimed_at in 0..1_u64 << 40,
        minted_at in 0..1_u64 << 40,
        title in prop::collection::vec(any::<u8>(), 0..=64),
        uri in prop::collection::vec(any::<u8>(), 0..=512),
    ) {
        let record = Record { creator, output_hash, process_root, claimed_at, minted_at, title: &title, uri: &uri };
        let creation = record.creation_code();
        let code = &creation[10..];
        prop_assert_eq!(usize::from(creation[1]) << 8 | usize::from(creation[2]), code.len());
        prop_assert!(code.len() <= record::MAX_LEN);
        prop_assert_eq!(Record::from_code(code), Some(record));
    }

    #[test]
    fn prop_escaped_text_parses_to_itself(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let escaped = text(|out| json::push_escaped(out, &bytes));
        let parsed: String = serde_json::from_str(&format!("\"{escaped}\"")).expect("JSON");
        prop_assert_eq!(parsed, String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn prop_decimal_is_the_number(number: u64) {
        prop_assert_eq!(text(|out| base::push_decimal(out, number)), number.to_string());
    }
}
