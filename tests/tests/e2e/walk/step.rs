use super::stage::Stage;
use crate::calls::{
    accept, claim, claim_many, claim_part, epochs, offer, pay, reserve, settle_up, sweep_part,
};
use alloy_primitives::{Address, U256};
use lineage_tests::abi::{Coin, ILicensing, IRouter};
use lineage_tests::dice::Dice;
use lineage_tests::world::{GALLERY, NATIVE, SALON, open_terms};
use oracle::{Parent, Payee};
use stylus_chain::{Status, Transaction};

/// Largest amount of one payment, in bits.
const AMOUNT: u32 = 90;

impl Stage {
    /// Takes one step, in the world and in the book, and says which.
    pub(crate) fn step(&mut self, dice: &mut Dice) -> String {
        if self.book.count() < 2 {
            return self.register(dice);
        }
        let asset = dice.pick(&self.assets);
        match dice.below(100) {
            0..22 => self.register(dice),
            22..25 => self.set_terms(dice),
            25..44 => self.pay(dice, asset),
            44..52 => self.drop_in_inbox(dice, asset),
            52..60 => self.sweep(dice, asset),
            60..76 => self.settle_up(dice, asset),
            76..86 => self.claim(dice, asset),
            86..91 => self.claim_many(dice, asset),
            91..94 => self.claim_to(dice, asset),
            94..96 => self.reserve(dice),
            _ => self.hand_over(dice),
        }
    }

    fn any_work(&self, dice: &mut Dice) -> u64 {
        1 + dice.below(self.book.count())
    }

    fn any_position(&self, dice: &mut Dice) -> (u64, u8) {
        let positions: Vec<(u64, u8)> = self.book.positions().collect();
        dice.pick(&positions)
    }

    fn payee(&self, (work, payee): (u64, u8)) -> Address {
        self.book.work(work).payees[usize::from(payee)]
            .account
            .into()
    }

    fn register(&mut self, dice: &mut Dice) -> String {
        let (collection, creator) = (dice.pick(&[GALLERY, SALON]), dice.pick(&self.people));
        let parents = self.parents(dice);
        let keeps = parents.iter().map(|(_, share)| share).sum::<u16>() < 10_000;
        let payees = if keeps { self.payees(dice) } else { Vec::new() };
        let roles: Vec<u8> = payees.iter().map(|_| dice.below(256) as u8).collect();
        let id = self
            .world
            .work(collection, creator)
            .parents(&parents)
            .payees(&payees)
            .roles(&roles)
            .register();
        let payees = if payees.is_empty() && keeps {
            vec![(creator, 10_000)]
        } else {
            payees
        };
        let parents: Vec<Parent> = parents
            .into_iter()
            .map(|(work, share)| Parent { work, share })
            .collect();
        let payees: Vec<Payee> = payees
            .into_iter()
            .map(|(account, share)| Payee {
                account: account.into_array(),
                share,
            })
            .collect();
        assert_eq!(self.book.register(&parents, &payees), id);
        self.meet("a work of sixteen parents", parents.len() == 16);
        self.meet("a work that keeps nothing", payees.is_empty());
        self.meet(
            "a parent without a share",
            parents.iter().any(|parent| parent.share == 0),
        );
        self.open.push(None);
        let share = if dice.once_in(2) {
            0
        } else {
            dice.below(300) as u16
        };
        self.world.open(id, creator, share);
        self.open[id as usize - 1] = Some(share);
        format!(
            "register {id} under {parents:?} for {} payees",
            payees.len()
        )
    }

    /// Parents whose terms admit the child, in a random part of the whole that is sometimes all of it.
    fn parents(&self, dice: &mut Dice) -> Vec<(u64, u16)> {
        let wanted = if dice.once_in(8) {
            16
        } else {
            dice.below(5) as usize
        };
        let mut candidates: Vec<u64> = (1..=self.book.count()).collect();
        let mut left = 10_000;
        let mut parents = Vec::new();
        while parents.len() < wanted && !candidates.is_empty() {
            let work = candidates.swap_remove(dice.below(candidates.len() as u64) as usize);
            let Some(least) = self.open[work as usize - 1].filter(|least| *least <= left) else {
                continue;
            };
            let most = match wanted {
                16 => left.min(least + 200),
                _ if dice.once_in(6) => left,
                _ => left.min(least + 1_500),
            };
            let share = match dice.below(6) {
                0 => least,
                1 => most,
                _ => least + dice.below(u64::from(most - least) + 1) as u16,
            };
            left -= share;
            parents.push((work, share));
        }
        parents.sort_unstable();
        parents
    }

