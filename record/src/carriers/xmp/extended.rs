//! XMP beyond the 64 KiB of a JPEG's segment.

use super::super::LONGEST_TEXT;
use super::PLACE;
use crate::field::Carried;

/// The name in the main packet of the one that extends it (XMP 3, 1.1.3.1).
const NAMED: &str = "xmpNote:HasExtendedXMP";

/// Parts of a packet: each has the packet's name, its whole length, and where the part stands in it.
#[derive(Default)]
pub(in super::super) struct Extended {
    parts: Vec<Part>,
    taken: usize,
    is_too_long: bool,
}

struct Part {
    packet: [u8; 32],
    at: u32,
    bytes: Vec<u8>,
}

impl Extended {
    pub(in super::super) fn add(&mut self, data: &[u8]) {
        let Some((packet, rest)) = data.split_first_chunk::<32>() else {
            return;
        };
        let Some(([_, _, _, _, at @ ..], bytes)) = rest.split_first_chunk::<8>() else {
            return;
        };
        // A part without bytes would count for nothing.
        self.taken += bytes.len() + size_of::<Part>();
        if self.taken > LONGEST_TEXT {
            self.is_too_long = true;
            return;
        }
        self.parts.push(Part {
            packet: *packet,
            at: u32::from_be_bytes(*at),
            bytes: bytes.to_vec(),
        });
    }

    /// Adds the properties of the packet that the main one names. Programs leave others there, which are of no worth.
    pub(in super::super) fn read(mut self, carried: &mut Carried) {
        let Some(named) = carried.fields.get(NAMED).map(|field| field.text.clone()) else {
            return;
        };
        if self.is_too_long {
            let reason = format!("it has more than {LONGEST_TEXT} bytes");
            return carried.fail(PLACE, "extended packet", reason);
        }
        self.parts
            .retain(|part| named.trim().as_bytes() == part.packet);
        self.parts.sort_by_key(|part| part.at);
        let mut packet = Vec::new();
        for part in self.parts {
            if part.at as usize != packet.len() {
                return carried.fail(PLACE, "extended packet", "a part of it is missing");
            }
            packet.extend(part.bytes);
        }
        if packet.is_empty() {
            return carried.fail(PLACE, "extended packet", "it is missing");
        }
        super::read(&packet, carried);
    }
}
