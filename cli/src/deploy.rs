//! Puts the programs on a chain.
//!
//! Each goes through StylusDeployer with a salt, which creates it, activates it and runs its constructor in one
//! transaction, so that nobody else can run it first; addresses follow from code, salt and constructor arguments alone.

use crate::abi::deployer::{ContractDeployed, deployCall, stylus_constructorCall};
use crate::abi::provenance::IProvenance::renounceOwnershipCall;
use crate::programs::{self, Program};
use crate::session::refused;
use alloy_primitives::{Address, B256, Bytes, U256, keccak256};
use alloy_sol_types::{SolCall, SolEvent, SolValue};
use anyhow::{Context as _, Result};
use stylus_chain::chain::{Chain, Transaction};
use stylus_chain::init_code;
use stylus_chain::predeploys::STYLUS_DEPLOYER;

/// Sent with each activation, in wei; what the data fee does not take comes back.
pub(crate) const ACTIVATION_VALUE: u64 = 100_000_000_000_000_000;

/// Name and symbol of the shared collection.
const COLLECTION: (&str, &str) = ("Lineage", "LINE");

/// Where the programs are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deployment {
    /// The ERC-6551 registry.
    pub registry: Address,
    /// Terms of derivation.
    pub licensing: Address,
    /// The royalty graph and its money.
    pub router: Address,
    /// tokenURI and contractURI.
    pub renderer: Address,
    /// The shared collection.
    pub provenance: Address,
}

impl Deployment {
    /// Name and address of each program.
    #[must_use]
    pub fn all(&self) -> [(&'static str, Address); 5] {
        [
            (programs::REGISTRY.name, self.registry),
            (programs::LICENSING.name, self.licensing),
            (programs::ROUTER.name, self.router),
            (programs::RENDERER.name, self.renderer),
            (programs::PROVENANCE.name, self.provenance),
        ]
    }
}

/// The salt of every deployment: StylusDeployer mixes the constructor's arguments in, so one is enough.
fn salt() -> B256 {
    keccak256("lineage")
}

/// Deploys and activates one program, and runs its constructor if it has arguments for one.
///
/// # Errors
/// The chain refuses, or StylusDeployer does not say where the program is.
pub fn program(
    chain: &mut Chain,
    from: Address,
    program: Program,
    constructor: Option<Vec<u8>>,
) -> Result<Address> {
    let init_data = constructor.map_or_else(Bytes::new, |arguments| {
        [&stylus_constructorCall::SELECTOR[..], &arguments]
            .concat()
            .into()
    });
    let call = deployCall {
        bytecode: init_code(program.code).into(),
        initData: init_data,
        initValue: U256::ZERO,
        salt: salt(),
    };
    let transaction = Transaction::call(from, STYLUS_DEPLOYER, call.abi_encode())
        .value(U256::from(ACTIVATION_VALUE));
    let failure = || format!("cannot deploy {}", program.name);
    let receipt = chain.send(transaction).with_context(failure)?;
    if let Some(refusal) = refused(&receipt.status, &receipt.output) {
        return Err(refusal).with_context(failure);
    }
    let deployed = receipt
        .logs
        .iter()
        .find_map(|log| ContractDeployed::decode_log(log).ok());
    Ok(deployed
        .with_context(|| format!("StylusDeployer does not say where {} is", program.name))?
        .deployedContract)
}

/// Deploys a router of its own over the given licensing and registry. There is no account implementation yet: payees
/// that would be bound accounts are refused.
///
/// # Errors
/// As [`program`].
pub fn router(
    chain: &mut Chain,
    from: Address,
    licensing: Address,
    registry: Address,
) -> Result<Address> {
    let arguments = (licensing, registry, Address::ZERO).abi_encode_params();
    program(chain, from, programs::ROUTER, Some(arguments))
}

/// Deploys a collection, owned by `from`.
///
/// # Errors
/// As [`program`].
pub fn collection(
    chain: &mut Chain,
    from: Address,
    (router, renderer): (Address, Address),
    (name, symbol): (&str, &str),
) -> Result<Address> {
    let arguments = (router, renderer, from, name, symbol).abi_encode_params();
    program(chain, from, programs::PROVENANCE, Some(arguments))
}

/// Gives up a collection's ownership, for good. Royalty registries let the owner of a collection override the royalties
/// of all its tokens, so that a shared one had better have none.
fn renounce(chain: &mut Chain, owner: Address, collection: Address) -> Result<()> {
    let call = renounceOwnershipCall {};
    let receipt = chain.send(Transaction::call(owner, collection, call.abi_encode()))?;
    match refused(&receipt.status, &receipt.output) {
        Some(refusal) => Err(refusal).context("cannot renounce the shared collection"),
        None => Ok(()),
    }
}

/// Deploys everything; `progress` is told the name of each program before it is deployed. The shared collection has this
/// owner, or none for good.
///
/// # Errors
/// As [`program`].
pub fn all(
    chain: &mut Chain,
    from: Address,
    owner: Option<Address>,
    progress: &dyn Fn(&str),
) -> Result<Deployment> {
    progress(programs::REGISTRY.name);
    let registry = program(chain, from, programs::REGISTRY, None)?;
    progress(programs::LICENSING.name);
    let licensing = program(chain, from, programs::LICENSING, None)?;
    progress(programs::ROUTER.name);
    let router = router(chain, from, licensing, registry)?;
    progress(programs::RENDERER.name);
    let renderer = program(chain, from, programs::RENDERER, None)?;
    progress(programs::PROVENANCE.name);
    // A collection without an owner cannot be constructed: whoever deploys it is its owner until the next transaction.
    let first = owner.unwrap_or(from);
    let provenance = collection(chain, first, (router, renderer), COLLECTION)?;
    if owner.is_none() {
        renounce(chain, first, provenance)?;
    }
    Ok(Deployment {
        registry,
        licensing,
        router,
        renderer,
        provenance,
    })
}
