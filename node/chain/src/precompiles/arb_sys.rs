//! ArbSys: where on which chain a contract runs, and messages to the parent chain (`precompiles/ArbSys.go`).

use super::abi::ArbSys;
use super::call::{Call, Failure};
use super::method::{Method, method};
use super::sends;
use crate::arbos::merkle;
use alloy_primitives::{Address, B256, U256, address};
use revm::context_interface::{Cfg, ContextTr, JournalTr, Transaction};

/// Nitro's ArbOS versions began at 56 in the count of the chain before it.
const VERSION_OFFSET: u64 = 55;
/// Blocks whose hashes are known.
const RECENT: u64 = 256;
/// What a contract's address on the parent chain is shifted by (`arbos/util/util.go`).
const ALIAS: Address = address!("1111000000000000000000000000000000001111");

pub(super) const METHODS: &[Method] = &[
    method!(
        gives,
        View,
        Stylus,
        ArbSys::arbBlockNumberCall,
        |call, _| Ok(U256::from(call.context.chain.blocks.number))
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbSys::arbBlockHashCall,
        |call, asked| { block_hash(call, asked.arbBlockNum) }
    ),
    method!(gives, View, Stylus, ArbSys::arbChainIDCall, |call, _| Ok(
        U256::from(call.context.cfg().chain_id())
    )),
    method!(gives, View, Stylus, ArbSys::arbOSVersionCall, |call, _| Ok(
        U256::from(VERSION_OFFSET + call.arbos.number())
    )),
    method!(
        gives,
        View,
        Stylus,
        ArbSys::getStorageGasAvailableCall,
        |_, _| Ok(U256::ZERO)
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbSys::isTopLevelCallCall,
        |call, _| Ok(call.context.journal().depth() <= 2)
    ),
    method!(
        gives,
        Pure,
        Stylus,
        ArbSys::mapL1SenderContractAddressToL2AliasCall,
        |_, asked| { Ok(alias(asked.sender)) }
    ),
    // only messages from the parent chain are aliased, and this chain has none
    method!(
        gives,
        View,
        Stylus,
        ArbSys::wasMyCallersAddressAliasedCall,
        |_, _| Ok(false)
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbSys::myCallersAddressWithoutAliasingCall,
        |call, _| { Ok(callers_caller(call)) }
    ),
    method!(
        gives,
        Payable,
        Stylus,
        ArbSys::withdrawEthCall,
        |call, asked| { sends::send(call, asked.destination, &[]) }
    ),
    method!(
        gives,
        Payable,
        Stylus,
        ArbSys::sendTxToL1Call,
        |call, asked| { sends::send(call, asked.destination, &asked.data) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbSys::sendMerkleTreeStateCall,
        |call, _| {
            // only ArbOS itself may ask
            if !call.caller.is_zero() {
                return Err(Failure::Plain);
            }
            let (size, root, partials) = merkle::state(call)?;
            Ok((U256::from(size), root, partials).into())
        }
    ),
];

fn block_hash(call: &mut Call<'_>, asked: U256) -> Result<B256, Failure> {
    let number = call.context.chain.blocks.number;
    u64::try_from(asked)
        .ok()
        .filter(|&asked| asked < number && asked + RECENT >= number)
        .and_then(|asked| call.context.db_mut().chain_block_hash(asked))
        .ok_or_else(|| {
            Failure::error(&ArbSys::InvalidBlockNumber {
                requested: asked,
                current: U256::from(number),
            })
        })
}

/// Who called the caller; nobody, where a transaction calls ArbSys itself.
fn callers_caller(call: &Call<'_>) -> Address {
    let open = &call.context.chain.open;
    match open.len() {
        0 => Address::ZERO,
        1 => call.context.tx().caller(),
        // the last frame is the caller's
        length => open[length - 2].acting,
    }
}

fn alias(sender: Address) -> Address {
    let number = |bytes: &[u8]| U256::from_be_slice(bytes);
    let sum = number(sender.as_slice()).wrapping_add(number(ALIAS.as_slice()));
    Address::from_slice(&sum.to_be_bytes::<32>()[12..])
}
