//! Edges to parents, packed three to a word.
//!
//! An edge is 80 bits: the parent's id in the upper 64, then from the top of the lower 16 `inherited`, `carry`, and 14
//! bits of share. Edge 3n + k of a work stands in bits 80k to 80k + 79 of word n; the upper 16 bits of a word are zero.

use crate::{bps::Bps, shares::MAX_PARENTS, word, work::WorkId};

const EDGE_BITS: u32 = 80;
const EDGES_A_WORD: usize = 3;
const MAX_WORDS: usize = MAX_PARENTS.div_ceil(EDGES_A_WORD);
const SHARE_MASK: u16 = 0x3fff;
const CARRY: u16 = 0x4000;
const INHERITED: u16 = 0x8000;

/// A frozen edge to a parent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edge {
    /// The parent.
    pub work: WorkId,
    /// Its share of what the child receives; zero is attribution alone.
    pub share: Bps,
    /// Made under terms that children of the child must repeat.
    pub carry: bool,
    /// Named because a parent's edge carried it.
    pub inherited: bool,
}

impl Edge {
    fn to_bits(self) -> u128 {
        let carry = if self.carry { CARRY } else { 0 };
        let inherited = if self.inherited { INHERITED } else { 0 };
        u128::from(self.work.0) << 16 | u128::from(self.share.get() | carry | inherited)
    }

    fn from_bits(bits: u128) -> Self {
        let low = bits as u16;
        Self {
            work: WorkId((bits >> 16) as u64),
            // Only whole shares are ever packed; a word that holds another is no edge word, and earns nothing.
            share: Bps::new(low & SHARE_MASK).unwrap_or(Bps::ZERO),
            carry: low & CARRY != 0,
            inherited: low & INHERITED != 0,
        }
    }
}

/// All edges of a work as its storage words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edges {
    words: [[u8; 32]; MAX_WORDS],
    count: u8,
}

impl Edges {
    /// Packs edges in order; those past the sixteenth are left out, which `shares::keep_after` refuses before.
    #[must_use]
    pub fn pack(edges: impl IntoIterator<Item = Edge>) -> Self {
        let mut packed = Self::default();
        let mut edges = edges.into_iter().take(MAX_PARENTS);
        for word in &mut packed.words {
            let (mut high, mut low) = (0, 0);
            for (place, edge) in edges.by_ref().take(EDGES_A_WORD).enumerate() {
                let bits = edge.to_bits();
                match place {
                    0 => low = bits,
                    1 => {
                        low |= bits << EDGE_BITS;
                        high = bits >> 48;
                    }
                    _ => high |= bits << 32,
                }
                // At most MAX_PARENTS of them.
                packed.count = packed.count.wrapping_add(1);
            }
            *word = word::join(high, low);
        }
        packed
    }

    /// Reads the edges of a work with `count` parents, asking `load` for its words in order.
    ///
    /// # Errors
    /// Whatever `load` fails with.
    pub fn load<E>(count: u8, mut load: impl FnMut(u8) -> Result<[u8; 32], E>) -> Result<Self, E> {
        let mut edges = Self {
            count: count.min(MAX_PARENTS as u8),
            ..Self::default()
        };
        let words = usize::from(edges.count).div_ceil(EDGES_A_WORD);
        for (index, word) in (0u8..).zip(edges.words.iter_mut().take(words)) {
            *word = load(index)?;
        }
        Ok(edges)
    }

    /// The words to store: as many as hold an edge.
    #[must_use]
    pub fn words(&self) -> &[[u8; 32]] {
        self.words
            .get(..usize::from(self.count).div_ceil(EDGES_A_WORD))
            .unwrap_or_default()
    }

    /// The number of edges.
    #[must_use]
    pub const fn count(&self) -> u8 {
        self.count
    }

    /// The edges in order.
    pub fn iter(&self) -> impl Iterator<Item = Edge> + '_ {
        (0..usize::from(self.count)).map_while(|index| {
            let (high, low) = word::halves(self.words.get(index / EDGES_A_WORD)?);
            // `from_bits` reads the lower 80 bits of what it is given.
            Some(Edge::from_bits(match index % EDGES_A_WORD {
                0 => low,
                1 => low >> EDGE_BITS | high << 48,
                _ => high >> 32,
            }))
        })
    }
}
