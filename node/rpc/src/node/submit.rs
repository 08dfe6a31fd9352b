//! Taking transactions.

use super::pool::{PoolError, Unsigned, Waiting};
use super::read::{base_fee, nonce};
use super::{Event, Inner, Mining, Node};
use alloy_primitives::{Address, B256};
use stylus_chain::chain::{Refused, SendError, SignedTransaction};
use stylus_chain::store::StoreError;
use stylus_chain::{Executed, Transaction, TxError};

/// Why a transaction is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// The chain refuses it, or it needs what the chain does not have.
    #[error(transparent)]
    Chain(#[from] SendError),
    /// It may not wait.
    #[error(transparent)]
    Pool(#[from] PoolError),
}

impl From<StoreError> for SubmitError {
    fn from(failure: StoreError) -> Self {
        Self::Chain(TxError::from(failure).into())
    }
}

impl From<Refused> for SubmitError {
    fn from(refused: Refused) -> Self {
        Self::Chain(refused.into())
    }
}

impl Node {
    /// Takes a signed transaction, encoded as for `eth_sendRawTransaction`. Returns its hash. If blocks are made automatically
    /// and it is its sender's next, it is in one then.
    ///
    /// # Errors
    /// A [`SubmitError`] if it is not taken.
    pub fn submit(&self, raw: &[u8]) -> Result<B256, SubmitError> {
        let transaction = SignedTransaction::decode(raw)?;
        self.lock().take(Waiting::Signed(transaction))
    }

    /// Takes a transaction that nobody signed, of an account that is impersonated. Returns its hash. Its nonce is its sender's
    /// next that no other waits with, and what it pays is twice what gas costs, unless it says otherwise.
    ///
    /// # Errors
    /// A [`SubmitError`] if it is not taken.
    pub fn submit_unsigned(&self, transaction: Transaction) -> Result<B256, SubmitError> {
        let mut inner = self.lock();
        let nonce = transaction.nonce;
        let nonce = match nonce {
            Some(nonce) => nonce,
            None => inner.next_nonce(transaction.from)?,
        };
        let price = u128::from(base_fee(&inner.chain)?).saturating_mul(2);
        let max_fee = transaction.max_fee.unwrap_or(price);
        let transaction = transaction.nonce(nonce).max_fee(max_fee);
        let hash = transaction.hash(inner.chain.config().chain_id);
        inner.take(Waiting::Unsigned(Unsigned {
            transaction,
            nonce,
            max_fee,
            // both are said
            hash: hash.unwrap_or_default(),
        }))
    }

    /// The nonce that an account comes to once what waits and can run has.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails.
    pub fn next_nonce(&self, account: Address) -> Result<u64, StoreError> {
        self.lock().next_nonce(account)
    }

    /// The transaction with this hash, if it waits.
    #[must_use]
    pub fn waiting(&self, hash: B256) -> Option<Waiting> {
        self.lock().pool.get(hash).cloned()
    }

    /// All that wait, by sender and nonce; beside each whether it can run.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails.
    pub fn pool(&self) -> Result<Vec<(Waiting, bool)>, StoreError> {
        let inner = self.lock();
        let all = inner.pool.all();
        let all = all.map(|one| {
            let can_run = one.nonce() < inner.next_nonce(one.from())?;
            Ok((one.clone(), can_run))
        });
        all.collect()
    }

    /// Takes a transaction out that waits. Returns whether it did.
    pub fn drop_transaction(&self, hash: B256) -> bool {
        self.lock().pool.remove(hash).is_some()
    }

    /// Takes all out that wait, or all of a sender.
    pub fn drop_all(&self, from: Option<Address>) {
        self.lock().pool.clear(from);
    }
}

impl Inner {
    fn next_nonce(&self, account: Address) -> Result<u64, StoreError> {
        let next = nonce(&self.chain, account)?;
        Ok(self.pool.nonce_after(account, next))
    }

    fn take(&mut self, waiting: Waiting) -> Result<B256, SubmitError> {
        let hash = waiting.hash();
        self.wind();
        let at = nonce(&self.chain, waiting.from())?;
        if self.mining == Mining::Automatic && waiting.nonce() <= at {
            self.run(waiting)?;
            self.run_ready()?;
            return Ok(hash);
        }
        self.check(&waiting, at)?;
        self.pool.add(waiting)?;
        self.tell(|| Event::Taken(hash));
        self.filters.taken(hash);
        Ok(hash)
    }

    /// Whether it may wait: all that shows before it runs.
    fn check(&self, waiting: &Waiting, at: u64) -> Result<(), SubmitError> {
        match waiting {
            Waiting::Signed(signed) => Ok(self.chain.check(signed)?),
            Waiting::Unsigned(unsigned) if unsigned.nonce < at => {
                let from = waiting.from();
                let (got, expected) = (unsigned.nonce, at);
                Err(Refused::NonceTooLow {
                    from,
                    got,
                    expected,
                }
                .into())
            }
            Waiting::Unsigned(_) => Ok(()),
        }
    }

    /// Runs a transaction in a block of its own.
    pub(super) fn run(&mut self, waiting: Waiting) -> Result<(), SendError> {
        self.wind();
        let executed: Executed = match &waiting {
            Waiting::Signed(signed) => self.chain.send_raw(&signed.encoded())?,
            Waiting::Unsigned(unsigned) => self.chain.send(unsigned.transaction.clone())?,
        };
        let hash = waiting.hash();
        self.tell(|| Event::Taken(hash));
        self.filters.taken(hash);
        self.made(vec![(waiting, executed)])
            .map_err(TxError::from)?;
        Ok(())
    }
}
