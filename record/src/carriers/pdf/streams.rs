//! How the data of a stream is packed (ISO 32000-2, 7.4): not at all, or by deflate.

use super::syntax::{Dictionary, Object};
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

const PACKED: &str = "it is packed in a way that is not read";

/// The data of a stream, at most so many bytes of it.
pub(super) fn unpacked(
    stream: &Dictionary,
    data: Vec<u8>,
    most: usize,
) -> Result<Vec<u8>, &'static str> {
    match only(stream.get("Filter")) {
        None => return Ok(data),
        Some(Object::List(filters)) if filters.is_empty() => return Ok(data),
        Some(Object::Name(name)) if name == "FlateDecode" || name == "Fl" => {}
        Some(_) => return Err(PACKED),
    }
    let plain = decompress_to_vec_zlib_with_limit(&data, most)
        .map_err(|_| "a part of it cannot be unpacked, or is too long")?;
    match only(stream.get("DecodeParms")) {
        Some(Object::Dictionary(how)) => predicted(how, plain),
        _ => Ok(plain),
    }
}

/// The one thing in a list, or what is no list.
fn only(object: Option<&Object>) -> Option<&Object> {
    match object {
        Some(Object::List(list)) if list.len() == 1 => list.first(),
        object => object,
    }
}

/// Rows as PNG filters them (PNG, 9.2), of one byte a column, as tables have it.
fn predicted(how: &Dictionary, data: Vec<u8>) -> Result<Vec<u8>, &'static str> {
    let number = |name: &str, otherwise| match how.get(name) {
        Some(object) => object.number(),
        None => Some(otherwise),
    };
    let plain = number("Predictor", 1).is_some_and(|predictor| predictor < 2);
    if plain {
        return Ok(data);
    }
    let is_png = number("Predictor", 1).is_some_and(|predictor| predictor >= 10);
    let is_bytes = number("Colors", 1) == Some(1) && number("BitsPerComponent", 8) == Some(8);
    let columns = number("Columns", 1).and_then(|columns| usize::try_from(columns).ok());
    let columns = columns.filter(|columns| is_png && is_bytes && (1..=1 << 16).contains(columns));
    let columns = columns.ok_or(PACKED)?;
    let mut rows = Vec::with_capacity(data.len());
    let mut above = vec![0; columns];
    for row in data.chunks(columns + 1) {
        let (filter, row) = row.split_first().ok_or(PACKED)?;
        let (mut left, mut corner) = (0_u8, 0_u8);
        for (byte, above) in row.iter().zip(&mut above) {
            let guess = match filter {
                0 => 0,
                1 => left,
                2 => *above,
                3 => ((u16::from(left) + u16::from(*above)) / 2) as u8,
                4 => paeth(left, *above, corner),
                _ => return Err(PACKED),
            };
            corner = *above;
            left = byte.wrapping_add(guess);
            *above = left;
            rows.push(left);
        }
    }
    Ok(rows)
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, above, corner].map(i16::from);
    let guess = a + b - c;
    let [to_left, to_above, to_corner] = [a, b, c].map(|from| (guess - from).abs());
    if to_left <= to_above && to_left <= to_corner {
        left
    } else if to_above <= to_corner {
        above
    } else {
        corner
    }
}
