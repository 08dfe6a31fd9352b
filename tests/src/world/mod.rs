//! The chain with everything deployed, and the people who use it.

mod act;
mod contracts;
mod done;
mod mint;
mod money;
mod sleep;
mod work;

pub use act::Act;
pub use done::Done;
pub use mint::{Minting, commitment};
pub use money::NATIVE;
pub use work::{Registration, open_terms};

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use lineage::deploy::Deployment;
use lineage::session::Session;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use stylus_chain::DEV_ACCOUNTS;
use stylus_chain::{Chain, Config, Outcome, Status, Transaction};

/// A collection that is an ordinary account, as any may be. It is nobody in the tests, since a collection is no payee.
pub const GALLERY: Address = DEV_ACCOUNTS[6];
/// Another.
pub const SALON: Address = DEV_ACCOUNTS[7];

/// One ether, in wei.
pub const ETHER: u128 = 1_000_000_000_000_000_000;

/// A chain with all programs deployed from the WASM that is shipped, and people with funds.
#[derive(Debug)]
pub struct World {
    /// The chain.
    pub chain: Chain,
    /// The royalty graph.
    pub router: Address,
    /// The terms.
    pub licensing: Address,
    /// The shared collection.
    pub provenance: Address,
    /// Its renderer.
    pub renderer: Address,
    /// Our ERC-6551 registry.
    pub registry: Address,
    /// Someone.
    pub alice: Address,
    /// Someone else.
    pub bob: Address,
    /// A third.
    pub carol: Address,
    /// A fourth.
    pub dave: Address,
    /// A fifth.
    pub erin: Address,
    /// Contracts whose storage a refused call must leave as it was.
    watched: BTreeSet<Address>,
}

/// Who deploys everything.
pub const DEPLOYER: Address = DEV_ACCOUNTS[0];

fn deployed(owner: Option<Address>) -> (Chain, Deployment) {
    let mut chain = Chain::new(Config::default());
    let deployment = lineage::deploy::all(&mut chain, DEPLOYER, owner, &|_| {});
    (
        chain,
        deployment.unwrap_or_else(|error| panic!("{error:#}")),
    )
}

impl World {
    /// A fresh world. The programs are deployed once a run; each world starts from a copy of that chain. Missing or stale
    /// WASM has failed the build before, with the name of the program and the command to run.
    ///
    /// # Panics
    /// When a program cannot be deployed.
    #[must_use]
    pub fn new() -> Self {
        static DEPLOYED: OnceLock<(Chain, Deployment)> = OnceLock::new();
        let (chain, deployment) = DEPLOYED.get_or_init(|| deployed(None));
        Self::on(chain.clone(), deployment)
    }

    /// As [`World::new`], with a shared collection that has kept its owner, who is its deployer.
    ///
    /// # Panics
    /// When a program cannot be deployed.
    #[must_use]
    pub fn owned() -> Self {
        static DEPLOYED: OnceLock<(Chain, Deployment)> = OnceLock::new();
        let (chain, deployment) = DEPLOYED.get_or_init(|| deployed(Some(DEPLOYER)));
        Self::on(chain.clone(), deployment)
    }

    /// The chain as the command uses it; what the command does there is done here too.
    pub fn command<R>(&mut self, run: impl FnOnce(&mut Session) -> R) -> R {
        let mut session = Session {
            chain: self.chain.clone(),
            programs: Deployment {
                router: self.router,
                licensing: self.licensing,
                provenance: self.provenance,
                renderer: self.renderer,
                registry: self.registry,
            },
        };
        let result = run(&mut session);
        self.chain = session.chain;
        result
    }

    fn on(chain: Chain, deployment: &Deployment) -> Self {
        let [alice, bob, carol, dave, erin] =
            [1, 2, 3, 4, 5].map(|number| chain.accounts()[number]);
        let Deployment {
            router,
            licensing,
            provenance,
            renderer,
            registry,
            ..
        } = *deployment;
        let watched = [router, licensing, provenance, renderer, registry].into();
        Self {
            chain,
            router,
            licensing,
            provenance,
            renderer,
            registry,
            alice,
            bob,
            carol,
            dave,
            erin,
            watched,
        }
    }

    /// A transaction of `from`, to be sent by [`Act::done`] or [`Act::refused`].
    pub fn act<C: SolCall>(&mut self, from: Address, to: Address, call: C) -> Act<'_, C> {
        Act::new(self, from, to, call.abi_encode())
    }

    /// A transaction with this calldata as it stands.
    pub fn act_raw(&mut self, from: Address, to: Address, input: Vec<u8>) -> Act<'_, Raw> {
        Act::new(self, from, to, input)
    }

    /// What a view answers.
    ///
    /// # Panics
    /// When it reverts.
    pub fn view<C: SolCall>(&self, to: Address, call: C) -> C::Return {
        let outcome = self.call(self.alice, to, call.abi_encode());
        assert_eq!(
            outcome.status,
            Status::Success,
            "{}: 0x{}",
            C::SIGNATURE,
            hex::encode(&outcome.output)
        );
        C::abi_decode_returns_validate(&outcome.output).expect(C::SIGNATURE)
    }

    /// Executes calldata and keeps nothing of what it does.
    ///
    /// # Panics
    /// When the chain does not support something it needs.
    #[must_use]
    pub fn call(&self, from: Address, to: Address, input: Vec<u8>) -> Outcome {
        self.chain
            .call(Transaction::call(from, to, input))
            .expect("the transaction is valid")
    }

    /// Storage, nonce and balance of every watched contract: all that a refused call must leave alone.
    #[must_use]
    pub fn dump(&self) -> BTreeMap<Address, (BTreeMap<U256, U256>, u64, U256)> {
        let of = |account| {
            (
                self.chain.storage_dump(account),
                self.chain.nonce(account),
                self.chain.balance(account),
            )
        };
        self.watched
            .iter()
            .map(|account| (*account, of(*account)))
            .collect()
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

alloy_sol_types::sol! {
    /// Stands for a call whose calldata no interface describes.
    #[allow(missing_docs)]
    function Raw() external;
}
pub use RawCall as Raw;
