//! Tips, which are paid where the chain's owner collects them (`ArbOwner.setCollectTips`, from ArbOS 60).

use crate::raw::{BOBS_KEY, CHAIN_ID, legacy, signed, transfer};
use crate::world::{ALICE, BOB, send};
use alloy_consensus::TxEip1559;
use alloy_primitives::{Address, Bytes, TxKind, U256, address, hex};
use alloy_sol_types::{SolCall, sol};
use stylus_chain::chain::header::HeaderInfo;
use stylus_chain::{Chain, Config, Transaction};

sol! {
    function setCollectTips(bool collect) external;
}

const ARB_OWNER: Address = address!("0000000000000000000000000000000000000070");
/// Who is paid for posting.
const POOL: Address = address!("a4b00000000000000000000000000000000000f6");
const NETWORK: Address = Address::repeat_byte(0x99);
/// Returns the price of gas.
const TELLER: Address = Address::repeat_byte(0x44);
const FEE: u64 = 100_000_000;

/// A chain where a unit of the parent chain's data costs six gas, or one at six times the price.
fn chain() -> Chain {
    let mut chain = Chain::new(Config {
        l1_base_fee: U256::from(6 * FEE),
        network_fee_account: NETWORK,
        ..Config::default()
    });
    chain.set_code(TELLER, hex!("3a5f5260205ff3"));
    chain
}

fn collect(chain: &mut Chain, collect: bool) {
    let input = setCollectTipsCall { collect }.abi_encode();
    send(chain, Transaction::call(ALICE, ARB_OWNER, input));
}

/// Offers ten times the base fee, and five times as a tip.
fn tipping(nonce: u64) -> Bytes {
    let call = TxEip1559 {
        chain_id: CHAIN_ID,
        to: TxKind::Call(TELLER),
        value: U256::ZERO,
        ..transfer(nonce)
    };
    signed(call, BOBS_KEY)
}

/// What sending did: gas used for computing and for posting, what Bob paid, and what the network and the pool got.
fn paid(chain: &mut Chain, raw: &[u8]) -> (u64, u64, [U256; 3]) {
    let who = [BOB, NETWORK, POOL];
    let before = who.map(|account| chain.balance(account));
    let receipt = chain.send_raw(raw).expect("it is taken");
    let after = who.map(|account| chain.balance(account));
    let price = U256::from(receipt.gas_price);
    assert!(receipt.output.is_empty() || U256::from_be_slice(&receipt.output) == price);
    let moved = [0, 1, 2].map(|at| before[at].abs_diff(after[at]));
    let computed = receipt.gas_used - receipt.gas_used_for_l1;
    (computed, receipt.gas_used_for_l1, moved)
}

/// The split is that of Nitro's pull request 4515: the tip on computing goes to the network, and gas for posting is bought
/// at the whole price.
#[test]
fn tip_goes_to_the_network_while_the_owner_collects_tips() {
    let mut chain = chain();
    let (computed, dear, [spent, network, pool]) = paid(&mut chain, &tipping(0));
    // zero calldata; the price, a push, three for memory, and the rest of the return
    assert_eq!(computed, 21_000 + 15);
    assert_eq!(network, U256::from(computed * FEE));
    assert_eq!(pool, U256::from(dear * FEE));
    assert_eq!(spent, network + pool);

    collect(&mut chain, true);
    let (computed, cheap, [spent, network, pool]) = paid(&mut chain, &tipping(1));
    assert_eq!(computed, 21_000 + 15);
    assert_eq!(cheap, dear / 6);
    assert_eq!(network, U256::from(computed * 6 * FEE));
    assert_eq!(pool, U256::from(cheap * 6 * FEE));
    assert_eq!(spent, network + pool);
    let last = chain.last();
    assert!(HeaderInfo::of(&last.header).is_some_and(|info| info.collects_tips));

    collect(&mut chain, false);
    let (computed, again, [spent, network, _]) = paid(&mut chain, &tipping(2));
    assert_eq!((computed, again), (21_000 + 15, dear));
    assert_eq!(network, U256::from(computed * FEE));
    assert_eq!(spent, U256::from((computed + again) * FEE));
}

#[test]
fn transaction_of_before_there_were_tips_gives_all_it_offers_and_an_unsigned_one_nothing() {
    let mut chain = chain();
    collect(&mut chain, true);

    let (computed, posting, [spent, ..]) =
        paid(&mut chain, &signed(legacy(0, Some(CHAIN_ID)), BOBS_KEY));
    assert_eq!(computed, 21_000);
    // to himself, and so without the wei that it sends
    assert_eq!(spent, U256::from((computed + posting) * 10 * FEE));

    let before = chain.balance(BOB);
    let unsigned = Transaction::call(BOB, TELLER, []).max_fee(u128::from(10 * FEE));
    let receipt = send(&mut chain, unsigned);
    assert_eq!(U256::from_be_slice(&receipt.output), U256::from(FEE));
    assert_eq!(before - chain.balance(BOB), U256::from(21_015 * FEE));
}

#[test]
fn flag_counts_from_the_next_transaction_on_within_its_block() {
    let mut chain = chain();
    let owner = crate::raw::ALICES_KEY;
    let collect = TxEip1559 {
        to: TxKind::Call(ARB_OWNER),
        value: U256::ZERO,
        input: setCollectTipsCall { collect: true }.abi_encode().into(),
        ..transfer(0)
    };
    let transactions = [tipping(0), signed(collect, owner), tipping(1)];
    let transactions = transactions.map(|raw| {
        stylus_chain::chain::SignedTransaction::decode(&raw).expect("a signed transaction")
    });

    let taken = chain.send_signed(&transactions).expect("they can be run");

    let prices: Vec<_> = taken
        .into_iter()
        .map(|taken| taken.map(|executed| executed.gas_price))
        .collect();
    let fee = u128::from(FEE);
    assert_eq!(prices, [Ok(fee), Ok(fee), Ok(6 * fee)]);
}
