//! Midjourney: a prompt with its options, and the number of the job that made the picture.

use crate::field::Fields;
use crate::reading::{Evidence, Generator, Reading};

const JOB: &str = "Job ID:";
/// The length of a UUID in its usual form.
const UUID: usize = 36;

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let of = |field| {
        let field: &crate::Field = field;
        let (command, job) = field.text.rsplit_once(JOB)?;
        let job = job.trim().get(..UUID)?;
        let is_uuid = job
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
            && job.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
        is_uuid.then_some((field, command.trim()))
    };
    let (field, command) = fields.free().find_map(of)?;
    let mut reading = Reading::by(Some(Generator::named("Midjourney")), Evidence::Own);
    let (prompt, options) = parts(command);
    reading.prompt(prompt, field);
    for (option, value) in &options {
        match *option {
            "no" => reading.negative(value, field),
            "v" | "version" => reading.model(&format!("Midjourney v{value}"), None, field),
            "niji" => reading.model(format!("niji {value}").trim(), None, field),
            _ => {}
        }
    }
    reading.parameters(field);
    reading.tool("Midjourney", field);
    Some(reading)
}

/// The prompt, and each option with its value. An option begins with two hyphens behind a space, or with the dash that phones make
/// of them.
fn parts(command: &str) -> (&str, Vec<(&str, &str)>) {
    let begins = |at: usize, dashes: &str| {
        let rest = &command[at + dashes.len()..];
        (at == 0 || command[..at].ends_with(char::is_whitespace))
            && rest.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    let mut starts: Vec<(usize, usize)> = ["--", "\u{2014}"]
        .iter()
        .flat_map(|dashes| command.match_indices(dashes))
        .filter(|(at, dashes)| begins(*at, dashes))
        .map(|(at, dashes)| (at, at + dashes.len()))
        .collect();
    starts.sort_unstable();
    let prompt = &command[..starts.first().map_or(command.len(), |(at, _)| *at)];
    let ends = starts
        .iter()
        .skip(1)
        .map(|(at, _)| *at)
        .chain([command.len()]);
    let options = starts.iter().zip(ends).map(|((_, begin), end)| {
        let option = command[*begin..end].trim();
        let (name, value) = option
            .split_once(char::is_whitespace)
            .unwrap_or((option, ""));
        (name, value.trim())
    });
    (prompt, options.collect())
}
