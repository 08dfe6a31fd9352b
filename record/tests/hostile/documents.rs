//! PDF and texts with settings before them, made to break who reads them.

use super::common::told;
use super::{alone, read, read_in_time, read_soon, unreadable};
use miniz_oxide::deflate::compress_to_vec_zlib;

/// A document of these objects, from the first on, which begins with the catalog and goes on with the information.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut lines = "0000000000 65535 f\r\n".to_owned();
    for (at, object) in objects.iter().enumerate() {
        lines.push_str(&format!("{:010} 00000 n\r\n", bytes.len()));
        bytes.extend(format!("{} 0 obj\n", at + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let (at, count) = (bytes.len(), objects.len() + 1);
    let end = format!(
        "xref\n0 {count}\n{lines}trailer\n<< /Root 1 0 R /Info 2 0 R >>\nstartxref\n{at}\n%%EOF\n"
    );
    [&bytes, end.as_bytes()].concat()
}

fn info(text: Vec<u8>) -> Vec<u8> {
    pdf(&[b"<< >>".to_vec(), text])
}

fn stream(head: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {head} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// A document with a table in a stream that says where three objects are.
fn packed(table: &[u8], head: &str, objects: &[u8]) -> Vec<u8> {
    let mut bytes = [b"%PDF-1.5\n", objects].concat();
    let at = bytes.len();
    bytes.extend(b"9 0 obj\n");
    bytes.extend(stream(head, table));
    bytes.extend(format!("\nendobj\nstartxref\n{at}\n").bytes());
    bytes
}

#[test]
fn documents_that_go_deep_or_have_multitudes_are_told() {
    let _alone = alone();
    let deep = [b"<< /A ", &b"[".repeat(4 << 20)[..]].concat();
    let names = [b"<< /A ", &b"<< /A ".repeat(700_000)[..]].concat();
    let many = [b"<< /A [", &b"1 ".repeat(2 << 20)[..], b"] >>"].concat();
    let strings = [b"<< /A [", &b"()".repeat(2 << 20)[..], b"] >>"].concat();
    let long = [b"<< /A (", &b"a".repeat(5 << 20)[..], b") >>"].concat();
    let escaped = [b"<< /A (", &b"\\(".repeat(2 << 20)[..]].concat();
    let digits = b"1".repeat(4 << 20);
    for object in [deep, names, many, strings, long, escaped, digits] {
        let reading = read_soon(&info(object));
        assert!(["", "PDF Info"].contains(&unreadable(&reading).join(" ").as_str()));
        assert_eq!(reading.found, []);
    }
}

#[test]
fn tables_and_lengths_of_a_document_that_lead_nowhere_are_told() {
    let _alone = alone();
    let told = ["PDF Info"];
    // Sections in a circle, the last of which is the first.
    let circle =
        b"%PDF-1.7\nxref\n0 0\ntrailer << /Root 1 0 R /Info 2 0 R /Prev 9 >>\nstartxref\n9\n";
    assert_eq!(unreadable(&read_soon(circle)), ["PDF Info", "PDF Metadata"]);
    // Very many of them.
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut before = 0;
    for _ in 0..100_000 {
        let at = bytes.len();
        bytes.extend(format!("xref\n0 0\ntrailer << /Prev {before} >>\n").bytes());
        before = at;
    }
    bytes.extend(format!("startxref\n{before}\n").bytes());
    assert_eq!(unreadable(&read_soon(&bytes)), told);
    // One of very many runs, and one that claims more than there is.
    for table in ["0 0\n".repeat(1 << 20), format!("0 {}\n", u64::MAX)] {
        let bytes = format!("%PDF-1.7\nxref\n{table}trailer << >>\nstartxref\n9\n");
        assert_eq!(unreadable(&read_soon(bytes.as_bytes())), told);
    }
    // Lengths that are each other's, and the stream's own.
    for length in ["2 0 R", "3 0 R", "9 0 R", "-5", "99999999999"] {
        let object = format!("<< /Metadata 3 0 R >> stream {length}");
        let metadata = format!("<< /Length {length} >>\nstream\nabc\nendstream");
        let bytes = pdf(&[
            b"<< /Metadata 3 0 R >>".to_vec(),
            object.into_bytes(),
            metadata.into_bytes(),
        ]);
        assert_eq!(unreadable(&read_soon(&bytes)), ["PDF Metadata"]);
    }
}

#[test]
fn streams_of_a_document_that_lie_are_told() {
    let _alone = alone();
    let told = ["PDF Info"];
    let bomb = compress_to_vec_zlib(&vec![0; 200 << 20], 6);
    let head = "/Filter /FlateDecode /W [1 2 1] /Root 1 0 R /Info 2 0 R";
    assert_eq!(unreadable(&read_soon(&packed(&bomb, head, b""))), told);
    let wide = "/W [9 9 9] /Root 1 0 R /Info 2 0 R";
    assert_eq!(unreadable(&read_soon(&packed(&[0; 99], wide, b""))), told);
    let none = "/W [0 0 0] /Root 1 0 R /Info 2 0 R";
    assert_eq!(unreadable(&read_soon(&packed(&[0; 99], none, b""))), told);
    let runs = format!(
        "/W [1 2 1] /Index [0 {} 0 {}] /Root 1 0 R /Info 2 0 R",
        u64::MAX,
        i64::MAX
    );
    assert_eq!(
        unreadable(&read_soon(&packed(&[1; 99], &runs, b""))),
        ["PDF Info", "PDF Metadata"]
    );
    let wrong = "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 99999999999 >> /W [1 2 1] /Info 2 0 R";
    let table = compress_to_vec_zlib(&[2; 99], 6);
    assert_eq!(unreadable(&read_soon(&packed(&table, wrong, b""))), told);
    // Objects in a stream of objects that is in itself, and in one that unpacks to very much.
    let inner = [[0, 0, 0, 0], [2, 0, 3, 0], [2, 0, 3, 0], [2, 0, 3, 0]].concat();
    let head = "/W [1 2 1] /Size 4 /Root 1 0 R /Info 2 0 R";
    assert_eq!(
        unreadable(&read_soon(&packed(&inner, head, b""))),
        ["PDF Info", "PDF Metadata"]
    );
    let mut objects = b"3 0 obj\n".to_vec();
    objects.extend(stream("/N 2 /First 10 /Filter /FlateDecode", &bomb));
    let inner = [[0, 0, 0, 0], [2, 0, 3, 0], [2, 0, 3, 0], [1, 0, 9, 0]].concat();
    let reading = read_soon(&packed(&inner, head, &objects));
    assert_eq!(unreadable(&reading), ["PDF Info", "PDF Metadata"]);
    let pairs = "7 0 ".repeat(1 << 19);
    let mut objects = b"3 0 obj\n".to_vec();
    objects.extend(stream(
        &format!("/N 99999999999 /First {}", pairs.len()),
        pairs.as_bytes(),
    ));
    let reading = read_soon(&packed(&inner, head, &objects));
    assert_eq!(unreadable(&reading), ["PDF Info", "PDF Metadata"]);
}

#[test]
fn texts_of_a_document_are_read_in_time() {
    let keys = |count: usize| {
        let keys: String = (0..count).map(|at| format!("/Key{at} (a) ")).collect();
        info(format!("<< {keys} >>").into_bytes())
    };
    read_in_time(keys, 10_000);
    // Of which each is said to stand elsewhere.
    let far = |count: usize| {
        let keys: String = (0..count).map(|at| format!("/Key{at} 3 0 R ")).collect();
        let text = [b"(", &b"a".repeat(1 << 20)[..], b")"].concat();
        pdf(&[
            b"<< >>".to_vec(),
            format!("<< {keys} >>").into_bytes(),
            text,
        ])
    };
    read_in_time(far, 5_000);
}

#[test]
fn settings_before_a_text_and_captions_are_read_in_time() {
    let before = |middle: String| format!("---\nprompt: a\n{middle}\n---\n").into_bytes();
    read_in_time(|size| before("a: b\n".repeat(size)), 20_000);
    read_in_time(|size| before("- a\n".repeat(size)), 20_000);
    read_in_time(
        |size| before(format!("base_model: [{}]", "a,".repeat(size))),
        50_000,
    );
    read_in_time(|size| before(format!("a: '{}'", "''".repeat(size))), 50_000);
    read_in_time(|size| "---\n".repeat(size).into_bytes(), 500_000);
    let caption = |part: &'static str| {
        move |size: usize| {
            super::text(
                "Description",
                &format!(
                    "Include in Image: {}; Generator: Mochi Diffusion 5",
                    part.repeat(size)
                ),
            )
        }
    };
    read_in_time(caption("a; "), 500_000);
    read_in_time(caption("; Model: a"), 200_000);
    read_in_time(caption("\\"), 1_000_000);
    let languages = |size: usize| {
        let items: String = (0..size)
            .map(|at| format!("<rdf:li xml:lang='x{at}'>a</rdf:li>"))
            .collect();
        let again = "<rdf:li xml:lang='x-default'>a</rdf:li>".repeat(size);
        let packet = format!("<rdf:RDF><dc:a><rdf:Alt>{items}{again}</rdf:Alt></dc:a></rdf:RDF>");
        super::text("XML:com.adobe.xmp", &packet)
    };
    read_in_time(languages, 20_000);
}

#[test]
fn templates_without_number_are_no_settings() {
    let _alone = alone();
    let text = format!(
        "a\nSteps: 1, Sampler: Euler\n{}",
        "Template: Steps: 1, Sampler: a\n".repeat(50_000)
    );
    let reading = read(&super::text("parameters", &text));
    assert_eq!(told(&reading)[0], "prompt: a < PNG tEXt parameters");
    assert_eq!(reading.found.len(), 2);
}
