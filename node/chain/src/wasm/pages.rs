//! The price of memory pages (`arbos/programs/memory.go`).

use crate::units::Gas;

/// What a chain asks for pages, beside the part that grows with how many were ever open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PagePrices {
    /// Pages that a transaction opens for nothing.
    pub free: u16,
    /// Gas of each page beyond those.
    pub each: u16,
}

/// Pages of the programs of one transaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// Open now.
    pub open: u16,
    /// The most that were open at once.
    pub ever: u16,
}

impl Pages {
    /// Gas for opening `new` pages more.
    #[must_use]
    pub fn gas(self, new: u16, prices: PagePrices) -> Gas {
        let open = self.open.saturating_add(new);
        let ever = self.ever.max(open);
        if ever <= prices.free {
            return Gas::ZERO;
        }
        let beyond = |pages: u16| pages.saturating_sub(prices.free);
        let opened = u64::from(beyond(open).saturating_sub(beyond(self.open)));
        let linear = opened.saturating_mul(prices.each.into());
        Gas(linear) + Gas(ramp(ever).saturating_sub(ramp(self.ever)))
    }

    /// Opens pages.
    pub fn open(&mut self, new: u16) {
        self.open = self.open.saturating_add(new);
        self.ever = self.ever.max(self.open);
    }
}

/// What having had so many pages costs on top: about 14.5% more with each, the whole 32 million gas of a block at 128.
fn ramp(pages: u16) -> u64 {
    RAMP.get(usize::from(pages)).copied().unwrap_or(u64::MAX)
}

/// `floor(31,874,000^(n / 128))`, the last one less by one as in Nitro's own table.
#[rustfmt::skip]
const RAMP: [u64; 129] = [
    1, 1, 1, 1, 1, 1, 2, 2,
    2, 3, 3, 4, 5, 5, 6, 7,
    8, 9, 11, 12, 14, 17, 19, 22,
    25, 29, 33, 38, 43, 50, 57, 65,
    75, 85, 98, 112, 128, 147, 168, 193,
    221, 253, 289, 331, 379, 434, 497, 569,
    651, 745, 853, 976, 1_117, 1_279, 1_463, 1_675,
    1_917, 2_194, 2_511, 2_874, 3_290, 3_765, 4_309, 4_932,
    5_645, 6_461, 7_395, 8_464, 9_687, 11_087, 12_689, 14_523,
    16_621, 19_024, 21_773, 24_919, 28_521, 32_642, 37_359, 42_758,
    48_938, 56_010, 64_104, 73_368, 83_971, 96_106, 109_994, 125_890,
    144_082, 164_904, 188_735, 216_010, 247_226, 282_953, 323_844, 370_643,
    424_206, 485_509, 555_672, 635_973, 727_880, 833_067, 953_456, 1_091_243,
    1_248_941, 1_429_429, 1_636_000, 1_872_423, 2_143_012, 2_452_704, 2_807_151, 3_212_820,
    3_677_113, 4_208_502, 4_816_684, 5_512_756, 6_309_419, 7_221_210, 8_264_766, 9_459_129,
    10_826_093, 12_390_601, 14_181_199, 16_230_562, 18_576_084, 21_260_563, 24_332_984, 27_849_408,
    31_873_999,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ramp_has_the_published_values() {
        let published = [
            (5, 1),
            (8, 2),
            (11, 4),
            (18, 11),
            (29, 50),
            (36, 128),
            (51, 976),
            (68, 9_687),
            (90, 188_735),
            (128, 31_873_999),
        ];
        for (pages, gas) in published {
            assert_eq!(ramp(pages), gas, "{pages} pages");
        }
        assert_eq!(ramp(129), u64::MAX);
    }
}
