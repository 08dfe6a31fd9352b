//! XMP: properties of a picture in RDF, which many kinds of file hold as a packet of XML (ISO 16684-1).

mod extended;
mod names;
mod properties;

pub(super) use extended::Extended;
pub(super) use properties::{Properties, resolved};

use super::stream::{too_long, vec};
use crate::Source;
use crate::field::Carried;
use quick_xml::Reader;
use quick_xml::events::Event;

const PLACE: &str = "XMP";
/// What a packet in a JPEG's segment begins with (XMP 3, 1.1.3).
pub(super) const SEGMENT: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";

/// Adds the properties of a packet, each text as a field named as `dc:description` is. Of one that is broken, those before the
/// break.
pub(crate) fn read(packet: &[u8], carried: &mut Carried) {
    let packet = match std::str::from_utf8(packet) {
        Ok(packet) => packet,
        Err(_) => return carried.fail(PLACE, "packet", "it is not UTF-8"),
    };
    let mut reader = reader(packet.trim_matches('\0'));
    let mut properties = Properties::default();
    let broken = loop {
        match reader.read_event() {
            Ok(Event::Eof) => break properties.is_open().then(|| "it breaks off".to_owned()),
            Ok(event) => properties.take(&event, carried),
            Err(error) => break Some(error.to_string()),
        }
    };
    if let Some(reason) = broken {
        carried.fail(PLACE, "packet", reason);
    }
}

/// Adds the properties of a packet of this length that begins where a source stands, as it does in films and sound.
pub(super) fn read_from(source: &mut dyn Source, length: u64, carried: &mut Carried) -> Option<()> {
    match too_long(length) {
        Some(reason) => carried.fail(PLACE, "packet", reason),
        None => read(&vec(source, length)?, carried),
    }
    Some(())
}

/// A reader of XML that is lenient where no meaning is lost. It replaces no entities but those of XML itself.
pub(crate) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    reader
}
