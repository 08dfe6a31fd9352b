//! Messages to the parent chain, whose value leaves this chain (`precompiles/ArbSys.go`).

use super::abi::ArbSys;
use super::call::{Call, Failure};
use super::sets;
use crate::arbos::fields::root;
use crate::arbos::merkle::{self, Access};
use crate::arbos::space;
use crate::telling::reads;
use crate::version::Feature;
use alloy_primitives::{Address, U256};
use revm::context_interface::{Block, ContextTr};

/// Bits of a leaf's number in the position of a node.
const LEAF_BITS: usize = 192;

/// Sends a message, and returns its number.
pub(super) fn send(
    call: &mut Call<'_>,
    destination: Address,
    data: &[u8],
) -> Result<U256, Failure> {
    let depth = call.depth();
    reads::number(call.context, depth);
    // a native token that someone may mint here may not leave
    if call.arbos.has(Feature::NativeToken)
        && !call.value.is_zero()
        && sets::size(call, &root::native_token_owners())? > 0
    {
        return Err(Failure::Plain);
    }
    let number = U256::from(call.context.chain.blocks.number);
    let l1_block = call.context.block().number();
    let timestamp = U256::from(call.now());
    let (caller, value) = (call.caller, call.value);
    let told = [
        caller.as_slice(),
        destination.as_slice(),
        &number.to_be_bytes::<32>(),
        &l1_block.to_be_bytes::<32>(),
        &timestamp.to_be_bytes::<32>(),
        &value.to_be_bytes::<32>(),
        data,
    ];
    let hash = call.hash(&told.concat())?;
    let nodes = merkle::append(call, hash)?;
    let position = merkle::size(call)? - 1;
    call.tell_transfer(call.address, Address::ZERO, value);
    if !space::burn(call.context.journal_mut(), call.address, value) {
        return Err(Failure::Plain);
    }
    for node in nodes {
        call.emit(&ArbSys::SendMerkleUpdate {
            reserved: U256::ZERO,
            hash: node.hash,
            position: (U256::from(node.level) << LEAF_BITS) + U256::from(node.leaf),
        })?;
    }
    let position = U256::from(position);
    call.emit(&ArbSys::L2ToL1Tx {
        caller,
        destination,
        hash: hash.into(),
        position,
        arbBlockNum: number,
        ethBlockNum: l1_block,
        timestamp,
        callvalue: value,
        data: data.to_vec().into(),
    })?;
    Ok(position)
}
