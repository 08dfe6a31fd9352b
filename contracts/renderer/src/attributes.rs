//! Traits, as OpenSea and those who follow it read them.

use crate::collection::{Parent, Record};
use crate::json::Json;
use logic::source_type::SourceType;
use logic::work::WorkKind;

/// Writes the array of traits.
pub(crate) fn write(json: &mut Json, record: &Record, parents: &[Parent], earliest: Option<u64>) {
    let kind = WorkKind::from_code(record.kind).map_or("", WorkKind::name);
    let source_type = SourceType::from_code(record.source_type).map_or("", SourceType::name);

    json.raw(r#"[{"trait_type":"Kind","value":""#)
        .raw(kind)
        .raw(r#""},{"trait_type":"Creator","value":""#)
        .hex(record.creator.as_slice())
        .raw(r#""},"#);
    if !source_type.is_empty() {
        json.raw(r#"{"trait_type":"Source type","value":""#)
            .raw(source_type)
            .raw(r#""},"#);
    }
    json.raw(r#"{"trait_type":"Royalty","value":""#)
        .percent(record.royalty)
        .raw(r#""},{"display_type":"number","trait_type":"Steps","value":"#)
        .number(record.step_count.into())
        .raw("},");
    for parent in parents {
        json.raw(r##"{"trait_type":"Parent","value":"#"##)
            .number(parent.work);
        // An edge without a share says where a work comes from and pays nothing.
        if parent.share > 0 {
            json.raw(", ").percent(parent.share);
        }
        json.raw(r#""},"#);
    }
    date(json, "Claimed", record.claimed_at);
    json.raw(",");
    date(json, "Minted", record.minted_at);
    json.raw(r#",{"trait_type":"Earliest claim here","value":""#);
    match earliest {
        Some(token_id) => json.raw("#").number(token_id),
        None => json.raw("this"),
    };
    json.raw(r#""}]"#);
}

fn date(json: &mut Json, name: &str, time: u64) {
    json.raw(r#"{"display_type":"date","trait_type":""#)
        .raw(name)
        .raw(r#"","value":"#)
        .number(time)
        .raw("}");
}
