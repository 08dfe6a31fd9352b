//! SVG: titles, descriptions, labels, metadata, comments, and what editors note for themselves go; what is drawn stays letter by letter.

mod addresses;
mod state;
mod wide;

use super::Uncleanable;
use super::plan::Plan;
use super::walk::{Walk, broken};
use crate::carriers::svg::is_utf16;
use crate::carriers::xmp::reader;
use quick_xml::events::Event;
use state::{Known, State};

/// Most bytes of a file. It stands in memory.
const LONGEST: u64 = 8 << 20;
/// How often it is walked at most: what is known of the whole is known at the end, and may change what is kept.
const WALKS: usize = 3;

const TOO_LONG: &str = "the SVG has more than 8 MiB, which is not looked through here: make it smaller, or save it as PNG and clean that";

/// Plans a clean copy.
pub(super) fn clean(walk: &mut Walk, plan: &mut Plan) -> Result<(), Uncleanable> {
    if walk.length > LONGEST {
        return Err(Uncleanable::Kind(TOO_LONG));
    }
    let bytes = walk.vec(walk.length)?;
    let is_wide = is_utf16(&bytes);
    let text = match is_wide {
        true => wide::text(&bytes).ok_or_else(|| broken("what is not UTF-16 is", 0)),
        false => String::from_utf8(bytes).map_err(|_| broken("what is not UTF-8 is", 0)),
    }?;
    let mut narrow = plan_of(&text, walk.length)?;
    plan.is_signed |= narrow.is_signed;
    for part in std::mem::take(&mut narrow.gone) {
        plan.tell(part);
    }
    if is_wide {
        return wide::keep(&text, &narrow, plan);
    }
    for (from, to) in narrow.kept() {
        plan.keep(from, to)?;
    }
    Ok(())
}

/// The plan of a clean copy of a text, in a file of this length.
fn plan_of(text: &str, length: u64) -> Result<Plan, Uncleanable> {
    let mut known = Known::default();
    let mut walks = 0;
    loop {
        let (plan, found) = walked(text, length, &known)?;
        walks += 1;
        if found == known || walks == WALKS {
            return Ok(plan);
        }
        known = found;
    }
}

/// A plan by what is known of the whole, and what is found of that.
fn walked<'a>(
    text: &'a str,
    length: u64,
    known: &Known<'a>,
) -> Result<(Plan, Known<'a>), Uncleanable> {
    let without_mark = text.strip_prefix('\u{feff}').unwrap_or(text);
    let base = (text.len() - without_mark.len()) as u64;
    let mut plan = Plan::default();
    plan.keep(0, base)?;
    let mut reader = reader(without_mark);
    // What goes is told by its end, so that each must be there.
    reader.config_mut().check_end_names = true;
    reader.config_mut().allow_unmatched_ends = false;
    let mut state = State::new(text, known);
    loop {
        let start = reader.buffer_position();
        let event = reader.read_event();
        let event = event.map_err(|error| Uncleanable::Broken(error.to_string()))?;
        let place = base + start..base + reader.buffer_position();
        if matches!(event, Event::Eof) {
            break;
        }
        state.take(&event, place, &mut plan)?;
    }
    Ok((plan, state.found(length)?))
}
