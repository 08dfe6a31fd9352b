//! Carriers that say much with few bytes: lengths of nothing, names of a million letters, parts that share their bytes.

use super::{alone, png, read_in_time, read_soon};

/// A box of MP4 and HEIF.
fn boxed(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    [&(data.len() as u32 + 8).to_be_bytes()[..], kind, data].concat()
}

#[test]
fn items_in_pieces_of_no_bytes_are_read_in_time() {
    let _alone = alone();
    // Offsets and lengths of no bytes at all, so that each item claims 65,535 pieces for nothing.
    let place = [0, 0, 0, 1, 0, 0, 0, 0, 0xff, 0xff];
    let count = 400_000_u32;
    let head = [&[2, 0, 0, 0, 0, 0][..], &count.to_be_bytes()].concat();
    let places = [&head[..], &place.repeat(count as usize)].concat();
    let info = boxed(b"infe", b"\x02\0\0\0\0\x01\0\0Exif\0");
    let infos = boxed(b"iinf", &[&[0, 0, 0, 0, 0, 1], &info[..]].concat());
    let meta = [&[0; 4][..], &infos, &boxed(b"iloc", &places)].concat();
    let _ = read_soon(&[boxed(b"ftyp", b"avif\0\0\0\0avif"), boxed(b"meta", &meta)].concat());
}

#[test]
fn names_of_a_million_letters_are_told_in_short() {
    let _alone = alone();
    let name = "n".repeat(1_000_000);
    let key = [
        &(name.len() as u32 + 8).to_be_bytes()[..],
        b"mdta",
        name.as_bytes(),
    ]
    .concat();
    let keys = boxed(b"keys", &[&[0, 0, 0, 0, 0, 0, 0, 1], &key[..]].concat());
    let data = boxed(
        b"data",
        &[&[0, 0, 0, 1, 0, 0, 0, 0][..], b"\xff\xfe"].concat(),
    );
    let list = boxed(b"ilst", &boxed(&[0, 0, 0, 1], &data).repeat(200));
    let meta = boxed(b"meta", &[&[0; 4][..], &keys, &list].concat());
    let movie = boxed(b"moov", &boxed(b"udta", &meta));
    let reading = read_soon(&[boxed(b"ftyp", b"isom\0\0\0\0isom"), movie].concat());
    assert_eq!(reading.unreadable.len(), 100);
}

/// A tag of ID3v2.4 with these frames: name, flags, data.
fn id3(frames: &[(&[u8; 4], u8, Vec<u8>)]) -> Vec<u8> {
    let synchsafe = |length: usize| [21, 14, 7, 0].map(|bits| (length >> bits & 0x7f) as u8);
    let frame = |(name, flags, data): &(&[u8; 4], u8, Vec<u8>)| {
        [&name[..], &synchsafe(data.len()), &[0, *flags], data].concat()
    };
    let frames: Vec<u8> = frames.iter().flat_map(frame).collect();
    [&b"ID3\x04\0\0"[..], &synchsafe(frames.len()), &frames].concat()
}

#[test]
fn names_of_packed_texts_take_little_memory() {
    let _alone = alone();
    let long = [&[3][..], &b"n".repeat(4_000_000), b"\0a"].concat();
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(&long, 9);
    let _ = read_soon(&id3(&vec![(b"TXXX", 8, packed); 150]));
}

#[test]
fn many_texts_of_one_long_name_are_read_in_time() {
    let _alone = alone();
    let texts = [
        &[3][..],
        &b"n".repeat(2_000_000),
        b"\0",
        &b"a\0".repeat(900_000),
    ]
    .concat();
    let _ = read_soon(&id3(&[(b"TXXX", 0, texts)]));
}

#[test]
fn tags_in_chunks_end_with_these() {
    // Each begins in an empty chunk and claims what stands in the next ones.
    let part = [&b"id3 \0\0\0\0ID3\x03\0\0\0\0\x7f\x7f"[..], &[0; 2]].concat();
    let frames = b"AAAA\0\0\0\0\0\0".repeat(6);
    let part = [&part[..], &frames].concat();
    read_in_time(
        |size| [&b"RIFF\0\0\0\0WAVE"[..], &part.repeat(size)].concat(),
        100_000,
    );
}

#[test]
fn lists_of_long_texts_take_little_memory() {
    let _alone = alone();
    let text = |text: &[u8]| [&(text.len() as u64).to_le_bytes()[..], text].concat();
    let head = [&b"GGUF\x03\0\0\0"[..], &[0; 8], &1_u64.to_le_bytes()].concat();
    let texts = text(&[1; 60_000]).repeat(1_000);
    let kind = [&9_u32.to_le_bytes()[..], &8_u32.to_le_bytes()].concat();
    let list = [&kind[..], &1_000_u64.to_le_bytes(), &texts].concat();
    let bytes = [&head[..], &text(b"general.datasets"), &list].concat();
    let reading = read_soon(&bytes);
    assert_eq!(reading.unreadable.len(), 1);
}

#[test]
fn texts_of_a_model_that_grow_as_json_take_little_memory() {
    let _alone = alone();
    let text = |text: &[u8]| [&(text.len() as u64).to_le_bytes()[..], text].concat();
    let head = [&b"GGUF\x03\0\0\0"[..], &[0; 8], &2_u64.to_le_bytes()].concat();
    let one = |name: &str, says: &[u8]| {
        [
            &text(name.as_bytes())[..],
            &8_u32.to_le_bytes(),
            &text(says),
        ]
        .concat()
    };
    let long = one("general.description", &[1; 4_000_000]);
    let _ = read_soon(&[&head[..], &one("general.architecture", b"llama"), &long].concat());
}

