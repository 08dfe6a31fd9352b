//! A chain with the programs on it, and typed calls of them.

use crate::deploy::{self, ACTIVATION_VALUE, Deployment};
use crate::refusal::{self, Refusal};
use crate::report::Sent;
use crate::{account, amount};
use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::SolCall;
use anyhow::{Context as _, Result, ensure};
use stylus_chain::arbos::programs::ProgramError;
use stylus_chain::chain::{Chain, Config, Status, Transaction};
use stylus_chain::deploy::activate;

/// An embedded chain and where the programs are on it.
pub struct Session {
    /// The chain.
    pub chain: Chain,
    /// The programs.
    pub programs: Deployment,
}

/// What came of a transaction that may fail.
pub enum Attempt<R> {
    /// It went through: what it returned, and what it cost.
    Done(R, Sent),
    /// It failed when it was tried, and was not sent.
    Refused(Refusal),
    /// It went through when it was tried, and failed once it was sent: its gas is paid.
    Failed(Refusal, Sent),
}

/// A transaction that goes through, and what it returns.
struct Rehearsed {
    transaction: Transaction,
    output: Bytes,
}

impl Session {
    /// A new chain with everything deployed by its first account; `progress` is told what is being deployed.
    ///
    /// # Errors
    /// A deployment fails.
    pub fn new(progress: &dyn Fn(&str)) -> Result<Self> {
        Self::since(Config::default().timestamp, progress)
    }

    /// As [`Session::new`], on a chain that begins at a time, in seconds since 1970.
    ///
    /// # Errors
    /// A deployment fails.
    pub fn since(timestamp: u64, progress: &dyn Fn(&str)) -> Result<Self> {
        let config = Config {
            timestamp,
            trace: true,
            ..Config::default()
        };
        let mut chain = Chain::new(config);
        let deployer = chain.accounts()[0];
        let programs = deploy::all(&mut chain, deployer, None, progress)?;
        Ok(Self { chain, programs })
    }

    /// Activates the programs again that have expired by now: a state may lie longer than they live, which is 365 days.
    ///
    /// # Errors
    /// The chain refuses.
    pub fn revive(&mut self) -> Result<()> {
        let deployer = self.chain.accounts()[0];
        for (name, program) in self.programs.all() {
            if let Err(ProgramError::Expired { .. }) = self.chain.program(program) {
                let activation = activate(deployer, program, U256::from(ACTIVATION_VALUE));
                self.transact("activate", activation)
                    .with_context(|| format!("cannot activate {name} again"))?;
            }
        }
        Ok(())
    }

    /// Sends a transaction that must succeed; answers what it returned and what it cost. `action` names it in reports.
    ///
    /// # Errors
    /// The chain does not take it, or it fails: the typed error in words.
    pub fn transact(&mut self, action: &str, transaction: Transaction) -> Result<(Bytes, Sent)> {
        self.afford(&transaction)?;
        let calldata = transaction.input.clone();
        let executed = self.chain.send(transaction)?;
        check(&executed.status, &executed.output)?;
        let sent = Sent::new(action, &calldata, &executed);
        Ok((executed.receipt.output, sent))
    }

    /// Makes sure that the sender has the value and the most that the gas can cost.
    fn afford(&self, transaction: &Transaction) -> Result<()> {
        let gas = U256::from(transaction.gas_limit) * U256::from(self.chain.base_fee());
        let needed = transaction.value.saturating_add(gas);
        let has = self.chain.balance(transaction.from);
        ensure!(
            has >= needed,
            "{} has {}, and needs {} for this with its gas",
            account::name(transaction.from),
            amount::ether(has),
            amount::ether(needed)
        );
        Ok(())
    }

    /// Calls a function in a transaction that must succeed; answers what it returned and what it cost.
    ///
    /// # Errors
    /// As [`Session::transact`].
    pub fn send<C: SolCall>(
        &mut self,
        action: &str,
        from: Address,
        to: Address,
        value: U256,
        call: &C,
    ) -> Result<(C::Return, Sent)> {
        let transaction = Transaction::call(from, to, call.abi_encode()).value(value);
        let (output, sent) = self.transact(action, transaction)?;
        Ok((returned::<C>(&output)?, sent))
    }

    /// Calls a function in a transaction that may fail and uses at most so much gas. It is tried first as it would be sent, at
    /// the same price of gas; what fails when tried is not sent. What is sent has twice the gas that the trial used.
    ///
    /// # Errors
    /// The chain does not take it.
    pub fn attempt<C: SolCall>(
        &mut self,
        action: &str,
        gas: u64,
        from: Address,
        to: Address,
        call: &C,
    ) -> Result<Attempt<C::Return>> {
        let transaction = match self.rehearse(gas, from, to, call)? {
            Ok(rehearsed) => rehearsed.transaction,
            Err(refusal) => return Ok(Attempt::Refused(refusal)),
        };
        let receipt = self.chain.send(transaction)?;
        let sent = Sent::new(action, &call.abi_encode(), &receipt);
        Ok(match refused(&receipt.status, &receipt.output) {
            Some(refusal) => Attempt::Failed(refusal, sent),
            None => Attempt::Done(returned::<C>(&receipt.output)?, sent),
        })
    }

