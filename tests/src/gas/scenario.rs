//! The scenarios. Whatever they need has happened in earlier blocks; what is measured is returned.

use crate::World;
use crate::abi::IERC6551Registry::createAccountCall;
use crate::abi::IProvenance::{self, MintRequest};
use crate::abi::{ILicensing, IRouter};
use crate::bytecode;
use crate::world::{Minting, NATIVE, open_terms};
use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolCall;
use stylus_chain::Transaction;

/// Brings a world to where a scenario begins, and answers the transactions to measure.
pub(super) type Prepare = fn(&mut World) -> Vec<Transaction>;

/// An awkward amount of the native coin, in wei.
const AMOUNT: u128 = 1_234_567_890_123_456_789;

/// Every scenario under its name.
pub(super) const ALL: [(&str, Prepare); 19] = [
    ("registry: createAccount, new", |world| {
        vec![create_account(world)]
    }),
    ("registry: createAccount, exists", |world| {
        let again = create_account(world);
        sent(world, again.clone());
        vec![again]
    }),
    ("provenance: commit", |world| {
        let call = IProvenance::commitCall {
            commitment: B256::repeat_byte(0xc0),
        };
        vec![call_of(world.alice, world.provenance, &call)]
    }),
    ("provenance: mint, first of its owner", |world| {
        world.mint(world.carol).send();
        mint(world, |minting| minting)
    }),
    (
        "provenance: mint, two parents, first of its owner",
        |world| {
            let parents = two_parents(world);
            mint(world, |minting| minting.parents(&parents))
        },
    ),
    ("provenance: mint, two parents, repeat owner", |world| {
        let parents = two_parents(world);
        world.mint(world.alice).send();
        mint(world, |minting| minting.parents(&parents))
    }),
    ("provenance: mint, two parents, explicit payees", |world| {
        let (parents, payees) = (
            two_parents(world),
            [(world.alice, 6_000), (world.bob, 4_000)],
        );
        world.mint(world.alice).send();
        mint(world, |minting| minting.parents(&parents).payees(&payees))
    }),
    ("provenance: royaltyInfo, called by a contract", |world| {
        let token_id = U256::from(world.mint(world.alice).with(plain).send());
        let asker = world.deploy_code(bytecode::creation(&bytecode::ASKER));
        let call = IProvenance::royaltyInfoCall {
            tokenId: token_id,
            salePrice: U256::from(AMOUNT),
        };
        let input = bytecode::asking(world.provenance, &call.abi_encode());
        vec![Transaction::call(world.bob, asker, input)]
    }),
    ("licensing: setTerms, first", |world| {
        let (router, work) = (world.router, world.mint(world.alice).send());
        let call = ILicensing::setTermsCall {
            router,
            work,
            terms: open_terms(1_000),
            licenceURI: String::new(),
        };
        vec![call_of(world.alice, world.licensing, &call)]
    }),
    ("router: pay native, first", |world| {
        let work = world.mint(world.alice).send();
        vec![pay(world, work, NATIVE)]
    }),
    ("router: pay native, repeat", |world| {
        let work = world.mint(world.alice).send();
        let again = pay(world, work, NATIVE);
        sent(world, again.clone());
        vec![again]
    }),
    ("router: pay ERC-20, repeat", |world| {
        let work = world.mint(world.alice).send();
        let coin = world.deploy("Coin");
        world.fund(coin, world.dave, 10 * AMOUNT);
        let again = pay(world, work, coin);
        sent(world, again.clone());
        vec![again]
    }),
    ("router: sweep native, first", |world| {
        let work = world.mint(world.alice).send();
        royalty(world, work);
        vec![sweep(world, work)]
    }),
    ("router: sweep native, repeat", |world| {
        let work = world.mint(world.alice).send();
        royalty(world, work);
        let again = sweep(world, work);
        sent(world, again.clone());
        royalty(world, work);
        vec![again]
    }),
    ("router: settleUp, one work, two parents, repeat", |world| {
        let parents = two_parents(world);
        let work = world.mint(world.alice).parents(&parents).send();
        let (paid, settled) = (pay(world, work, NATIVE), settle_up(world, work));
        for transaction in [&paid, &settled, &paid] {
            sent(world, transaction.clone());
        }
        vec![settled]
    }),
    (
        "router: settleUp, one work, sixteen fresh parents",
        |world| {
            let work = of_sixteen(world);
            sent(world, pay(world, work, NATIVE));
            vec![settle_up(world, work)]
        },
    ),
    (
        "router: settleUp, one work, sixteen parents, repeat",
        |world| {
            let work = of_sixteen(world);
            let (paid, settled) = (pay(world, work, NATIVE), settle_up(world, work));
            for transaction in [&paid, &settled, &paid] {
                sent(world, transaction.clone());
            }
            vec![settled]
        },
    ),
    ("router: claim native, repeat", |world| {
        let work = world.mint(world.alice).send();
        let (paid, claimed) = (pay(world, work, NATIVE), claim(world, world.alice, work));
        for transaction in [&paid, &claimed, &paid] {
            sent(world, transaction.clone());
        }
        vec![claimed]
    }),
    (
        "router: deliver one payment to ten ancestors, repeat",
        |world| {
            let creators: [Address; 10] = world.chain.accounts().try_into().expect("ten accounts");
            let mut works: Vec<u64> = Vec::new();
            for creator in &creators {
                let parents: Vec<(u64, u16)> = works
                    .last()
                    .map(|parent| (*parent, 1_000))
                    .into_iter()
                    .collect();
                let work = world.mint(*creator).parents(&parents).send();
                world.open(work, *creator, 1_000);
                works.push(work);
            }
            let tip = world.mint(world.alice).parents(&[(works[9], 1_000)]).send();
            let claims = creators
                .iter()
                .zip(&works)
                .map(|(creator, work)| claim(world, *creator, *work));
            let claims: Vec<_> = claims.collect();
            let delivery = [vec![pay(world, tip, NATIVE), settle_up(world, tip)], claims].concat();
            for transaction in &delivery {
                sent(world, transaction.clone());
            }
            delivery
        },
    ),
];

