//! The chain the story plays on, with the oracle's book kept beside it.

use super::{Figure, ROYALTY};
use crate::abi::erc20::{approveCall, balanceOfCall};
use crate::abi::router::IRouter::{WorkEpoch, claimManyCall, payCall, settleUpCall, sweepCall};
use crate::file::WorkFile;
use crate::minting::{Edge, Minting};
use crate::report::Sent;
use crate::session::Session;
use crate::{account, income};
use alloy_primitives::{Address, B256, I256, U256};
use alloy_sol_types::{SolCall, sol};
use anyhow::{Context as _, Result, ensure};
use logic::work::WorkKind;
use oracle::Book;
use record::Salts;
use std::collections::BTreeMap;
use std::path::PathBuf;
use stylus_chain::chain::Transaction;

sol! {
    function mint(address to, uint256 amount) external;
}

/// tests/solidity/Coin.sol, compiled; a test compares the two.
pub const COIN: &str = include_str!("coin.hex");
/// Works one settlement may settle: the story has three.
const BUDGET: u64 = 64;

/// The chain, the book, and what was sent so far.
pub(super) struct Stage {
    pub(super) session: Session,
    pub(super) book: Book,
    pub(super) steps: Vec<Sent>,
    folder: tempfile::TempDir,
    files: BTreeMap<u64, PathBuf>,
    native_before: BTreeMap<Address, U256>,
    fees: BTreeMap<Address, U256>,
}

impl Stage {
    pub(super) fn set() -> Result<Self> {
        let session = Session::new(&|_| ())?;
        let accounts = session.chain.accounts().iter();
        let native_before = accounts.map(|account| (*account, session.chain.balance(*account)));
        Ok(Self {
            native_before: native_before.collect(),
            session,
            book: Book::new(),
            steps: Vec::new(),
            folder: tempfile::tempdir().context("cannot make a folder")?,
            files: BTreeMap::new(),
            fees: BTreeMap::new(),
        })
    }

    /// Alice, Bob, Carol and Dave.
    pub(super) fn cast(&self) -> [Address; 4] {
        let accounts = self.session.chain.accounts();
        [accounts[0], accounts[1], accounts[2], accounts[3]]
    }

    /// Where the file of a work lies.
    pub(super) fn file_of(&self, work: u64) -> PathBuf {
        self.files.get(&work).cloned().unwrap_or_default()
    }

    fn note(&mut self, from: Address, sent: Sent) {
        *self.fees.entry(from).or_default() += sent.fee;
        self.steps.push(sent);
    }

    fn send<C: SolCall>(
        &mut self,
        action: &str,
        (from, to): (Address, Address),
        value: U256,
        call: &C,
    ) -> Result<C::Return> {
        let (returned, sent) = self.session.send(action, from, to, value, call)?;
        self.note(from, sent);
        Ok(returned)
    }

    pub(super) fn mint(
        &mut self,
        name: &str,
        bytes: &[u8],
        creator: Address,
        parents: &[Edge],
        open: Option<u16>,
    ) -> Result<u64> {
        let file = self.folder.path().join(name);
        std::fs::write(&file, bytes).context("cannot write the picture")?;
        let minted = Minting {
            path: &file,
            file: &WorkFile::of(bytes),
            title: None,
            creator,
            to: creator,
            kind: WorkKind::Output,
            royalty: ROYALTY,
            uri: None,
            parents: parents.to_vec(),
            payees: Vec::new(),
            open,
            salts: Salts::Repeatable(self.book.count() << 32),
        }
        .run(&mut self.session)?;
        for mut sent in minted.sent {
            sent.action = format!("{}: {}", minted.title, sent.action);
            self.note(creator, sent);
        }
        let parents: Vec<_> = parents
            .iter()
            .map(|parent| oracle::Parent {
                work: parent.work,
                share: parent.share,
            })
            .collect();
        let payee = oracle::Payee {
            account: creator.into(),
            share: 10_000,
        };
        let work = self.book.register(&parents, &[payee]);
        ensure!(
            work == minted.work,
            "work {} was expected, the chain has {}",
            work,
            minted.work
        );
        self.files.insert(work, file);
        Ok(work)
    }

    /// Gives an account what it is about to spend, where the development balance is too small.
    pub(super) fn fund(&mut self, account: Address, amount: u128) {
        let needed = U256::from(amount).saturating_mul(U256::from(2));
        if self.session.chain.balance(account) < needed {
            self.session.chain.set_balance(account, needed);
        }
    }

    /// The marketplace's bare transfer.
    pub(super) fn transfer(
        &mut self,
        from: Address,
        to: Address,
        work: u64,
        amount: u128,
    ) -> Result<()> {
        let transfer = Transaction::transfer(from, to, U256::from(amount));
        let (_, sent) = self
            .session
            .transact("marketplace: bare transfer", transfer)?;
        self.note(from, sent);
        self.book.drop_in_inbox(work, oracle::NATIVE, amount);
        Ok(())
    }

