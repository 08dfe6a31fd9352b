use logic::{
    title::{self, TitleError},
    uri::{Uri, UriError},
    work::WorkKind,
};
use proptest::{collection::vec, prelude::*};

/// The standard library's reading of the same rule.
fn first_bad_byte(title: &[u8]) -> Option<usize> {
    let (valid, broken) = match std::str::from_utf8(title) {
        Ok(text) => (text, None),
        Err(error) => {
            let good = &title[..error.valid_up_to()];
            (
                std::str::from_utf8(good).expect("valid so far"),
                Some(error.valid_up_to()),
            )
        }
    };
    valid
        .char_indices()
        .find(|(_, char)| char.is_control())
        .map(|(offset, _)| offset)
        .or(broken)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn prop_title_is_refused_where_the_standard_library_stops(
        text in "[ -~\u{80}-\u{a1}\u{7fe}-\u{801}\u{d7fe}-\u{e002}\u{fffe}-\u{10001}\u{10fffe}-\u{10ffff}]{0,12}",
        noise in vec((any::<prop::sample::Index>(), any::<u8>()), 0..3),
    ) {
        let mut bytes = text.into_bytes();
        for (place, byte) in noise {
            let place = place.index(bytes.len() + 1);
            if byte & 1 == 0 || place == bytes.len() { bytes.insert(place, byte) } else { bytes[place] = byte }
        }
        let expected = first_bad_byte(&bytes).map_or(Ok(()), |offset| Err(TitleError::Invalid { offset }));
        prop_assert_eq!(title::check(&bytes), expected);
    }
}

#[test]
fn title_of_every_two_bytes_is_read_as_the_standard_library_does() {
    for pair in 0..=u16::MAX {
        let bytes = pair.to_be_bytes();
        let expected =
            first_bad_byte(&bytes).map_or(Ok(()), |offset| Err(TitleError::Invalid { offset }));
        assert_eq!(title::check(&bytes), expected, "{bytes:02x?}");
    }
}

#[test]
fn title_has_at_most_64_bytes() {
    assert_eq!(title::check(&[b'a'; 64]), Ok(()));
    assert_eq!(
        title::check(&[b'a'; 65]),
        Err(TitleError::TooLong { got: 65, max: 64 })
    );
    assert_eq!(title::check(b""), Ok(()));
}

#[test]
fn uri_is_empty_a_digest_with_its_scheme_or_https() {
    let digest = [7; 32];
    let with = |scheme: u8| [&[scheme], digest.as_slice()].concat();
    assert_eq!(Uri::parse(b""), Ok(Uri::OfOutputHash));
    assert_eq!(Uri::parse(&with(1)), Ok(Uri::IpfsRaw(&digest)));
    assert_eq!(Uri::parse(&with(2)), Ok(Uri::IpfsDagPb(&digest)));
    assert_eq!(Uri::parse(&with(3)), Ok(Uri::Arweave(&digest)));
    let https = b"https://example.org/a?b=c&d=%20#e".as_slice();
    assert_eq!(Uri::parse(https), Ok(Uri::Https(https)));
}

#[test]
fn uri_of_another_form_is_refused() {
    let refused: [&[u8]; 12] = [
        &[0; 33],
        &[4; 33],
        &[1; 32],
        &[1; 34],
        b"http://example.org",
        b"HTTPS://example.org",
        b"https://",
        b"https:///path",
        b"https://example.org/a b",
        b"https://example.org/\"onload",
        b"https://example.org/<svg>",
        "https://example.org/\u{e4}".as_bytes(),
    ];
    for uri in refused {
        assert_eq!(Uri::parse(uri), Err(UriError::Invalid), "{uri:02x?}");
    }
}

#[test]
fn uri_has_at_most_512_bytes() {
    let https = |len: usize| [b"https://".as_slice(), &vec![b'a'; len - 8]].concat();
    assert_eq!(Uri::parse(&https(512)), Ok(Uri::Https(&https(512))));
    assert_eq!(
        Uri::parse(&https(513)),
        Err(UriError::TooLong { got: 513, max: 512 })
    );
}

#[test]
fn work_kinds_stop_at_tool() {
    assert_eq!(WorkKind::from_code(5), Some(WorkKind::Tool));
    assert_eq!(WorkKind::from_code(6), None);
    for (code, kind) in (0..).zip(WorkKind::ALL) {
        assert_eq!(kind as u8, code, "{}", kind.name());
    }
}
