//! HEIF: whose texts they are.

use super::{TEXT, places, read};
use crate::common::steps;

fn boxed(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    [&(data.len() as u32 + 8).to_be_bytes()[..], kind, data].concat()
}

/// A HEIF whose first picture is the primary one, with a property of XMP for each of these items: the pictures that it describes.
fn heif(items: &[&[u16]]) -> Vec<u8> {
    let short = |number: u16| number.to_be_bytes();
    let mut infos = [&[0; 4][..], &short(items.len() as u16)].concat();
    let mut places = [&[1, 0, 0, 0, 0x44, 0][..], &short(items.len() as u16)].concat();
    let mut references = vec![0; 4];
    let mut data = Vec::new();
    for (at, pictures) in items.iter().enumerate() {
        let id = 10 + at as u16;
        let info = [
            &[2, 0, 0, 0][..],
            &short(id),
            &[0, 0],
            b"mime\0application/rdf+xml\0",
        ]
        .concat();
        infos.extend(boxed(b"infe", &info));
        let packet = match at {
            0 => format!("<rdf:RDF><dc:description>{TEXT}</dc:description></rdf:RDF>"),
            _ => "<rdf:RDF><dc:description>a coot\nSteps: 2, Sampler: Euler</dc:description></rdf:RDF>".to_owned(),
        };
        places.extend([short(id), short(1), short(0), short(1)].concat());
        places.extend(
            [data.len() as u32, packet.len() as u32]
                .map(u32::to_be_bytes)
                .concat(),
        );
        data.extend(packet.bytes());
        if !pictures.is_empty() {
            let to: Vec<u8> = pictures
                .iter()
                .flat_map(|picture| short(*picture))
                .collect();
            let reference = [&short(id)[..], &short(pictures.len() as u16), &to].concat();
            references.extend(boxed(b"cdsc", &reference));
        }
    }
    let primary = [&[0; 4][..], &short(1)].concat();
    let boxes = [
        boxed(b"pitm", &primary),
        boxed(b"iinf", &infos),
        boxed(b"iref", &references),
        boxed(b"iloc", &places),
        boxed(b"idat", &data),
    ];
    let meta = [vec![0; 4], boxes.concat()].concat();
    [
        boxed(b"ftyp", b"heic\0\0\0\0mif1heic"),
        boxed(b"meta", &meta),
    ]
    .concat()
}

#[test]
fn texts_of_the_primary_picture_are_read_and_those_of_others_disclosed() {
    let other = "HEIF XMP item of another picture";
    let both = ["XMP dc:description", "XMP dc:description"];
    for (items, of_first, disclosed) in [
        (
            &[&[1][..], &[2]][..],
            true,
            &["XMP dc:description", other][..],
        ),
        (&[&[2, 1], &[3, 2]], true, &["XMP dc:description", other]),
        (&[&[2], &[1]], false, &["XMP dc:description", other]),
        // Who describes nothing is about the whole file.
        (&[&[1], &[]], true, &both),
    ] {
        let bytes = heif(items);
        let said = steps(&read(&bytes));
        assert_eq!(places(&bytes), disclosed, "{items:?}");
        assert_eq!(said.contains(&"prompt: a heron".to_owned()), of_first);
        assert_eq!(said.contains(&"prompt: a coot".to_owned()), !of_first);
        assert_eq!(read(&bytes).unreadable, []);
    }
}
