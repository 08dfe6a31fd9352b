//! The flags of the command.

use crate::node::{self, Mining, Phrase};
use crate::server::ServerSettings;
use alloy_primitives::U256;
use clap::Parser;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;
use stylus_chain::{ArbOs, DEV_ACCOUNTS};

/// Runs an Arbitrum chain for development in this process: EVM bytecode and Stylus programs, behind JSON-RPC over HTTP and
/// WebSocket.
#[derive(Clone, Debug, Parser)]
#[command(name = "stylus-node", version)]
pub struct Flags {
    /// How many accounts with keys there are
    #[arg(long, value_name = "NUMBER", default_value_t = 10, value_parser = clap::value_parser!(u32).range(..=1_000))]
    pub accounts: u32,
    /// What each of them begins with, in ETH
    #[arg(long, value_name = "ETH", default_value_t = 10_000, value_parser = whole)]
    pub balance: u64,
    /// The phrase that the keys come from; by default the one that development chains share
    #[arg(long, value_name = "WORDS")]
    pub mnemonic: Option<String>,
    /// The chain's id, in digits or as hex [default: 412346]
    #[arg(long, value_name = "ID", value_parser = chain_id)]
    pub chain_id: Option<u64>,
    /// The version of ArbOS [default: 61]
    #[arg(long, value_name = "VERSION", value_parser = arbos)]
    pub arbos: Option<u64>,
    /// A folder to keep the chain in, and to go on with it; without it nothing is kept. Accounts, balance and phrase count only
    /// where it begins
    #[arg(long, value_name = "DIR")]
    pub state: Option<PathBuf>,
    /// Seconds from block to block; without it each transaction gets a block at once
    #[arg(long, value_name = "SECONDS", value_parser = seconds, conflicts_with = "no_mining")]
    pub block_time: Option<Duration>,
    /// Make blocks only when told to, by evm_mine
    #[arg(long)]
    pub no_mining: bool,
    /// Taken as anvil takes it; traces have every step without it
    #[arg(long)]
    pub steps_tracing: bool,
    /// The address to listen at
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub host: IpAddr,
    /// The port to listen at; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 8547)]
    pub port: u16,
    /// A web page that may ask, by its origin, as http://localhost:3000; * is every one. May be given several times
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    pub allow_origin: Vec<String>,
    /// A name to answer to besides localhost, as in http://NAME:8547. May be given several times
    #[arg(long, value_name = "NAME")]
    pub allow_host: Vec<String>,
    /// Say nothing
    #[arg(long, conflicts_with = "json_logs")]
    pub silent: bool,
    /// Say everything as JSON, one object a line
    #[arg(long)]
    pub json_logs: bool,
}

/// Ids are signed into transactions (EIP-155), where 0 stands for none.
fn chain_id(text: &str) -> Result<u64, String> {
    let number = match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16),
        None => text.parse(),
    };
    match number {
        Ok(0) => Err("0 stands for no chain at all".to_owned()),
        Ok(id) => Ok(id),
        Err(_) => Err("an id is a whole number, in digits or as hex: 412346 or 0x64aba".to_owned()),
    }
}

fn whole(text: &str) -> Result<u64, String> {
    let number = text.parse::<u64>();
    number.map_err(|_| "a whole number of ETH is wanted: 10000".to_owned())
}

/// What a browser says of a page: how it came, from where, and no path.
fn origin(text: &str) -> Result<String, String> {
    let after = text.split_once("://");
    let is_one =
        after.is_some_and(|(how, from)| !how.is_empty() && !from.is_empty() && !from.contains('/'));
    match is_one || ["*", "null"].contains(&text) {
        true => Ok(text.to_owned()),
        false => Err(
            "an origin begins as the page's address does, without a path: http://localhost:3000"
                .to_owned(),
        ),
    }
}

fn arbos(text: &str) -> Result<u64, String> {
    let number = text.parse::<u64>().map_err(|error| error.to_string())?;
    let known = ArbOs::try_from(number).map_err(|error| error.to_string())?;
    Ok(known.number())
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().map_err(|error| error.to_string())?;
    let interval = Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())?;
    if interval < Duration::from_millis(1) {
        return Err("a block takes a millisecond at least".to_owned());
    }
    Ok(interval)
}

impl Flags {
    /// The settings of a new node.
    #[must_use]
    pub fn node(&self) -> node::Config {
        let phrase = self.mnemonic.clone().map_or_else(Phrase::default, Phrase);
        let usual = stylus_chain::Config::default();
        let arbos = self.arbos.map(ArbOs::try_from).and_then(Result::ok);
        let mut chain = stylus_chain::Config {
            chain_id: self.chain_id.unwrap_or(usual.chain_id),
            arbos: arbos.unwrap_or(usual.arbos),
            ..usual
        };
        // who brings accounts of their own owns the chain
        let wallet = node::Wallet::of(&phrase, 1);
        let first = wallet.ok().and_then(|wallet| wallet.addresses().next());
        chain.owner = first.unwrap_or(DEV_ACCOUNTS[0]);
        node::Config {
            chain,
            phrase,
            accounts: self.accounts,
            balance: U256::from(self.balance) * U256::from(10_u64.pow(18)),
            ..node::Config::default()
        }
    }

    /// When blocks are made.
    #[must_use]
    pub const fn mining(&self) -> Mining {
        match (self.block_time, self.no_mining) {
            (Some(interval), _) => Mining::Every(interval),
            (None, true) => Mining::Manual,
            (None, false) => Mining::Automatic,
        }
    }

    /// The settings of the server.
    #[must_use]
    pub fn server(&self) -> ServerSettings {
        ServerSettings {
            address: SocketAddr::new(self.host, self.port),
            origins: self.allow_origin.clone(),
            hosts: self.allow_host.clone(),
            ..ServerSettings::default()
        }
    }
}
