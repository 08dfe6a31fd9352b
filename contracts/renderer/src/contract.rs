//! The JSON of a collection (ERC-7572).

use crate::collection::Collection;
use crate::json::Json;
use shell::{Answer, Reader};

/// `contractURI(collection)`.
pub(crate) fn contract_uri(mut arguments: Reader) -> Answer {
    let collection = Collection(arguments.address()?);
    let name = collection.name()?;
    let symbol = collection.symbol()?;

    let mut json = Json::new();
    json.raw(r#"{"name":""#)
        .escaped(&name)
        .raw(r#"","symbol":""#)
        .escaped(&symbol)
        .raw(
            r#"","description":"Creative works with a provenance record. What a work earns, as a royalty or otherwise, is shared with the works it is made from."}"#,
        );
    Ok(json.into_answer())
}
