//! The programs as they were when this command was built.

/// A program's name and the contract code that holds it (`EFF00000`, then the compressed WASM).
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// Its name, that of its folder under `contracts/`.
    pub name: &'static str,
    /// Its code.
    pub code: &'static [u8],
}

macro_rules! programs {
    ($($(#[$doc:meta])* $constant:ident = $name:literal;)*) => {
        $($(#[$doc])* pub const $constant: Program = Program {
            name: $name,
            code: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".code")),
        };)*
    };
}

programs! {
    /// The ERC-6551 registry.
    REGISTRY = "registry";
    /// Terms of derivation.
    LICENSING = "licensing";
    /// The royalty graph and its money.
    ROUTER = "router";
    /// tokenURI and contractURI.
    RENDERER = "renderer";
    /// The provenance record.
    PROVENANCE = "provenance";
}
