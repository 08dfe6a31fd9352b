//! What each program may weigh, and may cost to enter.

use crate::measure::Size;

/// Most bytes of contract code and most gas of a cached entry.
struct Budget {
    code: u64,
    entry_cached: u64,
}

/// Most bytes of contract code for any program: 10% under the 24,576 that activation allows.
const ANY_CODE: u64 = 22_118;
/// Most bytes of a module: 10% under 131,072.
const ANY_RAW: u64 = 117_964;
/// Most functions: 10% under 4,096.
const ANY_FUNCTIONS: u64 = 3_686;
/// A second page would come to 1,000 gas a call as soon as two programs are open.
const PAGES: u64 = 1;

fn budget(name: &str) -> Budget {
    let (code, entry_cached) = match name {
        "registry" => (3_000, 550),
        "router" => (18_000, 1_000),
        "licensing" => (16_000, 1_000),
        "provenance" => (18_000, 1_900),
        "account" => (16_000, 950),
        _ => (ANY_CODE, 1_900),
    };
    Budget { code, entry_cached }
}

/// A line for each figure that is over what is allowed.
pub(super) fn excesses(name: &str, size: &Size) -> Vec<String> {
    let Budget { code, entry_cached } = budget(name);
    let limits = [
        ("compressed", size.compressed, code),
        ("entry_cached", size.entry_cached, entry_cached),
        ("raw", size.raw, ANY_RAW),
        ("functions", size.functions, ANY_FUNCTIONS),
        ("pages", size.pages, PAGES),
    ];
    let over = limits.iter().filter(|(_, got, allowed)| got > allowed);
    over.map(|(figure, got, allowed)| {
        format!("{name}.{figure}: {got}, over its budget of {allowed}")
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(compressed: u64, pages: u64) -> Size {
        Size {
            raw: 5_000,
            compressed,
            headroom: 24_576 - compressed,
            functions: 20,
            data_bytes: 0,
            pages,
            entry_cached: 550,
            entry_uncached: 10_000,
            sha256: String::new(),
        }
    }

    #[test]
    fn program_at_its_budget_is_within_it() {
        assert_eq!(excesses("registry", &size(3_000, 1)), Vec::<String>::new());
    }

    #[test]
    fn every_figure_over_its_budget_is_named_with_what_is_allowed() {
        assert_eq!(
            excesses("registry", &size(3_001, 2)),
            [
                "registry.compressed: 3001, over its budget of 3000",
                "registry.pages: 2, over its budget of 1"
            ]
        );
    }
}
