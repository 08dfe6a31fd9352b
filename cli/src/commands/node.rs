//! `lineage node`.

use crate::abi::licensing::ILicensing::{ILicensingCalls, ILicensingErrors};
use crate::abi::provenance::IProvenance::{IProvenanceCalls, IProvenanceErrors};
use crate::abi::registry::IERC6551Registry::{IERC6551RegistryCalls, IERC6551RegistryErrors};
use crate::abi::renderer::IRenderer::{IRendererCalls, IRendererErrors};
use crate::abi::router::IRouter::{IRouterCalls, IRouterErrors};
use crate::deploy::{self, Deployment};
use crate::progress::Progress;
use anyhow::{Context as _, Result};
use clap::Args;
use std::time::{SystemTime, UNIX_EPOCH};
use stylus_chain::dev_accounts::DEV_BALANCE;
use stylus_chain::{Chain, DEV_ACCOUNTS};
use stylus_node::console::{self, Flags, Shown};
use stylus_node::node::{self, Node};

/// Arguments of `node`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  lineage node
  lineage node --port 0 --json
  lineage node --block-time 2 --accounts 3
  lineage node --bare --chain-id 31337

  lineage node --state chain

Without --state nothing of the chain is kept when it ends. The state of the other commands is not touched.")]
pub struct Arguments {
    /// Begin without Lineage's contracts
    #[arg(long)]
    pub bare: bool,
    /// The flags of the node itself
    #[command(flatten)]
    pub flags: Flags,
}

impl Arguments {
    /// Serves a node until it is interrupted.
    ///
    /// # Errors
    /// The contracts cannot be deployed, or it cannot listen where it should.
    pub fn run(&self, json: bool) -> Result<()> {
        let mut flags = self.flags.clone();
        flags.json_logs |= json;
        // programs live 365 days from their activation, so that the chain had better not begin in the past
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.ok().map(|now| now.as_secs());
        let (config, store) = console::open(&flags, now)?;
        let mut first = node::first(&config)?;
        let mut shown = Shown::default();
        if !self.bare {
            let progress = Progress::start();
            let deployed = deploy(&mut first, &|program| {
                progress.say(format!("deploying {program}"))
            });
            name(&mut shown, &deployed.context("cannot deploy Lineage")?);
        }
        console::run(&flags, Node::over(config, first, store)?, shown)
    }
}

/// Deploys Lineage from the account that the other commands' chain has it from, on which its addresses depend, and leaves that
/// account as it was: its first transaction is still to come.
fn deploy(chain: &mut Chain, progress: &dyn Fn(&str)) -> Result<Deployment> {
    let deployer = DEV_ACCOUNTS[0];
    let balance = chain.balance(deployer);
    chain.set_balance(deployer, DEV_BALANCE);
    let deployed = deploy::all(chain, deployer, None, progress);
    chain.set_balance(deployer, balance);
    chain.set_nonce(deployer, 0);
    deployed
}

/// Tells the log what Lineage's contracts, functions and errors are called.
fn name(shown: &mut Shown, programs: &Deployment) {
    for (name, program) in programs.all() {
        shown.contract(name, program);
    }
    for functions in [
        IRouterCalls::SIGNATURES,
        ILicensingCalls::SIGNATURES,
        IProvenanceCalls::SIGNATURES,
        IRendererCalls::SIGNATURES,
        IERC6551RegistryCalls::SIGNATURES,
    ] {
        shown.names.functions(functions);
    }
    for errors in [
        IRouterErrors::SIGNATURES,
        ILicensingErrors::SIGNATURES,
        IProvenanceErrors::SIGNATURES,
        IRendererErrors::SIGNATURES,
        IERC6551RegistryErrors::SIGNATURES,
    ] {
        shown.names.errors(errors);
    }
}
