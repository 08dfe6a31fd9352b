//! One thing through time.

/// What a thing was at each revision that changed it; before the first it is the default, which is to say nothing.
///
/// The latest stands inline, since it is what is mostly asked for and mostly all there is.
#[derive(Clone, Debug, Default)]
pub(super) struct History<T> {
    last: (u64, T),
    before: Vec<(u64, T)>,
}

impl<T: Copy + Default + PartialEq> History<T> {
    /// What it is now.
    pub(super) fn now(&self) -> T {
        self.last.1
    }

    /// What it was at a revision.
    pub(super) fn at(&self, revision: u64) -> T {
        if self.last.0 <= revision {
            return self.last.1;
        }
        let until = self.before.partition_point(|(from, _)| *from <= revision);
        match until.checked_sub(1).and_then(|at| self.before.get(at)) {
            Some((_, value)) => *value,
            None => T::default(),
        }
    }

    /// Sets what it is from a revision on, which is later than all before. Returns whether that is something else.
    pub(super) fn set(&mut self, revision: u64, value: T) -> bool {
        if self.last.1 == value {
            return false;
        }
        let first = self.before.is_empty() && self.last.1 == T::default();
        if !first {
            self.before.push(self.last);
        }
        self.last = (revision, value);
        true
    }

    /// Forgets what a revision set, which is the last that set anything.
    pub(super) fn undo(&mut self, revision: u64) {
        if self.last.0 == revision {
            self.last = self.before.pop().unwrap_or_default();
        }
    }

    /// Whether it never was anything.
    pub(super) fn is_nothing(&self) -> bool {
        self.before.is_empty() && self.last.1 == T::default()
    }
}
