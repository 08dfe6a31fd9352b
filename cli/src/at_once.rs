//! Work on many things at once.

use anyhow::Result;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

/// Tells what is made of each item, in the order of the items and as soon as that is known, while the machine's other cores make
/// the next. Ends early where telling fails. Whoever has made the next one tells it: nobody sleeps until woken, which for small items
/// takes as long as making them.
///
/// # Errors
/// Those of telling.
pub(crate) fn in_order<T: Sync, M: Send>(
    items: &[T],
    make: impl Fn(&T) -> M + Sync,
    tell: impl FnMut(M) -> Result<()> + Send,
) -> Result<()> {
    let next = AtomicUsize::new(0);
    let waiting = Mutex::new(BTreeMap::new());
    let teller = Mutex::new(Teller {
        tell,
        due: 0,
        outcome: Ok(()),
    });
    let work = || {
        while let at = next.fetch_add(1, Ordering::Relaxed)
            && let Some(item) = items.get(at)
        {
            let of_item = make(item);
            held(&waiting).insert(at, of_item);
            // While another tells, it looks again for what is due before it leaves.
            while let Ok(mut teller) = teller.try_lock() {
                if !teller.all_due(&waiting) {
                    next.store(items.len(), Ordering::Relaxed);
                    break;
                }
                let due = teller.due;
                drop(teller);
                if !held(&waiting).contains_key(&due) {
                    break;
                }
            }
        }
    };
    thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        for _ in 1..cores.min(items.len()) {
            scope.spawn(work);
        }
        work();
    });
    let teller = teller.into_inner();
    teller.unwrap_or_else(PoisonError::into_inner).outcome
}

/// Tells one after the other.
struct Teller<F> {
    tell: F,
    /// The place of the next one.
    due: usize,
    outcome: Result<()>,
}

impl<F> Teller<F> {
    /// Tells those that are due; whether that went well.
    fn all_due<M>(&mut self, waiting: &Mutex<BTreeMap<usize, M>>) -> bool
    where
        F: FnMut(M) -> Result<()>,
    {
        while self.outcome.is_ok() {
            let of_item = held(waiting).remove(&self.due);
            let Some(of_item) = of_item else {
                break;
            };
            self.outcome = (self.tell)(of_item);
            self.due += 1;
        }
        self.outcome.is_ok()
    }
}

/// What a lock holds, also where another thread panicked, which ends all of them.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;
    use std::time::Duration;

    #[test]
    fn what_takes_longer_is_told_in_its_place() {
        let mut told = Vec::new();
        let items: Vec<u64> = (0..100).collect();
        let make = |item: &u64| {
            thread::sleep(Duration::from_micros(item % 7 * 300));
            *item
        };
        let tell = |item| {
            told.push(item);
            Ok(())
        };
        in_order(&items, make, tell).expect("nothing fails");
        assert_eq!(told, items);
    }

    #[test]
    fn it_ends_where_nobody_listens_any_more() {
        let made = AtomicUsize::new(0);
        let make = |_: &()| {
            made.fetch_add(1, Ordering::Relaxed);
            thread::sleep(Duration::from_millis(1));
        };
        let ended = in_order(&[(); 10_000], make, |()| bail!("no more"));
        assert!(ended.is_err());
        assert!(made.into_inner() < 1_000);
    }
}
