//! ArbSys: where on which chain a contract runs (`precompiles/ArbSys.go`).

use super::abi::ArbSys::{self, ArbSysCalls};
use super::call::{Call, Failure, Purity};
use alloy_primitives::{Address, U256, address};
use alloy_sol_types::{SolCall, SolInterface};
use revm::context_interface::{Cfg, ContextTr, JournalTr};

/// Nitro's ArbOS versions began at 56 in the count of the chain before it.
const VERSION_OFFSET: u64 = 55;
/// Blocks whose hashes are known.
const RECENT: u64 = 256;
/// What a contract's address on the parent chain is shifted by (`arbos/util/util.go`).
const ALIAS: Address = address!("1111000000000000000000000000000000001111");

pub(super) fn purity(selector: [u8; 4]) -> Option<Purity> {
    match selector {
        ArbSys::mapL1SenderContractAddressToL2AliasCall::SELECTOR => Some(Purity::Pure),
        ArbSys::withdrawEthCall::SELECTOR | ArbSys::sendTxToL1Call::SELECTOR => {
            Some(Purity::Payable)
        }
        other if ArbSysCalls::valid_selector(other) => Some(Purity::View),
        _ => None,
    }
}

pub(super) fn run(call: &mut Call<'_>, input: &[u8]) -> Result<Vec<u8>, Failure> {
    let unsupported = |name: &str| Err(Failure::Unsupported(format!("ArbSys.{name}")));
    let number = call.context.chain.blocks.number;
    Ok(
        match ArbSysCalls::abi_decode(input).map_err(|_| Failure::Burnt)? {
            ArbSysCalls::arbBlockNumber(_) => {
                ArbSys::arbBlockNumberCall::abi_encode_returns(&U256::from(number))
            }
            ArbSysCalls::arbBlockHash(asked) => {
                let hash = u64::try_from(asked.arbBlockNum)
                    .ok()
                    .filter(|&asked| asked < number && asked + RECENT >= number)
                    .and_then(|asked| call.context.db_mut().chain_block_hash(asked))
                    .ok_or_else(|| {
                        Failure::error(&ArbSys::InvalidBlockNumber {
                            requested: asked.arbBlockNum,
                            current: U256::from(number),
                        })
                    })?;
                ArbSys::arbBlockHashCall::abi_encode_returns(&hash)
            }
            ArbSysCalls::arbChainID(_) => ArbSys::arbChainIDCall::abi_encode_returns(&U256::from(
                call.context.cfg().chain_id(),
            )),
            ArbSysCalls::arbOSVersion(_) => ArbSys::arbOSVersionCall::abi_encode_returns(
                &U256::from(VERSION_OFFSET + call.arbos.number()),
            ),
            ArbSysCalls::getStorageGasAvailable(_) => {
                ArbSys::getStorageGasAvailableCall::abi_encode_returns(&U256::ZERO)
            }
            ArbSysCalls::isTopLevelCall(_) => ArbSys::isTopLevelCallCall::abi_encode_returns(
                &(call.context.journal().depth() <= 2),
            ),
            ArbSysCalls::mapL1SenderContractAddressToL2Alias(given) => {
                ArbSys::mapL1SenderContractAddressToL2AliasCall::abi_encode_returns(&alias(
                    given.sender,
                ))
            }
            // only messages from the parent chain are aliased, and this chain has none
            ArbSysCalls::wasMyCallersAddressAliased(_) => {
                ArbSys::wasMyCallersAddressAliasedCall::abi_encode_returns(&false)
            }
            ArbSysCalls::myCallersAddressWithoutAliasing(_) => {
                return unsupported("myCallersAddressWithoutAliasing");
            }
            ArbSysCalls::withdrawEth(_) => return unsupported("withdrawEth"),
            ArbSysCalls::sendTxToL1(_) => return unsupported("sendTxToL1"),
            ArbSysCalls::sendMerkleTreeState(_) => return unsupported("sendMerkleTreeState"),
        },
    )
}

fn alias(sender: Address) -> Address {
    let number = |bytes: &[u8]| U256::from_be_slice(bytes);
    let sum = number(sender.as_slice()).wrapping_add(number(ALIAS.as_slice()));
    Address::from_slice(&sum.to_be_bytes::<32>()[12..])
}
