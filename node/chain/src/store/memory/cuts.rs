//! Goings back, which part what was read before from what came after.

/// Where in the life of a store a view reads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) revision: u64,
    /// How often the store had gone back by then.
    cuts: u64,
}

/// All goings back, as far as they may matter to a view.
#[derive(Clone, Debug, Default)]
pub(super) struct Cuts {
    /// How many there have been.
    count: u64,
    /// In order, without those that a later one made meaningless by going as far back: so each of these goes further back than
    /// the one after it.
    deepest: Vec<Cut>,
}

#[derive(Clone, Copy, Debug)]
struct Cut {
    /// How many there had been before it.
    number: u64,
    /// The revision gone back to.
    to: u64,
}

impl Cuts {
    /// The place of a view that is made now.
    pub(super) fn place(&self, revision: u64) -> Place {
        Place {
            revision,
            cuts: self.count,
        }
    }

    /// Notes a going back.
    pub(super) fn add(&mut self, to: u64) {
        while self.deepest.pop_if(|cut| cut.to >= to).is_some() {}
        self.deepest.push(Cut {
            number: self.count,
            to,
        });
        self.count += 1;
    }

    /// Whether what a view reads is still there.
    pub(super) fn spare(&self, place: Place) -> bool {
        if place.cuts == self.count {
            return true;
        }
        let since = self.deepest.partition_point(|cut| cut.number < place.cuts);
        self.deepest
            .get(since)
            .is_none_or(|cut| cut.to >= place.revision)
    }
}
