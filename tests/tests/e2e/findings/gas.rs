//! Whatever gas a transaction has, it does all it should or nothing at all.
//!
//! A call gets 63 of 64 parts of the gas there is. Who starves the inner call and leaves enough for the rest must not find
//! its failure taken for an answer: no code, no fee, nothing gained, accepted. Callees here are wasteful, so that a 64th of
//! what they take is enough for the rest.

use crate::calls::{claim, pay, settle_up, sweep};
use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolCall;
use lineage_tests::World;
use lineage_tests::abi::{Coin, IERC6551Registry, ILicensing, IProvenance, IRouter};
use lineage_tests::bytecode::creation;
use lineage_tests::world::{ETHER, GALLERY, NATIVE, open_terms};
use logic::stipend;
use stylus_chain::Transaction;

/// From half of what is used to a quarter more, which covers what the 64th parts hold back and refunds give.
fn budgets(used: u64) -> impl Iterator<Item = u64> {
    const STEPS: u64 = 90;
    (0..=STEPS).map(move |step| used / 2 + used * 3 / 4 * step / STEPS)
}

fn whole_or_nothing(world: &mut World, mut transaction: Transaction) {
    let before = world.dump();
    let start = world.chain.snapshot();
    let receipt = world.chain.send(transaction.clone()).expect("it is valid");
    assert!(receipt.status.is_success(), "{:?}", receipt.status);
    let whole = world.dump();
    assert_ne!(whole, before);
    assert!(world.chain.revert_to(start));
    let mut succeeded = 0;
    for gas in budgets(receipt.gas_used) {
        let start = world.chain.snapshot();
        transaction.gas_limit = gas;
        let outcome = world.chain.send(transaction.clone()).expect("it is valid");
        let expected = if outcome.status.is_success() {
            succeeded += 1;
            &whole
        } else {
            &before
        };
        assert_eq!(&world.dump(), expected, "with {gas} gas");
        assert!(world.chain.revert_to(start));
    }
    // Both ends are in what was tried.
    assert!((1..90).contains(&succeeded), "{succeeded} succeeded");
}

fn call(from: Address, to: Address, call: impl SolCall) -> Transaction {
    Transaction::call(from, to, call.abi_encode())
}

#[test]
fn r1_mint_with_any_gas_is_whole_or_nothing() {
    let mut world = World::new();
    let (alice, bob, provenance) = (world.alice, world.bob, world.provenance);
    let parent = world.mint_open(alice);
    // Notes that it was asked, wastes memory, accepts: SSTORE(0, 1), MLOAD(0x7ffe0), MSTORE(0, 150b7a02 << 224), RETURN(0, 32).
    let receiver = world.deploy_code(creation(&[
        0x60, 1, 0x5f, 0x55, 0x62, 0x07, 0xff, 0xe0, 0x51, 0x63, 0x15, 0x0b, 0x7a, 0x02, 0x60, 224,
        0x1b, 0x5f, 0x52, 0x60, 32, 0x5f, 0xf3,
    ]));
    let minting = world.mint(bob).parents(&[(parent, 500)]);
    let request = minting.with(|request| request.to = receiver).request();
    let mint = call(bob, provenance, IProvenance::mintCall { request });
    whole_or_nothing(&mut world, mint);
}

#[test]
fn r1_terms_with_any_gas_are_whole_or_nothing() {
    let mut world = World::new();
    let (alice, router, licensing) = (world.alice, world.router, world.licensing);
    let work = world.work(GALLERY, alice).register();
    let terms = ILicensing::setTermsCall {
        router,
        work,
        terms: open_terms(1),
        licenceURI: String::new(),
    };
    whole_or_nothing(&mut world, call(alice, licensing, terms));
}

#[test]
fn r1_money_with_any_gas_is_whole_or_nothing() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    // Wastes memory: MLOAD(0x7ffe0), STOP.
    let payee = world.deploy_code(creation(&[0x62, 0x07, 0xff, 0xe0, 0x51, 0x00]));
    let coin = world.deploy("Coin");
    world.fund(coin, bob, 1_000);
    let parent = world.open_work(GALLERY, alice, &[]);
    let work = world
        .work(alice, payee)
        .parents(&[(parent, 500)])
        .register();
    let inbox = world.view(router, IRouter::inboxCall { id: work });
    world.watch(inbox);
    world.chain.set_balance(inbox, U256::from(ETHER));
    let drop = Coin::mintCall {
        to: inbox,
        amount: U256::from(70),
    };
    world.act(bob, coin, drop).done();

    whole_or_nothing(&mut world, call(bob, router, pay(work, coin, 100)));
    whole_or_nothing(&mut world, call(bob, router, sweep(work, NATIVE)));
    whole_or_nothing(&mut world, call(bob, router, sweep(work, coin)));
    for asset in [NATIVE, coin] {
        world.act(bob, router, sweep(work, asset)).done();
        whole_or_nothing(&mut world, call(bob, router, settle_up(&[work], asset, 9)));
        whole_or_nothing(&mut world, call(bob, router, claim(work, asset, 0)));
    }
}

#[test]
fn r1_account_with_any_gas_is_created_or_not() {
    let mut world = World::new();
    let (alice, registry) = (world.alice, world.registry);
    let create = IERC6551Registry::createAccountCall {
        implementation: alice,
        salt: B256::ZERO,
        chainId: U256::from(1),
        tokenContract: alice,
        tokenId: U256::from(1),
    };
    // The registry's nonce tells.
    whole_or_nothing(&mut world, call(alice, registry, create));
}

#[test]
fn r1_views_with_any_gas_answer_whole_or_not() {
    let mut world = World::new();
    let (alice, bob, router, provenance, licensing) = (
        world.alice,
        world.bob,
        world.router,
        world.provenance,
        world.licensing,
    );
    let parent = world.mint_open(alice);
    let work = world.mint(bob).parents(&[(parent, 500)]).send();
    let token_id = U256::from(work);
    let uri = IProvenance::tokenURICall { tokenId: token_id };
    let licensor = ILicensing::licensorOfCall { router, work };
    for mut question in [
        call(alice, provenance, uri),
        call(alice, licensing, licensor),
    ] {
        let whole = world.chain.call(question.clone()).expect("it is valid");
        assert!(whole.status.is_success());
        let (mut refused, mut answered) = (0, 0);
        // A picture needs the gas that it may give the router.
        let enough = whole.gas_used + stipend::PARENTS;
        for gas in budgets(whole.gas_used).chain(budgets(enough)) {
            question.gas_limit = gas;
            let outcome = world.chain.call(question.clone()).expect("it is valid");
            if outcome.status.is_success() {
                answered += 1;
                assert_eq!(outcome.output, whole.output, "with {gas} gas");
            } else {
                refused += 1;
            }
        }
        assert!(refused > 0 && answered > 0, "{refused}, {answered}");
    }
}
