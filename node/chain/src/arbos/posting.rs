//! What it costs to post a transaction to the parent chain (`arbos/l1pricing/l1pricing.go`).

use super::fields::{l1, root};
use super::space::{self, Journal};
use alloy_primitives::{Address, U256, address};
use brotli::enc::StandardAlloc;
use brotli::enc::encode::BrotliEncoderOperation::BROTLI_OPERATION_FINISH;
use brotli::enc::encode::BrotliEncoderParameter::{
    BROTLI_PARAM_LGWIN, BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT,
};
use brotli::enc::encode::{BrotliEncoderMaxCompressedSize, BrotliEncoderStateStruct};

/// Gas of a byte of calldata on the parent chain (EIP-2028): a unit is a gas there.
pub(crate) const GAS_PER_BYTE: u64 = 16;
/// The highest level of compression there is.
pub(crate) const MAX_LEVEL: u64 = 11;
/// The account that what is paid for posting goes to.
pub(crate) const POOL: Address = address!("a4b00000000000000000000000000000000000f6");

/// Bits of the window that compression looks back through.
const WINDOW: u32 = 22;
/// Bytes of room beyond what brotli says it needs.
const SPARE: usize = 1_024;

/// What a transaction pays for its posting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Posting {
    /// Gas on the parent chain that its bytes take once they are compressed.
    pub units: u64,
    /// Gas here that pays for it.
    pub gas: u64,
    /// The wei that this gas costs.
    pub fee: U256,
}

/// What the posting of a signed transaction costs at so many wei for one gas, and counts it as to be posted.
pub(crate) fn charge(journal: &mut Journal, signed: &[u8], gas_price: u128) -> Posting {
    let posting = price(journal, signed, gas_price);
    let since = number(journal, *l1::UNITS_SINCE_UPDATE).saturating_add(posting.units);
    space::write(journal, *l1::UNITS_SINCE_UPDATE, U256::from(since));
    posting
}

/// What the posting of a signed transaction costs at so many wei for one gas.
pub(crate) fn price(journal: &mut Journal, signed: &[u8], gas_price: u128) -> Posting {
    let level = number(journal, *root::BROTLI_LEVEL);
    let units = units(signed, level);
    let price = space::read(journal, *l1::PRICE_PER_UNIT);
    let cost = price.saturating_mul(U256::from(units));
    let gas_price = U256::from(gas_price);
    let gas = cost
        .checked_div(gas_price)
        .unwrap_or_default()
        .saturating_to::<u64>();
    Posting {
        units,
        gas,
        fee: gas_price.saturating_mul(U256::from(gas)),
    }
}

/// Gas that will pay for posting a transaction that is not signed yet, by one that is much like it, and wei for a unit of the
/// parent chain's data. It is rather too much: by 16 bytes and a hundredth, for what is not known of the bytes
/// (`arbos/l1pricing/l1pricing.go`), and by a tenth, as the price may have grown by then (`execution/nodeinterface`).
pub(crate) fn estimate(journal: &mut Journal, alike: &[u8], base_fee: u64) -> (u64, U256) {
    let level = number(journal, *root::BROTLI_LEVEL);
    let price = space::read(journal, *l1::PRICE_PER_UNIT);
    let units = U256::from(units(alike, level) + 16 * GAS_PER_BYTE);
    let units = units * U256::from(101) / U256::from(100);
    let cost = price.saturating_mul(units) / U256::from(10);
    let cost = cost.saturating_mul(U256::from(11));
    let gas = cost.checked_div(U256::from(base_fee)).unwrap_or_default();
    (gas.saturating_to(), price)
}

/// Gas on the parent chain that bytes take once they are compressed by brotli, all of them in one piece.
fn units(bytes: &[u8], level: u64) -> u64 {
    let mut encoder = BrotliEncoderStateStruct::new(StandardAlloc::default());
    let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    encoder.set_parameter(BROTLI_PARAM_QUALITY, level.min(MAX_LEVEL) as u32);
    encoder.set_parameter(BROTLI_PARAM_LGWIN, WINDOW);
    encoder.set_parameter(BROTLI_PARAM_SIZE_HINT, size);
    let mut room = vec![0; BrotliEncoderMaxCompressedSize(bytes.len()) + SPARE];
    let (mut unread, mut read, mut total) = (bytes.len(), 0, 0_u64);
    // once is enough unless brotli wants more room than it says, and then the room is used again
    loop {
        let (mut free, mut written) = (room.len(), 0);
        let done = encoder.compress_stream(
            BROTLI_OPERATION_FINISH,
            &mut unread,
            bytes,
            &mut read,
            &mut free,
            &mut room,
            &mut written,
            &mut None,
            &mut |_, _, _, _| (),
        );
        total = total.saturating_add(written as u64);
        if encoder.is_finished() || !done || written == 0 {
            return total.saturating_mul(GAS_PER_BYTE);
        }
    }
}

fn number(journal: &mut Journal, slot: U256) -> u64 {
    space::read(journal, slot).saturating_to()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloy_primitives::hex;
    use std::iter;

    /// What can hardly be compressed takes hardly more than its bytes, and what can takes hardly any, at every level.
    #[test]
    fn units_of_any_bytes_are_counted_at_every_level() {
        let mut state = 1_u64;
        let noise: Vec<u8> = iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as u8
        })
        .take(95_000)
        .collect();
        for level in 0..=MAX_LEVEL {
            for size in [0, 1, 2, 3, 5, 100, 1_000, 16_383, 16_384, 65_537, 95_000] {
                let bytes = units(&noise[..size], level) / GAS_PER_BYTE;
                assert!(
                    bytes >= size as u64 && bytes < size as u64 + 100,
                    "level {level}: {size} as {bytes}"
                );
                let mut copies = noise[..size.min(40)].repeat(size.div_ceil(40));
                copies.truncate(size);
                let bytes = units(&copies, level) / GAS_PER_BYTE;
                assert!(
                    bytes > 0 && bytes < 600,
                    "level {level}: copies of {size} as {bytes}"
                );
            }
        }
    }

    /// Signed transactions of scenarios, with the units that Nitro counted for them at level 1.
    #[test]
    fn units_are_nitros() {
        let transfer = hex!(
            "02f86c83064aba2880843b9aca008307a120942d35f556a6caf4e345ff277a9798cfffe51a15ab80820102c080a0702f"
            "2a68276e48ea26d969b8eaa4d69377240566b258a58fb99882641eabf70aa06f59eca50ec24f27869dbf239f7c9d6b21"
            "18c35bf32133e986ec0fd9fa878030"
        );
        let creation = [
            &hex!("02f9606383064aba0980843b9aca008401312d008080b9600a61600080600a5f395ff3")[..],
            &[0; 24_576],
            &hex!(
                "c001a01df59d7d6b2af89b87cd4739a05a835481996e0a98607d40ec8f974fc276aef7a06bd497595fa1e5883b96e5"
                "ec454e51b6d115135f601a670191c13b39001d6860"
            ),
        ];
        assert_eq!(units(&transfer, 1), 1_840);
        assert_eq!(units(&creation.concat(), 1), 2_912);
    }
}