fn call_of(from: Address, to: Address, call: &impl SolCall) -> Transaction {
    Transaction::call(from, to, call.abi_encode())
}

fn sent(world: &mut World, transaction: Transaction) {
    let receipt = world
        .chain
        .send(transaction)
        .expect("the transaction is valid");
    assert!(
        receipt.status.is_success(),
        "0x{}",
        hex::encode(&receipt.output)
    );
}

fn create_account(world: &World) -> Transaction {
    let call = createAccountCall {
        implementation: Address::repeat_byte(0x22),
        salt: B256::ZERO,
        chainId: U256::from(world.chain.config().chain_id),
        tokenContract: world.provenance,
        tokenId: U256::from(1),
    };
    call_of(world.alice, world.registry, &call)
}

fn plain(request: &mut MintRequest) {
    (request.royalty, request.sourceType) = (500, 11);
}

/// A mint of Alice's: a title of 20 bytes, no URI, two steps.
fn mint(world: &mut World, named: impl FnOnce(Minting<'_>) -> Minting<'_>) -> Vec<Transaction> {
    let alice = world.alice;
    let request = named(world.mint(alice)).with(plain).request();
    assert_eq!(
        (request.title.len(), request.uri.len(), request.stepCount),
        (20, 0, 2)
    );
    vec![call_of(
        alice,
        world.provenance,
        &IProvenance::mintCall { request },
    )]
}

/// Two open works of others, with the shares they get.
fn two_parents(world: &mut World) -> [(u64, u16); 2] {
    [(world.carol, 2_000), (world.dave, 1_000)]
        .map(|(creator, share)| (world.mint_open(creator), share))
}

/// A work of Alice's with sixteen open parents.
fn of_sixteen(world: &mut World) -> u64 {
    let carol = world.carol;
    let parents: Vec<(u64, u16)> = (0..16).map(|_| (world.mint_open(carol), 500)).collect();
    world.mint(world.alice).parents(&parents).send()
}

/// A payment of Dave's.
fn pay(world: &World, work: u64, asset: Address) -> Transaction {
    let call = IRouter::payCall {
        work,
        asset,
        amount: U256::from(AMOUNT),
        r#ref: B256::repeat_byte(0x11),
    };
    let value = if asset == NATIVE { AMOUNT } else { 0 };
    call_of(world.dave, world.router, &call).value(U256::from(value))
}

/// What a marketplace sends to a work's inbox.
fn royalty(world: &mut World, work: u64) {
    let inbox = world.view(world.router, IRouter::inboxCall { id: work });
    sent(
        world,
        Transaction::transfer(world.dave, inbox, U256::from(AMOUNT)),
    );
}

fn sweep(world: &World, work: u64) -> Transaction {
    call_of(
        world.erin,
        world.router,
        &IRouter::sweepCall {
            work,
            asset: NATIVE,
            most: U256::from(u128::MAX),
        },
    )
}

fn settle_up(world: &World, work: u64) -> Transaction {
    let works = vec![IRouter::WorkEpoch { work, epoch: 0 }];
    let call = IRouter::settleUpCall {
        works,
        asset: NATIVE,
        budget: U256::from(100),
    };
    call_of(world.erin, world.router, &call)
}

/// A claim by the payee.
fn claim(world: &World, payee: Address, work: u64) -> Transaction {
    call_of(
        payee,
        world.router,
        &IRouter::claimCall {
            work,
            epoch: 0,
            asset: NATIVE,
            payee: 0,
        },
    )
}