    pub(super) fn sweep(&mut self, from: Address, work: u64) -> Result<()> {
        let call = sweepCall {
            work,
            asset: Address::ZERO,
            most: U256::MAX,
        };
        let router = self.session.programs.router;
        self.send("sweep the inbox", (from, router), U256::ZERO, &call)?;
        self.book.sweep(work, oracle::NATIVE, u128::MAX);
        Ok(())
    }

    pub(super) fn settle(&mut self, from: Address, work: u64, asset: Address) -> Result<()> {
        let call = settleUpCall {
            works: vec![WorkEpoch { work, epoch: 0 }],
            asset,
            budget: U256::from(BUDGET),
        };
        let router = self.session.programs.router;
        let action = format!("settle up{}", coin_suffix(asset));
        self.send(&action, (from, router), U256::ZERO, &call)?;
        self.book.settle_up(&[work], asset.into(), BUDGET as usize);
        Ok(())
    }

    /// Pays an account all that it is due, from every work.
    pub(super) fn claim(&mut self, to: Address, asset: Address) -> Result<()> {
        let due = income::due(&self.session, to, asset)?;
        let positions: Vec<_> = due.into_iter().map(|(position, _)| position).collect();
        if positions.is_empty() {
            return Ok(());
        }
        for position in &positions {
            self.book.claim(position.work, asset.into(), position.payee);
        }
        let action = format!("{} claims{}", account::name(to), coin_suffix(asset));
        let router = self.session.programs.router;
        self.send(
            &action,
            (to, router),
            U256::ZERO,
            &claimManyCall { positions, asset },
        )?;
        Ok(())
    }

    /// An ordinary ERC-20, `amount` of it held by `holder`.
    pub(super) fn deploy_coin(&mut self, holder: Address, amount: u128) -> Result<Address> {
        let code = hex::decode(COIN.trim()).context("coin.hex is no hex")?;
        let receipt = self.session.chain.send(Transaction::create(holder, code))?;
        let coin = receipt
            .contract_address
            .context("the ERC-20 was not created")?;
        let call = mintCall {
            to: holder,
            amount: U256::from(amount),
        };
        self.session
            .send("mint coins", holder, coin, U256::ZERO, &call)?;
        Ok(coin)
    }

    pub(super) fn pay_coins(
        &mut self,
        from: Address,
        work: u64,
        coin: Address,
        amount: u128,
    ) -> Result<()> {
        let router = self.session.programs.router;
        let approve = approveCall {
            spender: router,
            amount: U256::from(amount),
        };
        self.send("approve the ERC-20", (from, coin), U256::ZERO, &approve)?;
        let pay = payCall {
            work,
            asset: coin,
            amount: U256::from(amount),
            r#ref: B256::repeat_byte(0x11),
        };
        self.send("pay in the ERC-20", (from, router), U256::ZERO, &pay)?;
        self.book.pay(work, coin.into(), amount);
        Ok(())
    }

    fn coins(&self, coin: Address, account: Address) -> Result<U256> {
        self.session.view(coin, &balanceOfCall { account })
    }

    /// What each account was owed by the book, beside what its balance says arrived.
    pub(super) fn figures(&self, accounts: &[Address], coin: Address) -> Result<Vec<Figure>> {
        let mut figures = Vec::new();
        for asset in [Address::ZERO, coin] {
            for who in accounts {
                let positions = self.book.positions().filter(|(work, payee)| {
                    self.book.work(*work).payees[usize::from(*payee)].account == *who
                });
                let owed: u128 = positions
                    .map(|(work, payee)| self.book.owed(work, asset.into(), payee))
                    .sum();
                let arrived = match asset.is_zero() {
                    true => self.native_gain(*who),
                    false => I256::try_from(self.coins(coin, *who)?)?,
                };
                figures.push(Figure {
                    asset: if asset.is_zero() { "wei" } else { "ERC-20" }.to_owned(),
                    who: account::name(*who),
                    owed: owed.to_string(),
                    arrived: arrived.to_string(),
                });
            }
        }
        Ok(figures)
    }

    /// Change of balance since the beginning, with the fees paid added back.
    fn native_gain(&self, who: Address) -> I256 {
        let before = self.native_before.get(&who).copied().unwrap_or_default();
        let fees = self.fees.get(&who).copied().unwrap_or_default();
        let after = self.session.chain.balance(who) + fees;
        I256::from_raw(after) - I256::from_raw(before)
    }

    /// Whether what the router holds is what came in less what went out, by the book.
    pub(super) fn conserved(&self, asset: Address) -> Result<bool> {
        let router = self.session.programs.router;
        let held = match asset.is_zero() {
            true => self.session.chain.balance(router),
            false => self.coins(asset, router)?,
        };
        Ok(held == U256::from(self.book.held(asset.into())))
    }
}

fn coin_suffix(asset: Address) -> &'static str {
    if asset.is_zero() { "" } else { " (ERC-20)" }
}
