//! InvokeAI: `invokeai_metadata` since version 3, `sd-metadata` and `Dream` before it. A graph or a workflow beside them is kept whole.

mod dream;
mod settings;

use crate::field::{Field, Fields};
use crate::reading::{Evidence, Generator, Reading};

const NAME: &str = "InvokeAI";
/// What it writes beside the settings; it may stand alone where a picture came from the workflow editor.
const GRAPHS: [&str; 2] = ["invokeai_graph", "invokeai_workflow"];
/// Most entries of a list that are looked at. A record holds no more steps, and real lists have a few.
const MOST: usize = 1_000;

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let mut reading = Reading::by(Some(Generator::named(NAME)), Evidence::Own);
    settings::read(fields, &mut reading);
    dream::read(fields, &mut reading);
    for field in GRAPHS.iter().filter_map(|name| fields.get(name)) {
        // Python's None, written as JSON.
        if !matches!(field.text.trim(), "" | "null") {
            reading.parameters(field);
        }
    }
    (!reading.found.is_empty()).then_some(reading)
}

/// Says which version it was.
fn version(version: Option<&str>, field: &Field, reading: &mut Reading) {
    let generator = Generator::named(NAME).with_version(version);
    if generator.version.is_some() {
        reading.tool(generator.to_string(), field);
        reading.generator = Some(generator);
    }
}
