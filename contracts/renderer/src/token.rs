//! The JSON of a token.

use crate::attributes;
use crate::collection::{Collection, Record};
use crate::json::Json;
use logic::link;
use logic::uri::Uri;
use shell::{word, Answer, Reader, Revert};

/// `tokenURI(collection, tokenId)`.
pub(crate) fn token_uri(mut arguments: Reader) -> Answer {
    let collection = Collection(arguments.address()?);
    let token_id = arguments.word()?;

    let answer = collection.record(token_id)?;
    let record = Record::read(&answer).map_err(|_| collection.failed())?;
    // Token ids are work ids, so a record under a wider one is no record.
    let work = word::to_u64(token_id).ok_or_else(|| collection.failed())?;
    let earliest = collection.token_of(record.output_hash)?;
    let other = word::to_u64(&earliest).filter(|earliest| *earliest != work);
    let parents = collection.parents(work)?;

    let mut json = Json::new();
    json.raw(r#"{"name":""#);
    name(&mut json, collection, &record, work)?;
    json.raw(r#"","description":""#);
    describe(&mut json, &record);
    if let Ok(uri) = Uri::parse(record.uri) {
        json.raw(r#"","image":""#);
        // Every form is of characters that JSON takes as they are.
        link::push_link(&mut json.0, uri, record.output_hash);
    }
    json.raw(r#"","attributes":"#);
    attributes::write(&mut json, &record, &parents, other);
    json.raw(r#","properties":{"outputHash":""#)
        .hex(record.output_hash)
        .raw(r#"","processRoot":""#)
        .hex(record.process_root)
        .raw(r#""}}"#);
    Ok(json.into_answer())
}

/// The title; without one the collection's name and the id.
fn name(json: &mut Json, collection: Collection, record: &Record, work: u64) -> Result<(), Revert> {
    if record.title.is_empty() {
        json.escaped(&collection.name()?).raw(" #").number(work);
    } else {
        json.escaped(record.title);
    }
    Ok(())
}

fn describe(json: &mut Json, record: &Record) {
    json.raw("A creative work with a provenance record of ")
        .number(record.step_count.into())
        .raw(if record.step_count == 1 {
            " step"
        } else {
            " steps"
        })
        .raw(" by ")
        .hex(record.creator.as_slice())
        .raw(". SHA-256 of the file: ")
        .hex(record.output_hash)
        .raw(".");
}
