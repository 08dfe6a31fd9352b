//! A copy that is as long as the file, with some of its bytes overwritten: where other parts of a file tell the places of bytes in it,
//! no byte may move.

use super::Uncleanable;
use super::plan::Plan;
use super::walk::Walk;

/// What is written over a file, at which place.
#[derive(Default)]
pub(super) struct Over(Vec<(u64, What)>);

enum What {
    Fill(u8, u64),
    Bytes(Vec<u8>),
}

impl What {
    fn length(&self) -> u64 {
        match self {
            Self::Fill(_, length) => *length,
            Self::Bytes(bytes) => bytes.len() as u64,
        }
    }
}

/// Most places that are overwritten.
const MOST: usize = 200_000;
/// Bytes that are looked at in one go.
const PIECE: u64 = 1 << 16;

impl Over {
    /// Zeros between two places.
    pub(super) fn zeros(&mut self, from: u64, to: u64) -> Result<(), Uncleanable> {
        self.add(from, What::Fill(0, to.saturating_sub(from)))
    }

    /// Zeros up to a place, where they do not stand there already: what fills up may stand behind every frame of a film. Whether
    /// something else stood there.
    pub(super) fn blank(&mut self, walk: &mut Walk, to: u64) -> Result<bool, Uncleanable> {
        let from = walk.at;
        while walk.at < to {
            let piece = walk.vec((to - walk.at).min(PIECE))?;
            if piece.iter().any(|byte| *byte != 0) {
                self.zeros(from, to)?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The same byte between two places.
    pub(super) fn fill(&mut self, byte: u8, from: u64, to: u64) -> Result<(), Uncleanable> {
        self.add(from, What::Fill(byte, to.saturating_sub(from)))
    }

    /// These bytes at a place.
    pub(super) fn put(&mut self, at: u64, bytes: impl Into<Vec<u8>>) -> Result<(), Uncleanable> {
        self.add(at, What::Bytes(bytes.into()))
    }

    fn add(&mut self, at: u64, what: What) -> Result<(), Uncleanable> {
        if self.0.len() == MOST {
            return Err(Uncleanable::Broken(format!(
                "more than {MOST} places of it tell something"
            )));
        }
        if what.length() > 0 {
            self.0.push((at, what));
        }
        Ok(())
    }

    /// Plans the file up to `end`.
    pub(super) fn finish(mut self, end: u64, plan: &mut Plan) -> Result<(), Uncleanable> {
        self.0.sort_by_key(|(at, _)| *at);
        let mut from = 0;
        for (at, what) in self.0 {
            let to = at + what.length();
            if at < from || to > end {
                return Err(Uncleanable::Broken(format!(
                    "two parts of it share byte {at}"
                )));
            }
            plan.keep(from, at)?;
            match what {
                What::Fill(byte, length) => plan.fill_up(byte, length)?,
                What::Bytes(bytes) => plan.put(bytes)?,
            }
            from = to;
        }
        plan.keep(from, end)
    }
}
