//! Pictures with Content Credentials.

use serde_json::Value;
use std::io::Cursor;

/// A PNG with credentials of this definition, whose signer nobody knows.
pub(crate) fn signed(picture: Vec<u8>, definition: &Value) -> Vec<u8> {
    let builder = c2pa::Builder::from_context(c2pa::Context::new());
    let builder = builder.with_definition(definition.to_string());
    let mut builder = builder.expect("a definition");
    let signer = c2pa::EphemeralSigner::new("lineage.test").expect("a signer");
    let mut signed = Cursor::new(Vec::new());
    let done = builder.sign(&signer, "image/png", &mut Cursor::new(picture), &mut signed);
    done.expect("signed");
    signed.into_inner()
}
