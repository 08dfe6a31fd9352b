//! Writes tests/snapshots/gas.json and docs/gas.md from the programs as built; `cargo xtask gas` runs it.

use lineage_tests::gas;

fn main() -> std::io::Result<()> {
    let figures = gas::measure();
    for figure in &figures {
        println!(
            "{:>9} {:>9}  {}",
            figure.cached.gas, figure.uncached.gas, figure.name
        );
    }
    gas::write(&figures)
}
