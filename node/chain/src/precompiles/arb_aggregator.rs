//! ArbAggregator: who posts batches to the parent chain, and who is paid for it (`precompiles/ArbAggregator.go`,
//! `arbos/l1pricing/batchPoster.go`).

use super::call::{Call, Failure};
use super::method::{Method, method};
use super::sets::{self, address};
use crate::arbos::layout;
use crate::arbos::space::Space;
use crate::config::SEQUENCER;
use alloy_primitives::{Address, U256};
use alloy_sol_types::sol;

sol! {
    interface ArbAggregator {
        function addBatchPoster(address newBatchPoster) external;
        function getBatchPosters() external view returns (address[] memory);
        function getDefaultAggregator() external view returns (address);
        function getFeeCollector(address batchPoster) external view returns (address);
        function getPreferredAggregator(address addr) external view returns (address, bool);
        function getTxBaseFee(address aggregator) external view returns (uint256);
        function setFeeCollector(address batchPoster, address newFeeCollector) external;
        function setTxBaseFee(address aggregator, uint256 feeInL1Gas) external;
    }
}

pub(super) const METHODS: &[Method] = &[
    method!(
        does,
        Write,
        Stylus,
        ArbAggregator::addBatchPosterCall,
        |call, asked| { add(call, asked.newBatchPoster) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbAggregator::getBatchPostersCall,
        |call, _| { sets::members(call, &layout::batch_posters()) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbAggregator::getDefaultAggregatorCall,
        |_, _| { Ok(SEQUENCER) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbAggregator::getFeeCollectorCall,
        |call, asked| {
            let poster = poster(call, asked.batchPoster)?;
            call.read(poster.slot_at(layout::POSTER_PAID)).map(address)
        }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbAggregator::getPreferredAggregatorCall,
        |_, _| { Ok((SEQUENCER, true).into()) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbAggregator::getTxBaseFeeCall,
        |_, _| Ok(U256::ZERO)
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbAggregator::setFeeCollectorCall,
        |call, asked| { set_collector(call, asked.batchPoster, asked.newFeeCollector) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbAggregator::setTxBaseFeeCall,
        |_, _| Ok(())
    ),
];

/// The space of one who posts batches.
fn poster(call: &mut Call<'_>, account: Address) -> Result<Space, Failure> {
    if !sets::is_member(call, &layout::batch_posters(), account)? {
        return Err(Failure::Plain);
    }
    Ok(layout::batch_poster(account))
}

fn add(call: &mut Call<'_>, account: Address) -> Result<(), Failure> {
    let caller = call.caller;
    if !sets::is_member(call, &layout::chain_owners(), caller)? {
        return Err(Failure::Plain);
    }
    let set = layout::batch_posters();
    if sets::is_member(call, &set, account)? {
        return Ok(());
    }
    // Nitro looks again before it adds
    let member = layout::by_address(&set).slot(account.into_word());
    call.burn_read(member)?;
    let poster = layout::batch_poster(account);
    call.write(poster.slot_at(layout::POSTER_DUE), U256::ZERO)?;
    call.write(
        poster.slot_at(layout::POSTER_PAID),
        account.into_word().into(),
    )?;
    sets::add(call, &set, account)
}

/// Who is paid may be changed by the poster, by who is paid, or by an owner of the chain.
fn set_collector(call: &mut Call<'_>, account: Address, to: Address) -> Result<(), Failure> {
    let poster = poster(call, account)?;
    let paid = address(call.read(poster.slot_at(layout::POSTER_PAID))?);
    let caller = call.caller;
    if caller != account
        && caller != paid
        && !sets::is_member(call, &layout::chain_owners(), caller)?
    {
        return Err(Failure::Plain);
    }
    call.write(poster.slot_at(layout::POSTER_PAID), to.into_word().into())
}
