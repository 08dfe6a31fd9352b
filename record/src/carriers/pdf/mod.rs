//! PDF: the information of the document, and its XMP.
//!
//! Only the objects that hold these are read, found by the tables at the end of the file; pages are passed over unread. Libraries
//! for PDF hold the whole document in memory, and unpack whatever stands in it.

mod objects;
mod streams;
mod syntax;
mod texts;

use super::{LONGEST_TEXT, xmp};
use crate::Source;
use crate::disclosures::told;
use crate::field::{Carried, Field};
use objects::{DEEPEST, MOST_EARLIER, Objects, Problem};
use std::collections::HashSet;
use syntax::{Dictionary, Object};

const PLACE: &str = "PDF";
/// The place of the texts of the information.
pub(crate) const INFO: &str = "PDF Info";

/// Most texts of the information that stand elsewhere in the file, of all saves.
const MOST_ELSEWHERE: usize = 100;

/// Adds the texts of the information dictionary (ISO 32000-2, 14.3.3), which has keys of programs and people too, and the
/// properties of the document's XMP (14.3.2).
pub(super) fn read(source: &mut dyn Source, carried: &mut Carried) {
    let mut objects = match Objects::of(source) {
        Ok(objects) => objects,
        Err(Problem(reason)) => return carried.fail(PLACE, "Info", reason),
    };
    // Strings and streams are encrypted, other objects are not.
    let is_encrypted = objects.trailer.get("Encrypt").is_some();
    let mut elsewhere = 0;
    if is_encrypted {
        let reason = "the document is encrypted: save it without a password to have it read";
        carried.fail(PLACE, "Info", reason);
    } else if let Err(Problem(reason)) = info(&mut objects, &mut elsewhere, carried) {
        carried.fail(PLACE, "Info", reason);
    }
    if let Err(Problem(reason)) = metadata(&mut objects, is_encrypted, carried)
        && !is_encrypted
    {
        carried.fail(PLACE, "Metadata", reason);
    }
    if !is_encrypted {
        earlier(&mut objects, &mut elsewhere, carried);
    }
}

/// Tells of what earlier saves say otherwise. Programs add what is new behind the rest, so that what was changed or taken out is
/// still in the file (7.5.6; ExifTool, PDF Tags).
fn earlier(objects: &mut Objects, elsewhere: &mut usize, carried: &mut Carried) {
    for _ in 0..MOST_EARLIER {
        if objects.go_back().is_none() {
            return;
        }
        let mut before = Carried::default();
        // Whatever cannot be read is gone.
        let _ = info(objects, elsewhere, &mut before);
        let _ = metadata(objects, false, &mut before);
        let known: HashSet<_> = carried.fields.0.iter().map(parts).collect();
        let mut gone = before.fields.0;
        gone.retain(|field| !known.contains(&parts(field)));
        for field in gone {
            let what = told(&field).unwrap_or("text");
            carried.value(what, &format!("earlier {}", field.place), &field.name);
        }
    }
    if objects.go_back().is_some() {
        let reason = format!("only the last {MOST_EARLIER} saves before the newest are looked at");
        carried.fail("earlier PDF", "Info", reason);
    }
}

fn parts(field: &Field) -> [&str; 3] {
    [&field.place, &field.name, &field.text]
}

/// The dictionary that a name of the trailer leads to. [`None`] where there is none.
fn dictionary(objects: &mut Objects, name: &str) -> Result<Option<Dictionary>, Problem> {
    let Some(number) = objects.trailer.reference(name) else {
        // Programs write it here, against the standard.
        return Ok(objects.trailer.take(name));
    };
    match objects.read(number)?.object {
        Object::Dictionary(dictionary) => Ok(Some(dictionary)),
        _ => Ok(None),
    }
}

fn info(
    objects: &mut Objects,
    elsewhere: &mut usize,
    carried: &mut Carried,
) -> Result<(), Problem> {
    let Some(info) = dictionary(objects, "Info")? else {
        return Ok(());
    };
    for (name, value) in info.0 {
        let value = match value {
            Object::Reference(number) if *elsewhere < MOST_ELSEWHERE => {
                *elsewhere += 1;
                objects.read(number)?.object
            }
            value => value,
        };
        let Object::Text(bytes) = value else {
            continue;
        };
        if bytes.len() > LONGEST_TEXT {
            let reason = format!("it has more than {LONGEST_TEXT} bytes");
            carried.fail(INFO, &name, reason);
            continue;
        }
        let text = texts::text(&bytes);
        if !text.trim().is_empty() {
            carried.push(INFO, name, text);
        }
    }
    Ok(())
}

/// The XMP of the document. One that encryption leaves alone is read all the same.
fn metadata(
    objects: &mut Objects,
    is_encrypted: bool,
    carried: &mut Carried,
) -> Result<(), Problem> {
    let catalog = dictionary(objects, "Root")?;
    let metadata = catalog.as_ref().and_then(|catalog| catalog.get("Metadata"));
    let Some(Object::Reference(number)) = metadata else {
        return Ok(());
    };
    let read = objects.read(*number)?;
    let (Object::Dictionary(stream), Some(at)) = (read.object, read.data) else {
        return Ok(());
    };
    let packet = objects.data(&stream, at, LONGEST_TEXT, DEEPEST)?;
    let is_plain = packet.trim_ascii_start().starts_with(b"<");
    if !is_encrypted || is_plain {
        xmp::read(&packet, carried);
    }
    Ok(())
}
