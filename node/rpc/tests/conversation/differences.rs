//! Where this node does not answer as Nitro's did, and why.

/// A difference.
pub(crate) struct Difference {
    /// The method, or the note that stands with the exchange.
    pub(crate) of: &'static str,
    /// Why it is one.
    #[allow(dead_code)] // for whoever reads it
    pub(crate) why: &'static str,
}

impl Difference {
    /// Whether an exchange is meant.
    pub(crate) fn is_of(&self, method: &str, note: &str) -> bool {
        self.of == method || self.of == note
    }
}

const fn differs(of: &'static str, why: &'static str) -> Difference {
    Difference { of, why }
}

/// All differences.
pub(crate) const DIFFERENCES: &[Difference] = &[
    differs("debug_traceTransaction", "no traces yet"),
    differs("debug_traceCall", "no traces yet"),
    differs("debug_traceBlockByNumber", "no traces yet"),
    differs("debug_traceBlockByHash", "no traces yet"),
];
