//! Ways back in that lead through another program than the one that called out.

use crate::calls::{claim, sweep};
use alloy_primitives::{Address, U256};
use alloy_sol_types::{SolCall, SolError, SolValue};
use lineage_tests::World;
use lineage_tests::abi::{ILicensing, IProvenance, IRouter};
use lineage_tests::world::{GALLERY, NATIVE, open_terms};

fn mint(world: &mut World, creator: Address, to: Address) -> Vec<u8> {
    let request = world
        .mint(creator)
        .with(|request| request.to = to)
        .request();
    IProvenance::mintCall { request }.abi_encode()
}

#[test]
fn r2_hook_of_a_token_mints_nothing() {
    let mut world = World::new();
    let (alice, bob, router, provenance) = (world.alice, world.bob, world.router, world.provenance);
    let coin = world.deploy("HookCoin");
    world.fund(coin, bob, 100);
    let work = world.work(GALLERY, alice).register();
    let inner = mint(&mut world, coin, alice);
    world.plan(coin, vec![(provenance, 0, inner)]);
    world.pay(bob, work, coin, 100);
    // The router's refusal, passed on.
    assert_eq!(
        world.results(coin),
        [(false, IRouter::Locked {}.abi_encode())]
    );
    assert_eq!(world.view(router, IRouter::workCountCall {}), work);
    // The collection's own lock is free again, and no record's number is used up.
    assert_eq!(world.mint(alice).send(), work + 1);
}

#[test]
fn r2_payee_may_mint_license_and_sweep_while_it_is_paid() {
    let mut world = World::new();
    let (alice, bob, router, provenance, licensing) = (
        world.alice,
        world.bob,
        world.router,
        world.provenance,
        world.licensing,
    );
    let actor = world.deploy("Actor");
    let work = world.work(alice, actor).register();
    let inbox = world.view(router, IRouter::inboxCall { id: work });
    world.chain.set_balance(inbox, U256::from(40));
    world.pay(bob, work, NATIVE, 100);
    let terms = ILicensing::setTermsCall {
        router,
        work,
        terms: open_terms(0),
        licenceURI: String::new(),
    };
    let inner = mint(&mut world, actor, alice);
    let calls = vec![
        (provenance, 0, inner),
        (licensing, 0, terms.abi_encode()),
        (router, 0, sweep(work, NATIVE).abi_encode()),
        (router, 0, claim(work, NATIVE, 0).abi_encode()),
    ];
    world.plan(actor, calls);
    let done = world.act(bob, router, claim(work, NATIVE, 0)).done();
    assert_eq!(done.answer(), U256::from(100));
    let answers = [work + 1, 1, 40, 40].map(|number| (true, number.abi_encode()));
    assert_eq!(world.results(actor), answers);
    assert_eq!(world.balance(actor, NATIVE), 140);
    assert_eq!(world.balance(router, NATIVE), 0);
}
