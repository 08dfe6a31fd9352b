//! The seam between a chain and what keeps its state.

mod copies;
mod failing;
mod memory;
mod moments;
mod oracle;
mod reads;
mod roots;
mod watched;

use stylus_chain::{Chain, Config};

/// A chain without the contracts that tools expect: their code is much to compare.
fn bare() -> Chain {
    Chain::new(Config {
        predeploys: [].into(),
        ..Config::default()
    })
}
