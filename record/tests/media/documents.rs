//! PDF: what a document says of itself.

use crate::common::{break_everywhere, inspected, read_bytes, told};
use miniz_oxide::deflate::compress_to_vec_zlib;

const SAVED: &str = "a heron\nSteps: 20, Sampler: Euler, Model: reeds";
const XMP: &str = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><dc:title>a pond</dc:title></rdf:RDF></x:xmpmeta>";

/// What is read of the text above.
fn expected(place: &str) -> [String; 3] {
    [
        "prompt: a heron",
        "model: reeds",
        "parameters: Steps: 20, Sampler: Euler, ",
    ]
    .map(|step| format!("{step} < {place}"))
}

/// A document of these objects, from the first on, with a table of lines and what its trailer says.
fn pdf(objects: &[&[u8]], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut lines = "0000000000 65535 f\r\n".to_owned();
    for (at, object) in objects.iter().enumerate() {
        lines.push_str(&format!("{:010} 00000 n\r\n", bytes.len()));
        bytes.extend(format!("{} 0 obj\n", at + 1).bytes());
        bytes.extend(*object);
        bytes.extend(b"\nendobj\n");
    }
    let at = bytes.len();
    let count = objects.len() + 1;
    let end = format!(
        "xref\n0 {count}\n{lines}trailer\n<< /Size {count} {trailer} >>\nstartxref\n{at}\n%%EOF\n"
    );
    [&bytes, end.as_bytes()].concat()
}

/// A document with this information.
fn with(info: &[u8]) -> Vec<u8> {
    pdf(&[b"<< /Type /Catalog >>", info], "/Root 1 0 R /Info 2 0 R")
}

