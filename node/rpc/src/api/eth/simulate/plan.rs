//! Which blocks are tried: those that were asked for, and the empty ones between them.

use super::{BlockCalls, MOST_BLOCKS, too_many};
use crate::convert::{CallRequest, StateOverrides};
use crate::error::Error;
use stylus_chain::chain::SupposedBlock;

/// Seconds from a block to the next, if nothing else is said.
const SECONDS: u64 = 12;

/// A block to try.
#[derive(Debug, Default)]
pub(super) struct Planned {
    /// What it is to be: number and time are always said.
    pub(super) block: SupposedBlock,
    pub(super) accounts: Option<StateOverrides>,
    pub(super) calls: Vec<CallRequest>,
}

/// Puts blocks in a row after a block of this number and time.
pub(super) fn plan(asked: Vec<BlockCalls>, base: u64, time: u64) -> Result<Vec<Planned>, Error> {
    let (mut number, mut time) = (base, time);
    let mut planned = Vec::new();
    for BlockCalls {
        block_overrides,
        state_overrides,
        calls,
    } in asked
    {
        let supposed = block_overrides.unwrap_or_default().supposed();
        let wanted = supposed.number.unwrap_or(number.saturating_add(1));
        if wanted <= number {
            let words = format!("block numbers must be in order: {wanted} <= {number}");
            return Err(Error::new(-38020, words));
        }
        if wanted - base > MOST_BLOCKS {
            return Err(too_many());
        }
        for number in number + 1..wanted {
            time = time.saturating_add(SECONDS);
            planned.push(Planned {
                block: SupposedBlock {
                    number: Some(number),
                    timestamp: Some(time),
                    ..SupposedBlock::default()
                },
                ..Planned::default()
            });
        }
        number = wanted;
        let at = supposed.timestamp.unwrap_or(time.saturating_add(SECONDS));
        if at <= time {
            let words = format!("block timestamps must be in order: {at} <= {time}");
            return Err(Error::new(-38021, words));
        }
        time = at;
        planned.push(Planned {
            block: SupposedBlock {
                number: Some(number),
                timestamp: Some(time),
                ..supposed
            },
            accounts: state_overrides,
            calls,
        });
    }
    Ok(planned)
}