    /// One to eight payees, or none for the creator alone.
    fn payees(&self, dice: &mut Dice) -> Vec<(Address, u16)> {
        let count = dice.below(9) as u16;
        let mut left = 10_000;
        let mut payees = Vec::new();
        for number in 1..=count {
            let most = left - (count - number);
            let share = if number == count {
                most
            } else {
                1 + dice.below(u64::from(most)) as u16
            };
            left -= share;
            payees.push((dice.pick(&self.people), share));
        }
        payees
    }

    fn set_terms(&mut self, dice: &mut Dice) -> String {
        let work = self.any_work(dice);
        let router = self.world.router;
        let licensor = self.world.view(
            self.world.licensing,
            ILicensing::licensorOfCall { router, work },
        );
        let share = (!dice.once_in(3)).then(|| dice.below(2_000) as u16);
        let mut terms = open_terms(share.unwrap_or(0));
        terms.mode = u8::from(share.is_some());
        let call = ILicensing::setTermsCall {
            router,
            work,
            terms,
            licenceURI: String::new(),
        };
        self.world.act(licensor, self.world.licensing, call).done();
        self.open[work as usize - 1] = share;
        format!("terms of {work}: {share:?}")
    }

    fn pay(&mut self, dice: &mut Dice, asset: Address) -> String {
        let (work, payer, amount) = (
            self.any_work(dice),
            dice.pick(&self.people),
            dice.amount(AMOUNT),
        );
        let value = if asset == NATIVE { amount } else { 0 };
        self.world
            .act(payer, self.world.router, pay(work, asset, amount))
            .value(value)
            .done();
        self.book.pay(work, asset.into_array(), amount);
        format!("pay {work} {amount} of {asset}")
    }

    fn drop_in_inbox(&mut self, dice: &mut Dice, asset: Address) -> String {
        let (work, payer, amount) = (
            self.any_work(dice),
            dice.pick(&self.people),
            dice.amount(AMOUNT),
        );
        let inbox = self
            .world
            .view(self.world.router, IRouter::inboxCall { id: work });
        if asset == NATIVE {
            let payment = Transaction::transfer(payer, inbox, U256::from(amount));
            let receipt = self
                .world
                .chain
                .send(payment)
                .expect("the transaction is valid");
            assert_eq!(receipt.status, Status::Success);
        } else {
            let transfer = Coin::transferCall {
                to: inbox,
                amount: U256::from(amount),
            };
            self.world.act(payer, asset, transfer).done();
        }
        self.book.drop_in_inbox(work, asset.into_array(), amount);
        format!("drop {amount} of {asset} in the inbox of {work}")
    }

    fn sweep(&mut self, dice: &mut Dice, asset: Address) -> String {
        let full: Vec<u64> = (1..=self.book.count())
            .filter(|work| self.book.in_inbox(*work, asset.into_array()) > 0)
            .collect();
        let work = if full.is_empty() {
            self.any_work(dice)
        } else {
            dice.pick(&full)
        };
        let most = self.most(dice);
        let done = self
            .world
            .act(
                dice.pick(&self.people),
                self.world.router,
                sweep_part(work, asset, U256::from(most)),
            )
            .done();
        let amount = self.book.sweep(work, asset.into_array(), most);
        assert_eq!(done.answer(), U256::from(amount));
        let left = self.book.in_inbox(work, asset.into_array());
        self.meet("a sweep of a part", amount > 0 && left > 0);
        let corner = if asset == NATIVE {
            "a sweep of ether"
        } else {
            "a sweep of coins"
        };
        self.meet(corner, amount > 0);
        format!("sweep {amount} of {asset} for {work}")
    }

    /// Mostly all there is.
    fn most(&self, dice: &mut Dice) -> u128 {
        if dice.once_in(3) {
            dice.amount(AMOUNT)
        } else {
            u128::MAX
        }
    }

    fn settle_up(&mut self, dice: &mut Dice, asset: Address) -> String {
        let count = 1 + dice.below(4);
        let works: Vec<u64> = (0..count).map(|_| self.any_work(dice)).collect();
        let most = dice.below(24);
        let done = self
            .world
            .act(
                dice.pick(&self.people),
                self.world.router,
                settle_up(&works, asset, most),
            )
            .done();
        let rest = self
            .book
            .settle_up(&works, asset.into_array(), most as usize);
        assert_eq!(done.answer(), epochs(&rest));
        self.meet("a settlement stopped by its budget", !rest.is_empty());
        format!("settle up {works:?} in {asset}, at most {most}, leaving {rest:?}")
    }

