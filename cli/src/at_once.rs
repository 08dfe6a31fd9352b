//! Work on many things at once.

use anyhow::Result;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Tells what is made of each item, in the order of the items and as soon as that is known, while the machine's other cores make
/// the next. Ends early where telling fails.
///
/// # Errors
/// Those of telling.
pub(crate) fn in_order<T: Sync, M: Send>(
    items: &[T],
    make: impl Fn(&T) -> M + Sync,
    mut tell: impl FnMut(M) -> Result<()>,
) -> Result<()> {
    let next = AtomicUsize::new(0);
    let (made, told) = mpsc::channel();
    let work = |made: mpsc::Sender<(usize, M)>| {
        while let at = next.fetch_add(1, Ordering::Relaxed)
            && let Some(item) = items.get(at)
            && made.send((at, make(item))).is_ok()
        {}
    };
    thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        for _ in 0..cores.min(items.len()) {
            let (work, made) = (&work, made.clone());
            scope.spawn(move || work(made));
        }
        drop(made);
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        for (at, of_item) in told {
            waiting.insert(at, of_item);
            while let Some(of_item) = waiting.remove(&due) {
                tell(of_item)?;
                due += 1;
            }
        }
        Ok(())
    })
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
