//! What replaying came to.

use std::collections::BTreeMap;

/// What became of scenarios, in numbers.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) scenarios: usize,
    /// Transactions equal to Nitro's in status, gas, output and logs.
    pub(crate) equal: usize,
    /// Transactions that neither takes.
    pub(crate) refused: usize,
    /// Slots that Nitro's blocks changed and that were compared.
    pub(crate) slots: usize,
    /// Blocks whose hash is as on Nitro, and so all of their header and state.
    pub(crate) hashes: usize,
    /// Blocks that left all accounts as Nitro left them.
    pub(crate) blocks: usize,
    /// Transactions that cannot be run, by what this chain lacks.
    pub(crate) not_run: BTreeMap<String, usize>,
    pub(crate) differences: Vec<String>,
}

impl Report {
    /// Notes how a transaction compares.
    pub(crate) fn compared(&mut self, at: &str, differences: &[String]) {
        self.equal += usize::from(differences.is_empty());
        self.note(at, differences);
    }

    /// Notes how what a block left compares.
    pub(crate) fn left(&mut self, at: &str, differences: &[String]) {
        self.blocks += usize::from(differences.is_empty());
        self.note(at, differences);
    }

    /// Notes transactions that cannot be run.
    pub(crate) fn not_run(&mut self, what: &str, transactions: usize) {
        *self.not_run.entry(what.to_owned()).or_default() += transactions;
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.scenarios += other.scenarios;
        self.equal += other.equal;
        self.refused += other.refused;
        self.blocks += other.blocks;
        self.slots += other.slots;
        self.hashes += other.hashes;
        for (what, transactions) in other.not_run {
            self.not_run(&what, transactions);
        }
        self.differences.extend(other.differences);
    }

    /// Notes differences.
    pub(crate) fn note(&mut self, at: &str, differences: &[String]) {
        let found = differences
            .iter()
            .map(|difference| format!("{at}: {difference}"));
        self.differences.extend(found);
    }
}