    /// What [`Session::attempt`] would return now, without sending anything.
    ///
    /// # Errors
    /// As there.
    pub fn try_out<C: SolCall>(
        &self,
        gas: u64,
        from: Address,
        to: Address,
        call: &C,
    ) -> Result<Result<C::Return, Refusal>> {
        match self.rehearse(gas, from, to, call)? {
            Ok(rehearsed) => Ok(Ok(returned::<C>(&rehearsed.output)?)),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// Tries a call at the price of gas that it would have, with no more gas than the sender can pay for.
    fn rehearse<C: SolCall>(
        &self,
        gas: u64,
        from: Address,
        to: Address,
        call: &C,
    ) -> Result<Result<Rehearsed, Refusal>> {
        let with = |gas| Transaction::call(from, to, call.abi_encode()).gas_limit(gas);
        let payable = self.payable_gas(from);
        let most = gas.min(payable);
        let executed = match self.chain.rehearse(&with(most)) {
            Ok(executed) if executed.status.is_success() => executed,
            // It may lack nothing but gas, which a call that nobody pays for tells.
            failed if most < gas => {
                let free = self.chain.call(with(gas))?;
                if let Some(refusal) = refused(&free.status, &free.output) {
                    return Ok(Err(refusal));
                }
                // What stopped with gas left did not stop for want of it.
                let with_gas_left = failed.ok().filter(|executed| executed.gas_used < most);
                let refusal =
                    with_gas_left.and_then(|executed| refused(&executed.status, &executed.output));
                return Ok(Err(refusal.unwrap_or_else(|| {
                    Refusal::Unaffordable(self.lacking(from, free.gas_used))
                })));
            }
            failed => {
                let executed = failed?;
                let refusal = refused(&executed.status, &executed.output);
                return Ok(Err(refusal.unwrap_or(Refusal::Unknown(Bytes::new()))));
            }
        };
        // Whom it calls can tell the limit by the gas that is left: so the limit it is sent with is tried as well.
        let tight = with(most.min(executed.gas_used.saturating_mul(2)));
        let (transaction, executed) = match self.chain.rehearse(&tight) {
            Ok(tried) if tried.status.is_success() => (tight, tried),
            _ => (with(most), executed),
        };
        Ok(Ok(Rehearsed {
            transaction,
            output: executed.receipt.output,
        }))
    }

    /// The gas that an account can pay for.
    fn payable_gas(&self, from: Address) -> u64 {
        let price = U256::from(self.chain.base_fee());
        match self.chain.balance(from).checked_div(price) {
            Some(gas) => u64::try_from(gas).unwrap_or(u64::MAX),
            None => u64::MAX,
        }
    }

    /// Says that an account cannot pay for so much gas.
    fn lacking(&self, from: Address, gas: u64) -> String {
        let needed = U256::from(gas) * U256::from(self.chain.base_fee());
        format!(
            "{} has {}, and the gas for this alone costs {} or more",
            account::name(from),
            amount::ether(self.chain.balance(from)),
            amount::ether(needed)
        )
    }

    /// Calls a function as an account would, without changing anything, where it may fail.
    ///
    /// # Errors
    /// The chain does not take it.
    pub fn attempt_view<C: SolCall>(
        &self,
        from: Address,
        to: Address,
        call: &C,
    ) -> Result<Result<C::Return, Refusal>> {
        self.attempt_within(Transaction::MAX_GAS, from, to, call)
    }

    /// As [`Session::attempt_view`], with a limit on the gas.
    ///
    /// # Errors
    /// As there.
    pub fn attempt_within<C: SolCall>(
        &self,
        gas: u64,
        from: Address,
        to: Address,
        call: &C,
    ) -> Result<Result<C::Return, Refusal>> {
        let transaction = Transaction::call(from, to, call.abi_encode()).gas_limit(gas);
        let outcome = self.chain.call(transaction)?;
        match refused(&outcome.status, &outcome.output) {
            Some(refusal) => Ok(Err(refusal)),
            None => Ok(Ok(returned::<C>(&outcome.output)?)),
        }
    }

    /// Calls a function without changing anything.
    ///
    /// # Errors
    /// The call fails: the typed error in words.
    pub fn view<C: SolCall>(&self, to: Address, call: &C) -> Result<C::Return> {
        self.simulate(Address::ZERO, to, call)
    }

    /// Calls a function as an account would, without changing anything.
    ///
    /// # Errors
    /// The call fails: the typed error in words.
    pub fn simulate<C: SolCall>(&self, from: Address, to: Address, call: &C) -> Result<C::Return> {
        Ok(self.attempt_view(from, to, call)??)
    }
}

fn check(status: &Status, output: &[u8]) -> Result<()> {
    match refused(status, output) {
        None => Ok(()),
        Some(refusal) => Err(refusal.into()),
    }
}

/// Why an execution did not succeed; none where it did.
pub(crate) fn refused(status: &Status, output: &[u8]) -> Option<Refusal> {
    match status {
        Status::Success => None,
        Status::Revert => Some(refusal::read(output)),
        Status::Halt(reason) => Some(Refusal::Stopped(reason.clone())),
    }
}

fn returned<C: SolCall>(output: &[u8]) -> Result<C::Return> {
    C::abi_decode_returns(output)
        .with_context(|| format!("{} answered something else", C::SIGNATURE))
}