    fn claim(&mut self, dice: &mut Dice, asset: Address) -> String {
        let at = self.any_position(dice);
        let to = self.payee(at);
        // By somebody else, so that no gas mixes with what is claimed.
        let caller = self.people[usize::from(to == self.people[0])];
        if self.reserved.contains(&at) {
            let (work, payee) = at;
            let refusal = IRouter::ClaimReserved { work, payee };
            let others = self
                .world
                .act(caller, self.world.router, claim(work, asset, payee));
            others.refused(refusal);
            self.meet("a claim that is reserved", true);
            return format!("no claim of {asset} at {at:?}, which is reserved");
        }
        let before = self.world.balance(to, asset);
        let done = self
            .world
            .act(caller, self.world.router, claim(at.0, asset, at.1))
            .done();
        let amount = self.book.claim(at.0, asset.into_array(), at.1);
        assert_eq!(done.answer(), U256::from(amount));
        assert_eq!(self.world.balance(to, asset), before + amount);
        self.meet("a claim of something", amount > 0);
        format!("claim {amount} of {asset} at {at:?}")
    }

    fn claim_many(&mut self, dice: &mut Dice, asset: Address) -> String {
        let first = self.any_position(dice);
        if self.reserved.contains(&first) {
            return format!("no claim at {first:?}, which is reserved");
        }
        let to = self.payee(first);
        let caller = self.people[usize::from(to == self.people[0])];
        let all: Vec<(u64, u8)> = self
            .book
            .positions()
            .filter(|at| self.payee(*at) == to && !self.reserved.contains(at))
            .collect();
        let positions: Vec<(u64, u8)> = (0..1 + dice.below(6)).map(|_| dice.pick(&all)).collect();
        let before = self.world.balance(to, asset);
        let done = self
            .world
            .act(caller, self.world.router, claim_many(&positions, asset))
            .done();
        let amount: u128 = positions
            .iter()
            .map(|(work, payee)| self.book.claim(*work, asset.into_array(), *payee))
            .sum();
        assert_eq!(done.answer(), U256::from(amount));
        assert_eq!(self.world.balance(to, asset), before + amount);
        format!("claim {amount} of {asset} at {positions:?}")
    }

    fn claim_to(&mut self, dice: &mut Dice, asset: Address) -> String {
        let at = self.any_position(dice);
        let payee = self.payee(at);
        let to = self.people[(0..5)
            .find(|person| self.people[*person] != payee)
            .unwrap_or_default()];
        let before = self.world.balance(to, asset);
        let most = self.most(dice);
        let call = claim_part(at.0, asset, at.1, to, U256::from(most));
        let done = self.world.act(payee, self.world.router, call).done();
        let amount = self
            .book
            .claim_to(at.0, asset.into_array(), at.1, to.into_array(), most);
        let left = self.book.claimable(at.0, asset.into_array(), at.1);
        self.meet("a claim of a part", amount > 0 && left > 0);
        assert_eq!(done.answer(), U256::from(amount));
        assert_eq!(self.world.balance(to, asset), before + amount);
        self.meet("a claim to another", amount > 0);
        format!("claim {amount} of {asset} at {at:?} to another")
    }

    fn hand_over(&mut self, dice: &mut Dice) -> String {
        let at = self.any_position(dice);
        let to = dice.pick(&self.people);
        let router = self.world.router;
        let offered = self
            .world
            .act(self.payee(at), router, offer(at.0, at.1, to));
        offered.done();
        if dice.once_in(4) {
            return format!("offer {at:?} to {to}");
        }
        self.world.act(to, router, accept(at.0, at.1)).done();
        self.reserved.remove(&at);
        self.book.hand_over(at.0, at.1, to.into_array());
        let due = self
            .assets
            .map(|asset| self.book.claimable(at.0, asset.into_array(), at.1));
        self.meet("a handover with income", due != [0, 0]);
        format!("hand {at:?} over to {to}")
    }

    fn reserve(&mut self, dice: &mut Dice) -> String {
        let at = self.any_position(dice);
        let reserved = !dice.once_in(3);
        let call = reserve(at.0, at.1, reserved);
        self.world
            .act(self.payee(at), self.world.router, call)
            .done();
        if reserved {
            self.reserved.insert(at);
        } else {
            self.reserved.remove(&at);
        }
        format!("reserve claims at {at:?}: {reserved}")
    }
}