#[test]
fn a_million_parts_are_read_in_time() {
    let xmp = |size: usize| {
        let attributes = " a:b='c'".repeat(size / 4);
        let packet = format!("<rdf:RDF><rdf:Description{attributes}/></rdf:RDF>");
        png(&[(
            b"iTXt",
            [&b"XML:com.adobe.xmp\0\0\0\0\0"[..], packet.as_bytes()].concat(),
        )])
    };
    let page = |size: usize| {
        let head = |flags: u8, count: u8| [&b"OggS\0"[..], &[flags], &[0; 20], &[count]].concat();
        let first = [&head(2, 1)[..], &[19], b"OpusHead", &[0; 11]].concat();
        let rest = [&head(0, 1)[..], &[255], &[b'a'; 255]].concat();
        [
            &first[..],
            &head(0, 1),
            &[255],
            b"OpusTags",
            &[0; 247],
            &rest.repeat(size),
        ]
        .concat()
    };
    let gif = |size: usize| {
        [
            &b"GIF89a\x01\0\x01\0\0\0\0"[..],
            &b"!\xfe\x01a\0".repeat(size),
        ]
        .concat()
    };
    let ebml = |size: usize| {
        let head = b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm";
        [
            &head[..],
            &b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff".repeat(size),
        ]
        .concat()
    };
    let tags = |size: usize| {
        let head =
            b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff";
        let tags = b"\x12\x54\xc3\x67\x01\xff\xff\xff\xff\xff\xff\xfe";
        [
            &head[..],
            tags,
            &b"\x67\xc8\x01\xff\xff\xff\xff\xff\xff\xfe".repeat(size),
        ]
        .concat()
    };
    let movie = |size: usize| {
        [
            &boxed(b"ftyp", b"isom\0\0\0\0isom")[..],
            &b"\0\0\0\0moov".repeat(size),
        ]
        .concat()
    };
    for make in [
        &xmp as &dyn Fn(usize) -> Vec<u8>,
        &page,
        &gif,
        &ebml,
        &tags,
        &movie,
    ] {
        read_in_time(make, 1_000_000);
    }
}

#[test]
fn pictures_in_a_million_pieces_are_looked_at_in_time() {
    read_in_time(|size| pieces(size, (1_000, 1_000)), 1_000_000);
}

/// A PNG that begins to hide a text, its data one byte a chunk.
fn pieces(size: usize, (width, height): (u32, u32)) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8], data: &[u8]| {
        let named = [kind, data].concat();
        bytes.extend((data.len() as u32).to_be_bytes());
        bytes.extend([&named[..], &crc32fast::hash(&named).to_be_bytes()].concat());
    };
    let header = [
        &width.to_be_bytes()[..],
        &height.to_be_bytes(),
        &[8, 6, 0, 0, 0],
    ]
    .concat();
    chunk(b"IHDR", &header);
    let signature = b"stealth_pnginfo\0\0\xff\xff";
    let bit = |at: usize| {
        signature
            .get(at / 8)
            .map_or(0, |byte| byte >> (7 - at % 8) & 1)
    };
    let mut noise = 1_u32;
    let mut rows = Vec::new();
    for row in 0..(size / 4_000).min(height as usize) {
        rows.push(0);
        for column in 0..width as usize {
            noise ^= noise << 13;
            noise ^= noise >> 17;
            noise ^= noise << 5;
            let alpha = if column == 0 { bit(row) } else { 0 };
            rows.extend([&noise.to_be_bytes()[..3], &[alpha]].concat());
        }
    }
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(&rows, 1);
    for byte in packed {
        chunk(b"IDAT", &[byte]);
    }
    chunk(b"IEND", &[]);
    bytes
}

/// A WebP without loss of 65,536 groups of codes, each of which has a table.
#[test]
fn webp_of_many_codes_takes_little_memory() {
    let _alone = alone();
    let mut bits = Vec::new();
    let mut put = |number: u32, count: u32| bits.extend((0..count).map(|at| number >> at & 1 == 1));
    // Its head, no transform, no cache, groups by blocks, of which each has the last number.
    for (number, count) in [
        (0x2f, 8),
        (63, 14),
        (63, 14),
        (0, 4),
        (0, 1),
        (0, 1),
        (1, 1),
        (0, 3),
        (0, 1),
    ] {
        put(number, count);
    }
    for symbol in [255, 255, 0, 0, 0] {
        put(1, 1);
        put(0, 1);
        put(1, 1);
        put(symbol, 8);
    }
    // A code of lengths 1 to 9, 10 and 10: the code for these has 11 lengths, and each symbol four bits.
    for _ in 0..5 * 65_536 {
        put(0, 1);
        put(11, 4);
        // In the order of the format: 17, 18, 0, then 1 to 5, 16, and 6 to 11.
        for length in [0, 0, 0, 3, 3, 3, 3, 3, 0, 3, 4, 4, 4, 4, 0] {
            put(length, 3);
        }
        // Eleven symbols are told, no more.
        put(1, 1);
        put(1, 3);
        put(9, 4);
        for at in 1..=10_u32 {
            let (code, length) = if at <= 6 {
                (at - 1, 3)
            } else {
                (12 + at - 7, 4)
            };
            for _ in 0..=u32::from(at == 10) {
                for bit in (0..length).rev() {
                    put(code >> bit & 1, 1);
                }
            }
        }
    }
    let data: Vec<u8> = bits
        .chunks(8)
        .map(|bits| {
            bits.iter()
                .rev()
                .fold(0, |byte, bit| byte << 1 | u8::from(*bit))
        })
        .collect();
    drop(bits);
    let length = (data.len() as u32).to_le_bytes();
    let _ = read_soon(&[b"RIFF\0\0\0\x10WEBPVP8L", &length[..], &data].concat());
}
