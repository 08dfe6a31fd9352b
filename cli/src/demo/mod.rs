//! The story that `lineage demo` tells: three works, a sale, a payment in an ERC-20, and everyone paid to the wei.
//!
//! What everyone is owed comes from the tests' oracle, which shares no code with the contracts or with `logic`.

mod figures;
mod stage;

pub use figures::Figure;
pub use stage::COIN;

use crate::abi::provenance::IProvenance::{Step as RevealedStep, royaltyInfoCall, verifyStepCall};
use crate::minting::Edge;
use crate::report::Sent;
use crate::{amount, beside};
use alloy_primitives::{Address, U256};
use anyhow::{Result, bail, ensure};
use comfy_table::{CellAlignment, Table, presets};
use serde::Serialize;
use stage::Stage;
use std::fmt;

/// ERC-2981 rate of the works, in basis points.
const ROYALTY: u16 = 500;
/// Sale price for each wei of royalty at that rate: 10,000 / 500.
const PRICE_FACTOR: u64 = 20;
/// Paid in the ERC-20; awkward on purpose.
const COINS: u128 = 1_000_003;
/// The pictures, real ones of three image tools; licence in tests/fixtures/works.
const DUCK: &[u8] = include_bytes!("../../../tests/fixtures/works/automatic1111_cropped.png");
const GOLDFISH: &[u8] = include_bytes!("../../../tests/fixtures/works/fooocus1_cropped.png");
const MEADOW: &[u8] = include_bytes!("../../../tests/fixtures/works/img2img_cropped.png");

/// What happened, with every figure.
#[derive(Clone, Debug, Serialize)]
pub struct Story {
    /// Who was owed what, and what arrived.
    pub figures: Vec<Figure>,
    /// What each step cost.
    pub steps: Vec<Sent>,
    /// Whether Σ in = Σ held + Σ paid out, in each asset.
    pub conserved: bool,
}

/// Checks an amount for the demo: above zero, and small enough that the sale price fits 256 bits and the royalty 128.
///
/// # Errors
/// Zero, or beyond 128 bits.
pub fn amount(amount: U256) -> Result<u128> {
    if amount.is_zero() {
        bail!("the amount must be above zero");
    }
    amount::ledger(amount)
}

impl Story {
    /// Tells the story on a fresh chain; `say` is given each line as it happens.
    ///
    /// # Errors
    /// The chain refuses something, or a line cannot be said.
    pub fn tell(amount: u128, say: &dyn Fn(&str) -> Result<()>) -> Result<Self> {
        say("deploying the programs on a fresh chain ...")?;
        let mut stage = Stage::set()?;
        let [alice, bob, carol, dave] = stage.cast();

        let duck = stage.mint("duck.png", DUCK, alice, &[], Some(1_000))?;
        say(&format!(
            "alice mints \"duck\" as work {duck}, open to children from 10%"
        ))?;
        let goldfish = stage.mint(
            "goldfish.png",
            GOLDFISH,
            bob,
            &[parent(duck, 2_000)],
            Some(500),
        )?;
        say(&format!(
            "bob derives \"goldfish\" as work {goldfish}, 20% to the duck"
        ))?;
        let parents = [parent(duck, 1_000), parent(goldfish, 1_500)];
        let meadow = stage.mint("meadow.png", MEADOW, carol, &parents, None)?;
        say(&format!(
            "carol derives \"meadow\" from both as work {meadow}, 10% and 15%: a diamond"
        ))?;

        stage.reveal(duck, say)?;

        let royalty = royaltyInfoCall {
            tokenId: U256::from(meadow),
            salePrice: U256::from(amount) * U256::from(PRICE_FACTOR),
        };
        let royalty = stage
            .session
            .view(stage.session.programs.provenance, &royalty)?;
        ensure!(
            royalty.royaltyAmount == U256::from(amount),
            "royaltyInfo asks {} of a sale at {}% that owes {amount}",
            royalty.royaltyAmount,
            ROYALTY / 100
        );
        stage.fund(dave, amount);
        stage.transfer(dave, royalty.receiver, meadow, amount)?;
        say(&format!(
            "dave's marketplace asks royaltyInfo({meadow}), and pays {} a bare transfer of {amount} wei",
            royalty.receiver
        ))?;
        stage.sweep(alice, meadow)?;
        stage.settle(alice, meadow, Address::ZERO)?;
        for creator in [alice, bob, carol] {
            stage.claim(creator, Address::ZERO)?;
        }
        say("the inbox is swept, the graph settled, and each creator claims")?;

        let coin = stage.deploy_coin(dave, COINS)?;
        stage.pay_coins(dave, goldfish, coin, COINS)?;
        stage.settle(bob, goldfish, coin)?;
        for creator in [alice, bob] {
            stage.claim(creator, coin)?;
        }
        say(&format!(
            "dave pays work {goldfish} {COINS} units of an ERC-20, and its creators claim"
        ))?;

        let conserved = stage.conserved(Address::ZERO)? && stage.conserved(coin)?;
        Ok(Self {
            figures: stage.figures(&[alice, bob, carol], coin)?,
            steps: stage.steps,
            conserved,
        })
    }

    /// Whether every figure is exact and nothing was lost or made.
    #[must_use]
    pub fn exact(&self) -> bool {
        self.conserved
            && self
                .figures
                .iter()
                .all(|figure| figure.owed == figure.arrived)
    }
}

fn parent(work: u64, share: u16) -> Edge {
    Edge { work, share }
}

impl Stage {
    /// Shows the first prompt of a work and nothing else, and has the contract check it.
    fn reveal(&mut self, work: u64, say: &dyn Fn(&str) -> Result<()>) -> Result<()> {
        let record = beside::read(&beside::path_of(&self.file_of(work)))?;
        let step = &record.steps[0];
        let call = verifyStepCall {
            tokenId: U256::from(work),
            index: 0,
            step: RevealedStep {
                kind: step.kind as u8,
                contentHash: step.content_hash,
                metaHash: step.meta_hash,
                salt: step.salt,
            },
            proof: record.proof(0).unwrap_or_default(),
        };
        self.session.view(self.session.programs.provenance, &call)?;
        let prompt = step.content.as_deref().unwrap_or_default();
        say(&format!(
            "alice reveals one step of work {work}, which the contract verifies: prompt {prompt:?}"
        ))
    }
}

impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut figures = table(["asset", "who", "owed", "arrived", ""]);
        for figure in &self.figures {
            let verdict = if figure.owed == figure.arrived {
                "exact"
            } else {
                "WRONG"
            };
            let row = [
                &figure.asset,
                &figure.who,
                &figure.owed,
                &figure.arrived,
                verdict,
            ];
            figures.add_row(row);
        }
        right(&mut figures, &[2, 3]);
        let mut steps = table(["step", "gas", "state floor"]);
        for step in &self.steps {
            steps.add_row([
                &step.action,
                &step.gas.to_string(),
                &step.floor.total().to_string(),
            ]);
        }
        right(&mut steps, &[1, 2]);
        let verdict = match self.conserved {
            true => "all that came in was paid out or is still held, to the wei",
            false => "WRONG: what came in is not what was paid out and is held",
        };
        write!(f, "\n{figures}\n\n{steps}\n\n{verdict}")
    }
}

fn table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_header(header);
    table
}

fn right(table: &mut Table, columns: &[usize]) {
    for column in columns {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}
