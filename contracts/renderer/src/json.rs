//! JSON, written from left to right, and the data: URI that carries it.

use alloc::vec::Vec;
use logic::{base, json};
use shell::Writer;

/// A JSON text that is being written.
pub(crate) struct Json(pub(crate) Vec<u8>);

impl Json {
    pub(crate) fn new() -> Self {
        Self(Vec::with_capacity(1024))
    }

    /// Text as it stands: punctuation, and words that need no escape.
    pub(crate) fn raw(&mut self, text: &str) -> &mut Self {
        self.0.extend_from_slice(text.as_bytes());
        self
    }

    /// The inside of a string.
    pub(crate) fn escaped(&mut self, text: &[u8]) -> &mut Self {
        json::push_escaped(&mut self.0, text);
        self
    }

    /// A number, or digits inside a string.
    pub(crate) fn number(&mut self, number: u64) -> &mut Self {
        base::push_decimal(&mut self.0, number);
        self
    }

    /// Hexadecimal digits inside a string, with 0x.
    pub(crate) fn hex(&mut self, bytes: &[u8]) -> &mut Self {
        self.raw("0x");
        base::push_hex(&mut self.0, bytes);
        self
    }

    /// Basis points as a percentage inside a string.
    pub(crate) fn percent(&mut self, bps: u16) -> &mut Self {
        base::push_percent(&mut self.0, bps);
        self
    }

    /// The finished text as a `data:` URI, ABI-encoded as the one string that is returned.
    pub(crate) fn into_answer(self) -> Vec<u8> {
        let mut uri = b"data:application/json;base64,".to_vec();
        base::push_base64(&mut uri, &self.0);
        let words = (uri.len() >> 5).wrapping_add(3);
        Writer::new(words).size(32).bytes(&uri).done()
    }
}
