//! What an execution runs in: revm's context with a [`Session`] beside it.

mod blocks;
mod fault;
mod not_activated;
mod touched;
mod unsupported;

pub use blocks::Blocks;
pub use fault::Broken;
pub(crate) use fault::Fault;
pub use not_activated::NotActivated;
pub use touched::{Mark, Touched};
pub use unsupported::Unsupported;

use crate::arbos::params::StylusParams;
use crate::arbos::posting::Posting;
use crate::store::State;
use crate::trace::{Event, Trace};
use crate::version::{ArbOs, Feature};
use crate::wasm::modules::Modules;
use crate::wasm::pages::Pages;
use crate::wasm::recent::RecentPrograms;
use crate::watch::Hold;
use alloy_primitives::{Address, B256, Bytes};
use revm::context::{BlockEnv, CfgEnv, Journal, TxEnv};
use revm::primitives::hardfork::SpecId;
use std::collections::BTreeMap;

/// revm's context over a [`State`]; the [`Session`] is its field `chain`.
pub type Context = revm::Context<BlockEnv, TxEnv, CfgEnv, State, Journal<State>, Session>;

/// Bytes of deployed code; init code may be twice as long (geth `params/protocol_params.go`).
pub const MAX_CODE_SIZE: usize = 24_576;

/// What an execution needs to know and remember that the EVM does not have.
#[derive(Debug)]
pub struct Session {
    /// Version of the chain.
    pub arbos: ArbOs,
    /// Prices and limits of Stylus.
    pub params: StylusParams,
    /// Where in the chain the execution is.
    pub blocks: Blocks,
    /// Compiled programs, shared by all executions of a chain.
    pub modules: Modules,
    /// Programs that ran in this block. The chain empties it when a block begins.
    pub recent: RecentPrograms,
    /// Memory pages of programs in this transaction.
    pub pages: Pages,
    /// Frames that are open in this transaction, outermost first.
    pub open: Vec<OpenFrame>,
    /// Accounts that are present in this transaction for having been touched.
    pub touched: Touched,
    /// Events of this transaction, if they are wanted.
    pub trace: Option<Trace>,
    /// Who is told of this transaction step by step, if anybody is.
    pub(crate) watched: Option<Box<Hold>>,
    /// Whether a transaction gets no more gas than one may use: all but calls that leave no trace (`arbos/tx_processor.go`).
    pub holds_gas_back: bool,
    /// Whether a transaction's fee is given to those who earn it, and its gas counted: all but calls that leave no trace.
    pub settles: bool,
    /// Whether each transfer of wei leaves a log among those of the transaction, as simulations may ask for.
    pub logs_transfers: bool,
    /// Addresses at which a precompile is supposed to be that is elsewhere, and at which none is supposed to be.
    pub moved: BTreeMap<Address, Option<Address>>,
    /// The hash of the transaction, if it is one of a block.
    pub hash: Option<B256>,
    /// The transaction as it was signed, if it was: what is posted to the parent chain.
    pub signed: Option<Bytes>,
    /// What this transaction pays for its posting.
    pub posting: Posting,
    /// Gas of this transaction that Nitro finds no kind for, and so does not ask to be paid at ArbOS 60: what is gone where the
    /// entry of a program cannot be paid that no other program called.
    pub without_kind: u64,
    /// Whether this transaction has changed [`params`](Self::params), which a frame that fails undoes.
    pub params_changed: bool,
    /// Whether a program must be active to run: always, but where executions are replayed that were recorded without the
    /// chain around them.
    pub checks_activation: bool,
    /// Why an activation in this transaction was refused, which callers never learn.
    pub refusal: Option<NotActivated>,
    /// What was needed and this chain does not have; the execution then ends with an error.
    pub unsupported: Option<Unsupported>,
    /// What was found to be wrong with the chain itself; the execution then ends with an error.
    pub broken: Option<Broken>,
}

/// A frame that has begun and not ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenFrame {
    /// The account whose storage and balance the code acts on.
    pub acting: Address,
    /// Whether the code was borrowed from another account (`DELEGATECALL`, `CALLCODE`).
    pub borrowed: bool,
    /// What had been touched before it began.
    pub touched_before: Mark,
}

impl Session {
    /// The state in which a chain's first block begins.
    #[must_use]
    pub fn new(arbos: ArbOs, params: StylusParams, modules: Modules) -> Self {
        Self {
            arbos,
            params,
            blocks: Blocks::default(),
            modules,
            recent: RecentPrograms::default(),
            pages: Pages::default(),
            open: Vec::new(),
            touched: Touched::default(),
            trace: None,
            watched: None,
            holds_gas_back: true,
            settles: false,
            logs_transfers: false,
            moved: BTreeMap::new(),
            hash: None,
            signed: None,
            posting: Posting::default(),
            without_kind: 0,
            params_changed: false,
            checks_activation: true,
            refusal: None,
            unsupported: None,
            broken: None,
        }
    }

    /// Forgets what belonged to the transaction before; a wanted trace begins anew.
    pub fn begin_transaction(&mut self) {
        self.pages = Pages::default();
        self.open.clear();
        self.touched.clear();
        self.refusal = None;
        self.unsupported = None;
        self.broken = None;
        self.posting = Posting::default();
        self.without_kind = 0;
        self.params_changed = false;
        if let Some(trace) = &mut self.trace {
            trace.events.clear();
        }
    }

    /// Adds an event to the trace, if one is wanted.
    pub(crate) fn note(&mut self, event: Event) {
        if let Some(trace) = &mut self.trace {
            trace.events.push(event);
        }
    }

    /// Whether an account acts in more than one open frame that runs its own code, which is what programs see as
    /// re-entry (`arbos/tx_processor.go`).
    #[must_use]
    pub fn is_reentrant(&self, acting: Address) -> bool {
        let own = |frame: &&OpenFrame| frame.acting == acting && !frame.borrowed;
        self.open.iter().filter(own).count() > 1
    }
}

/// The rules of the EVM that an ArbOS version follows.
#[must_use]
pub fn spec(arbos: ArbOs) -> SpecId {
    if arbos.has(Feature::Osaka) {
        SpecId::OSAKA
    } else if arbos.has(Feature::Prague) {
        SpecId::PRAGUE
    } else {
        SpecId::CANCUN
    }
}

/// revm's configuration for a chain: its EVM rules with Arbitrum's own limits.
#[must_use]
pub fn config(arbos: ArbOs, chain_id: u64) -> CfgEnv {
    let mut config = CfgEnv::new_with_spec(spec(arbos)).with_chain_id(chain_id);
    config.limit_contract_code_size = Some(MAX_CODE_SIZE);
    // What is named beyond what may be used is held back, not refused.
    config.tx_gas_limit_cap = Some(u64::MAX);
    // Arbitrum leaves EIP-7623's calldata floor off by default (nitro PR 3033).
    config.disable_eip7623 = true;
    config
}

/// A context with an empty block and transaction, to be filled in.
#[must_use]
pub fn context(state: State, session: Session, chain_id: u64) -> Context {
    let config = config(session.arbos, chain_id);
    revm::Context::<BlockEnv, TxEnv, CfgEnv, State>::new(state, config.spec)
        .with_cfg(config)
        .with_chain(session)
}
