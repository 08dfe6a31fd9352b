//! What a transaction looks at: the access list that it would do well to name (EIP-2930).

use super::execute::nonce;
use super::node_interface::NODE_INTERFACE;
use super::{Moment, Outcome, Transaction, TxError};
use crate::arbos::space::ARBOS_ACCOUNT;
use crate::context::{Context, Unsupported};
use crate::evm;
use crate::precompiles::ArbPrecompiles;
use alloy_eips::eip2930::{AccessList, AccessListItem};
use alloy_primitives::{Address, B256, U256};
use revm::context_interface::ContextTr;
use revm::handler::PrecompileProvider;
use revm::state::EvmState;
use std::collections::{BTreeMap, BTreeSet};

/// How often a transaction is tried that looks at something else each time; then the list stays as it is.
const MOST_ROUNDS: usize = 32;

/// Accounts, each with its slots.
type Seen = BTreeMap<Address, BTreeSet<U256>>;

impl Moment {
    /// The access list of a transaction that is tried here, and what it came to with that list. What it names itself stays in
    /// the list. Accounts that cost nothing more by themselves are in it only with slots: the sender, whom it calls or
    /// creates, and precompiles; what ArbOS keeps is not, since no list makes it cheaper.
    ///
    /// # Errors
    /// A [`TxError`] if it is not valid, needs what this chain does not have, or the store fails.
    pub fn access_list(
        &self,
        mut transaction: Transaction,
    ) -> Result<(AccessList, Outcome), TxError> {
        if transaction.to == Some(NODE_INTERFACE) {
            return Err(TxError::Unsupported(Unsupported::NodeInterface));
        }
        transaction.gas_limit = self.capped(transaction.gas_limit);
        let mut seen = Seen::new();
        for item in &transaction.access_list.0 {
            let slots = item
                .storage_keys
                .iter()
                .map(|key| U256::from_be_bytes(key.0));
            seen.entry(item.address).or_default().extend(slots);
        }
        let mut round = 0;
        loop {
            round += 1;
            let mut context = self.free_context()?;
            context.chain.holds_gas_back = false;
            let (outcome, loaded) = self.try_loaded(&mut context, &transaction)?;
            let nonce = nonce(&mut context, &transaction);
            let before = seen.clone();
            self.add(&mut seen, &transaction, nonce, &loaded);
            // with another list a transaction may do something else
            if seen == before || round == MOST_ROUNDS {
                return Ok((transaction.access_list, outcome));
            }
            transaction.access_list = list(&seen);
        }
    }

    fn try_loaded(
        &self,
        context: &mut Context,
        transaction: &Transaction,
    ) -> Result<(Outcome, EvmState), TxError> {
        self.place.check_price()?;
        let nonce = nonce(context, transaction);
        let free = transaction.clone().max_fee(0);
        let env = free.to_env(nonce, 0, self.config.chain_id)?;
        let (result, loaded) = evm::simulate_loaded(context, env)?;
        if let Some(failure) = context.db().failure() {
            return Err(failure.clone().into());
        }
        Ok((Outcome::new(result, &mut context.chain), loaded))
    }

    fn add(&self, seen: &mut Seen, transaction: &Transaction, nonce: u64, loaded: &EvmState) {
        let precompiles = ArbPrecompiles::new(self.config.arbos);
        let precompiles =
            <ArbPrecompiles as PrecompileProvider<Context>>::warm_addresses(&precompiles);
        let from = transaction.from;
        let to = transaction.to.unwrap_or_else(|| from.create(nonce));
        let mut lenders = transaction.authorizations.iter();
        for (&address, account) in loaded {
            if address == ARBOS_ACCOUNT {
                continue;
            }
            let is_known = address == from
                || address == to
                || precompiles.contains(&address)
                || account.is_created()
                || lenders.any(|lent| lent.recover_authority().ok() == Some(address));
            if is_known && account.storage.is_empty() {
                continue;
            }
            let slots = account.storage.keys().copied();
            seen.entry(address).or_default().extend(slots);
        }
    }
}

fn list(seen: &Seen) -> AccessList {
    let items = seen.iter().map(|(&address, slots)| AccessListItem {
        address,
        storage_keys: slots.iter().map(|&slot| B256::from(slot)).collect(),
    });
    AccessList(items.collect())
}