fn stream(head: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {head} /Length {} >>\nstream\r\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// Where each text stands.
fn places(bytes: &[u8]) -> Vec<String> {
    let texts = inspected("", bytes, &[]).discloses.into_iter();
    texts.map(|text| text.place).collect()
}

fn unreadable(bytes: &[u8]) -> Vec<String> {
    let fields = read_bytes(bytes).unreadable.into_iter();
    fields
        .map(|it| format!("{}: {}", it.field, it.reason))
        .collect()
}

#[test]
fn every_key_of_the_information_is_a_field_and_steps_are_read_from_it() {
    let info = format!(
        "<< /Title (a pond) /Subject ({SAVED})\n/Trapped /False /My#20key <68 69> /Rating 5 >>"
    );
    let bytes = with(info.as_bytes());
    assert_eq!(told(&read_bytes(&bytes)), expected("PDF Info Subject"));
    assert_eq!(
        places(&bytes),
        ["PDF Info Title", "PDF Info Subject", "PDF Info My key"]
    );
    assert_eq!(unreadable(&bytes), [""; 0]);
    let seen = inspected("", &bytes, &[]);
    assert_eq!(seen.media_type, Some("application/pdf"));
    assert!(seen.ai.marked);
}

#[test]
fn information_says_what_it_tells_of() {
    let info = "<< /Author (A. Duck) /Creator (a program) /CreationDate (D:20261130) /ModDate (D:20261130) >>";
    let told = inspected("", &with(info.as_bytes()), &[])
        .discloses
        .into_iter();
    let told: Vec<_> = told
        .map(|told| format!("{} in {}", told.what, told.place))
        .collect();
    assert_eq!(
        told,
        [
            "person in PDF Info Author",
            "text in PDF Info Creator",
            "date in PDF Info CreationDate",
            "date in PDF Info ModDate",
        ]
    );
}

#[test]
fn every_form_of_a_string_is_read() {
    let wide = |mark: &[u8], order: fn(u16) -> [u8; 2]| {
        let units = SAVED.encode_utf16().flat_map(order);
        let hex: String = mark
            .iter()
            .copied()
            .chain(units)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("<{hex}>").into_bytes()
    };
    let escaped = br"(\141 her\
on\012Steps: 20, Sampler: Euler, Mode\l: reeds)";
    for string in [
        format!("({SAVED})").into_bytes(),
        format!("({})", SAVED.replace('\n', "\r\n")).into_bytes(),
        format!("(\u{feff}{SAVED})").into_bytes(),
        escaped.to_vec(),
        wide(&[0xfe, 0xff], u16::to_be_bytes),
        wide(&[0xff, 0xfe], u16::to_le_bytes),
    ] {
        let info = [b"<< /Keywords ", &string[..], b" >>"].concat();
        let shown = String::from_utf8_lossy(&string).into_owned();
        assert_eq!(
            told(&read_bytes(&with(&info))),
            expected("PDF Info Keywords"),
            "{shown}"
        );
    }
    let letters = b"<< /parameters (a \x93gure \\(of \x80 5\\), d\xfcne (the last)\nSteps: 20, Sampler: Euler) >>";
    assert_eq!(
        told(&read_bytes(&with(letters)))[0],
        "prompt: a \u{fb01}gure (of \u{2022} 5), d\u{fc}ne (the las < PDF Info parameters"
    );
}

#[test]
fn properties_of_the_document_are_read() {
    let packed = compress_to_vec_zlib(XMP.as_bytes(), 6);
    for metadata in [
        stream("/Type /Metadata", XMP.as_bytes()),
        stream("/Filter /FlateDecode", &packed),
        stream("/Filter [/FlateDecode]", &packed),
    ] {
        let bytes = pdf(&[b"<< /Metadata 2 0 R >>", &metadata], "/Root 1 0 R");
        assert_eq!(places(&bytes), ["XMP dc:title"]);
        assert_eq!(unreadable(&bytes), [""; 0]);
    }
    // A length that stands elsewhere.
    let metadata = [
        b"<< /Length 3 0 R >> stream\n",
        XMP.as_bytes(),
        b"endstream",
    ]
    .concat();
    let length = XMP.len().to_string();
    let objects: [&[u8]; 3] = [b"<< /Metadata 2 0 R >>", &metadata, length.as_bytes()];
    assert_eq!(places(&pdf(&objects, "/Root 1 0 R")), ["XMP dc:title"]);
    let odd = stream("/Filter /LZWDecode", b"1234");
    assert_eq!(
        unreadable(&pdf(&[b"<< /Metadata 2 0 R >>", &odd], "/Root 1 0 R")),
        ["PDF Metadata: it is packed in a way that is not read"]
    );
}

/// A document whose objects stand in a stream of objects, and whose table is a stream, filtered row by row as many programs do.
fn packed(filter: u8) -> Vec<u8> {
    let info = format!("<< /Subject ({SAVED}) >>");
    let catalog = "<< /Type /Catalog >>";
    let pairs = format!("1 0 2 {} ", catalog.len() + 1);
    let objects = format!("{pairs}{catalog} {info}");
    let head = format!(
        "/Type /ObjStm /N 2 /First {} /Filter /FlateDecode",
        pairs.len()
    );
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let objects_at = bytes.len() as u16;
    bytes.extend(b"3 0 obj\n");
    bytes.extend(stream(&head, &compress_to_vec_zlib(objects.as_bytes(), 6)));
    bytes.extend(b"\nendobj\n");
    let table_at = bytes.len() as u16;
    let rows: [(u8, u16, u8); 5] = [
        (0, 0, 255),
        (2, 3, 0),
        (2, 3, 1),
        (1, objects_at, 0),
        (1, table_at, 0),
    ];
    let mut above = [0_u8; 4];
    let mut table = Vec::new();
    for (kind, at, index) in rows {
        let [high, low] = at.to_be_bytes();
        let row = [kind, high, low, index];
        table.push(filter);
        for (column, byte) in row.iter().enumerate() {
            let [left, corner] = match column.checked_sub(1) {
                Some(left) => [row[left], above[left]],
                None => [0, 0],
            };
            let up = above[column];
            let [a, b, c] = [left, up, corner].map(i32::from);
            let guess = match filter {
                0 => 0,
                1 => left,
                2 => up,
                3 => ((a + b) / 2) as u8,
                _ => *[(left, a), (up, b), (corner, c)]
                    .iter()
                    .min_by_key(|(_, from)| (a + b - c - from).abs())
                    .map(|(byte, _)| byte)
                    .expect("three"),
            };
            table.push(byte.wrapping_sub(guess));
        }
        above = row;
    }
    let head = "/Type /XRef /Size 5 /W [1 2 1] /Root 1 0 R /Info 2 0 R /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 4 >>";
    bytes.extend(b"4 0 obj\n");
    bytes.extend(stream(head, &compress_to_vec_zlib(&table, 6)));
    bytes.extend(format!("\nendobj\nstartxref\n{table_at}\n%%EOF").bytes());
    bytes
}

#[test]
fn objects_in_streams_are_found_by_a_table_in_a_stream() {
    for filter in 0..=4 {
        let bytes = packed(filter);
        assert_eq!(
            told(&read_bytes(&bytes)),
            expected("PDF Info Subject"),
            "{filter}"
        );
        assert_eq!(unreadable(&bytes), [""; 0]);
    }
}

/// A document saved again with another second object, and more in its trailer.
fn saved_again(old: &[u8], object: &str, trailer: &str) -> Vec<u8> {
    let before = old
        .windows(6)
        .rposition(|at| at == b"\nxref\n")
        .expect("a table")
        + 1;
    let at = old.len();
    let object = format!("2 0 obj {object} endobj\n");
    let table = at + object.len();
    let end = format!(
        "xref\n2 1\n{at:010} 00000 n\r\ntrailer << /Root 1 0 R {trailer} /Prev {before} >> startxref\n{table}\n%%EOF"
    );
    [old, object.as_bytes(), end.as_bytes()].concat()
}

#[test]
fn document_that_was_saved_again_says_what_is_newest() {
    let old = with(b"<< /Subject (an old text) /Author (A. Duck) /Title (a pond) >>");
    let new = format!("<< /Subject ({SAVED}) /Title (a pond) >>");
    let bytes = saved_again(&old, &new, "/Info 2 0 R");
    assert_eq!(told(&read_bytes(&bytes)), expected("PDF Info Subject"));
    assert_eq!(unreadable(&bytes), [""; 0]);
    // What was changed or taken out is in the file all the same.
    let discloses = inspected("", &bytes, &[]).discloses.into_iter();
    let all: Vec<_> = discloses.map(|it| (it.what, it.place)).collect();
    let expected = [
        ("prompt, model, parameters", "PDF Info Subject"),
        ("text", "PDF Info Title"),
        ("text", "earlier PDF Info Subject"),
        ("person", "earlier PDF Info Author"),
    ];
    assert_eq!(
        all,
        expected.map(|(what, place)| (what.into(), place.into()))
    );
}

#[test]
fn information_that_was_taken_out_is_told() {
    let old = with(b"<< /Author (A. Duck) >>");
    let bytes = saved_again(&old, "null", "");
    assert_eq!(places(&bytes), ["earlier PDF Info Author"]);
    assert_eq!(read_bytes(&bytes).found, []);
    assert_eq!(unreadable(&bytes), [""; 0]);
}

#[test]
fn saves_that_are_too_old_to_be_looked_at_are_told() {
    let mut bytes = with(b"<< /Author (A. Duck) >>");
    for save in 0..9 {
        let told = match save {
            8 => [""; 0].to_vec(),
            _ => vec!["earlier PDF Info Author"],
        };
        bytes = saved_again(&bytes, "null", "");
        let older = match save {
            8 => vec!["earlier PDF Info: only the last 8 saves before the newest are looked at"],
            _ => Vec::new(),
        };
        assert_eq!(
            (places(&bytes), unreadable(&bytes)),
            (
                told.into_iter().map(String::from).collect(),
                older.into_iter().map(String::from).collect()
            ),
            "{save}"
        );
    }
}

#[test]
fn information_in_the_trailer_itself_is_read() {
    let trailer = format!("/Root 1 0 R /Info << /Subject ({SAVED}) >>");
    let bytes = pdf(&[b"<< /Type /Catalog >>"], &trailer);
    assert_eq!(told(&read_bytes(&bytes)), expected("PDF Info Subject"));
}

#[test]
fn encrypted_document_is_told_and_its_plain_properties_are_read() {
    let info: &[u8] = b"<< /Title (\x8a\x01\xf3) >>";
    let metadata = stream("/Type /Metadata", XMP.as_bytes());
    let objects: [&[u8]; 4] = [
        b"<< /Metadata 4 0 R >>",
        info,
        b"<< /Filter /Standard >>",
        &metadata,
    ];
    let bytes = pdf(&objects, "/Root 1 0 R /Info 2 0 R /Encrypt 3 0 R");
    assert_eq!(
        unreadable(&bytes),
        ["PDF Info: the document is encrypted: save it without a password to have it read"]
    );
    assert_eq!(places(&bytes), ["XMP dc:title"]);
    let garbled = stream("/Type /Metadata", b"\x01\x02\x03");
    let objects: [&[u8]; 4] = [
        b"<< /Metadata 4 0 R >>",
        info,
        b"<< /Filter /Standard >>",
        &garbled,
    ];
    let bytes = pdf(&objects, "/Root 1 0 R /Info 2 0 R /Encrypt 3 0 R");
    assert_eq!((unreadable(&bytes).len(), places(&bytes)), (1, Vec::new()));
}

#[test]
fn document_that_breaks_off_or_lies_is_told() {
    let whole = with(b"<< /Title (a pond) >>");
    let breaks = "PDF Info: it breaks off: where its objects stand is not said";
    assert_eq!(unreadable(&whole[..whole.len() - 20]), [breaks]);
    let wrong = String::from_utf8_lossy(&whole).replace("2 0 obj", "9 0 obj");
    // The letters that were no UTF-8 are longer now.
    assert_eq!(
        unreadable(wrong.as_bytes()),
        ["PDF Info: its objects are not where it says"]
    );
    // No information is nothing to tell.
    assert_eq!(
        unreadable(&pdf(&[b"<< /Type /Catalog >>"], "/Root 1 0 R")),
        [""; 0]
    );
}

#[test]
fn documents_may_break_anywhere() {
    let metadata = stream("", XMP.as_bytes());
    let info = format!(
        "<< /Title (a \\(pond\\)) /Subject <feff0061> /A [1 2 0 R true] /B << /C /D >> /E ({SAVED}) >>"
    );
    let objects: [&[u8]; 3] = [b"<< /Metadata 3 0 R >>", info.as_bytes(), &metadata];
    break_everywhere(&pdf(&objects, "/Root 1 0 R /Info 2 0 R"));
    break_everywhere(&packed(2));
}
