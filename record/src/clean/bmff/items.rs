//! Pictures that are made of items (ISO 23008-12): EXIF and XMP are items too, and are overwritten where they stand by EXIF and XMP
//! that say nothing. The pictures, thumbnails among them, stay.

use super::super::Uncleanable;
use super::super::over::Over;
use super::super::plan::Plan;
use super::super::profile;
use super::super::walk::{Walk, broken};
use super::described::ELSEWHERE;
use super::pieces;
use crate::carriers::exif;
use crate::carriers::heif::beside::{self, Told};
use crate::carriers::heif::{Kind, Places, collect, each, told};

/// Most bytes that describe the items.
const LONGEST: u64 = 4 << 20;
/// Most items that tell something.
const MOST: usize = 16;
/// How many bytes stand before EXIF in its item, and EXIF without any tag.
const EXIF: &[u8] = b"\0\0\0\0MM\0\x2a\0\0\0\x08\0\0\0\0\0\0";
const XMP: &[u8] = br#"<x:xmpmeta xmlns:x="adobe:ns:meta/"/>"#;

/// Overwrites what the items of a picture tell. Whether these are items of a picture.
pub(super) fn clean(
    walk: &mut Walk,
    start: u64,
    end: u64,
    over: &mut Over,
    plan: &mut Plan,
) -> Result<bool, Uncleanable> {
    if end - start > LONGEST {
        return Err(broken("more to describe a picture than is read is", start));
    }
    let meta = walk.vec(end - start)?;
    // Past its version and flags.
    let boxes = meta.get(4..).unwrap_or_default();
    let is_of_picture =
        |(name, data): ([u8; 4], &[u8])| &name == b"hdlr" && data.get(8..12) == Some(b"pict");
    if !each(boxes).any(is_of_picture) {
        return Ok(false);
    }
    let place = |data: &[u8]| start + (data.as_ptr().addr() - meta.as_ptr().addr()) as u64;
    let (mut infos, mut places, mut own) = (None, None, None);
    let mut length = 0;
    for (name, data) in each(boxes) {
        length += 8 + data.len();
        match &name {
            b"iinf" => infos = infos.or(Some(data)),
            b"iloc" => places = places.or(Some(data)),
            b"idat" => own = own.or(Some(data)),
            b"hdlr" => over.zeros(
                place(data) + data.len().min(12) as u64,
                place(data) + data.len() as u64,
            )?,
            b"iprp" => fillings(data, &place, over, plan)?,
            b"pitm" | b"iref" | b"grpl" | b"dinf" | b"ipro" => {}
            _ => free(name, data, &place, over, plan)?,
        }
    }
    if length != boxes.len() {
        return Err(broken("a box of a wrong length is", start + length as u64));
    }
    for told in beside::told(boxes) {
        beside(&told, &place, over, plan)?;
    }
    let told: Vec<_> = told(infos.unwrap_or_default()).take(MOST + 1).collect();
    if told.len() > MOST {
        return Err(broken(
            "a picture of too many items that tell something is",
            start,
        ));
    }
    let found = match (told.is_empty(), places) {
        (true, _) => return Ok(true),
        (_, Some(places)) => Places(places).read(&told),
        _ => None,
    };
    let found = found.ok_or_else(|| broken("items without places are", start))?;
    let own_place = own.map(|own: &[u8]| place(own)..place(own) + own.len() as u64);
    let describes = places.unwrap_or_default();
    pieces::refuse_shared(walk, describes, &told, &found, own_place)?;
    for (kind, id) in told {
        let Some((_, in_own, pieces)) = found.iter().find(|(found, _, _)| *found == id) else {
            continue;
        };
        let own = own.unwrap_or_default();
        let item = collect(*in_own, pieces, own, walk.source);
        walk.source.seek(std::io::SeekFrom::Start(walk.at))?;
        let item = item.ok_or_else(|| broken("an item that breaks off is told of", start))?;
        let (name, instead, fill) = match kind {
            Kind::Exif => ("HEIF Exif", without(&item), 0),
            Kind::Xmp => ("HEIF XMP", XMP.to_vec(), b' '),
            Kind::Other => ("HEIF item", Vec::new(), 0),
        };
        plan.tell(name);
        // What is too long for the item is left out.
        let mut rest = match instead.len() <= item.len() {
            true => &instead[..],
            false => &[],
        };
        let base = if *in_own { place(own) } else { 0 };
        for (at, length) in pieces {
            // The item was read, so that its pieces stand in the file.
            let (start, end) = (base + at, base + at + length);
            let (these, left) = rest.split_at((*length as usize).min(rest.len()));
            over.put(start, these)?;
            over.fill(fill, start + these.len() as u64, end)?;
            rest = left;
        }
    }
    Ok(true)
}

/// EXIF that says no more than how the picture is turned.
fn without(item: &[u8]) -> Vec<u8> {
    let kept = || {
        let (before, rest) = item.split_first_chunk::<4>()?;
        let data = rest.get(u32::from_be_bytes(*before) as usize..)?;
        exif::minimal(data.to_vec(), false)
    };
    match kept() {
        Some(kept) => [&EXIF[..4], &kept].concat(),
        None => EXIF.to_vec(),
    }
}

/// Overwrites what was written beside the pictures. Properties are counted, so that none may move.
fn beside(
    told: &Told,
    place: &dyn Fn(&[u8]) -> u64,
    over: &mut Over,
    plan: &mut Plan,
) -> Result<(), Uncleanable> {
    let (name, _) = told.says();
    let (start, end) = (place(told.data), place(told.data) + told.data.len() as u64);
    match told.kind {
        beside::Kind::Box => return free(told.name, told.data, place, over, plan),
        beside::Kind::Name { is_last } => {
            over.fill(if is_last { 0 } else { b' ' }, start, end)?;
        }
        // Whether this file is meant (ISO/IEC 14496-12, 8.7.2.3).
        beside::Kind::Place if told.data[3] & 1 == 0 => return Err(Uncleanable::Kind(ELSEWHERE)),
        beside::Kind::Place => over.zeros(start + 4, end)?,
    }
    plan.tell(format!("HEIF {name}"));
    Ok(())
}

/// Makes zeros of what fills up among properties, and of what stands behind colours.
fn fillings(
    data: &[u8],
    place: &dyn Fn(&[u8]) -> u64,
    over: &mut Over,
    plan: &mut Plan,
) -> Result<(), Uncleanable> {
    let of_list = each(data).filter(|(name, _)| name == b"ipco");
    let all = of_list.flat_map(|(_, all)| each(all)).chain(each(data));
    for (name, data) in all {
        let length = data.len() as u64;
        let read = match &name {
            b"free" | b"skip" => 0,
            b"colr" => profile::read_of_box(data, length),
            _ => continue,
        };
        let behind = &data[read as usize..];
        if &name == b"colr" && behind.iter().any(|byte| *byte != 0) {
            plan.tell("HEIF colr");
        }
        over.zeros(place(data) + read, place(data) + length)?;
    }
    Ok(())
}

fn free(
    name: [u8; 4],
    data: &[u8],
    place: &dyn Fn(&[u8]) -> u64,
    over: &mut Over,
    plan: &mut Plan,
) -> Result<(), Uncleanable> {
    let start = place(data);
    if &name != b"free" && &name != b"skip" {
        plan.tell(format!("HEIF {}", String::from_utf8_lossy(&name).trim()));
        over.put(start - 4, *b"free")?;
    }
    over.zeros(start, start + data.len() as u64)
}
