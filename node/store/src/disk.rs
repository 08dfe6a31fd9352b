//! The store itself.

use crate::error::{OpenError, damaged, failed, guarded};
use crate::folder::Folder;
use crate::keys;
use crate::read::{self, Blocks as _};
use crate::tables::{
    ACCOUNTS, ACCOUNTS_AT, BLOCKS, CODES, CONFIG, FIRST_KEPT, FORM, HASHES, NUMBERS, REVISION,
    SETTINGS, SLOTS, SLOTS_AT, TRANSACTIONS, WRITTEN,
};
use crate::view::Shown;
use crate::write::Writing;
use alloy_primitives::{Address, B256, Bloom, U256};
use redb::{Database, ReadOnlyTable, ReadTransaction, ReadableDatabase, ReadableTable};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use stylus_chain::Config;
use stylus_chain::block::Block;
use stylus_chain::store::{
    Account, At, Changes, Memory, Revision, Store, StoreError, View, Whole, Writes,
};

/// The form that this version writes.
const KNOWN: u32 = 1;
/// Bytes of the database that are kept in memory at most, for whoever reads them again.
const CACHE: usize = 64 << 20;

/// A chain in a folder.
pub struct Disk {
    database: Database,
    folder: Folder,
    revision: u64,
}

impl fmt::Debug for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Disk")
            .field("folder", &self.folder.path())
            .field("revision", &self.revision)
            .finish_non_exhaustive()
    }
}

impl Disk {
    /// Opens a folder, and makes it if there is none. One process at a time may have it.
    ///
    /// # Errors
    /// An [`OpenError`] if another process has it, a later version wrote it, it is damaged, or the disk refuses.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let folder = Folder::take(folder)?;
        let path = folder.database();
        let opened = guarded(|| Ok(Database::builder().set_cache_size(CACHE).create(&path)));
        let database = opened?.map_err(|cause| OpenError::Damaged {
            path,
            cause: cause.into(),
        })?;
        let mut disk = Self {
            database,
            folder,
            revision: 0,
        };
        let form = guarded(|| disk.number(FORM))?;
        match u32::try_from(form.unwrap_or(KNOWN.into())) {
            Ok(KNOWN) => {}
            got => {
                return Err(OpenError::Newer {
                    path: disk.folder.path().to_owned(),
                    got: got.unwrap_or(u32::MAX),
                    known: KNOWN,
                });
            }
        }
        if form.is_none() {
            guarded(|| disk.write(|writing| writing.number(FORM, KNOWN.into())))?;
        }
        let revision = guarded(|| disk.number(REVISION))?;
        disk.revision = revision.unwrap_or_default();
        Ok(disk)
    }

    fn reading(&self) -> Result<ReadTransaction, StoreError> {
        self.database.begin_read().map_err(failed)
    }

    /// A number that is kept by name; none also in a new file, which has no tables.
    fn number(&self, name: &str) -> Result<Option<u64>, StoreError> {
        let table = match self.reading()?.open_table(NUMBERS) {
            Ok(table) => table,
            Err(redb::TableError::TableDoesNotExist(_)) => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        let number = table.get(name).map_err(failed)?;
        Ok(number.map(|number| number.value()))
    }

    /// Writes within one transaction. When this has returned, it is on the disk.
    fn write<T>(
        &self,
        write: impl FnOnce(&mut Writing<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut transaction = self.database.begin_write().map_err(failed)?;
        // after a crash it opens at once, however long the chain is
        transaction.set_quick_repair(true);
        let written = write(&mut Writing::new(&transaction)?)?;
        transaction.commit().map_err(failed)?;
        Ok(written)
    }

    fn blocks(&self) -> Result<ReadOnlyTable<u64, (u64, &'static [u8])>, StoreError> {
        self.reading()?.open_table(BLOCKS).map_err(failed)
    }

    fn first_kept(&self) -> Result<u64, StoreError> {
        Ok(self.number(FIRST_KEPT)?.unwrap_or_default())
    }

    fn view(&self, revision: Revision) -> Result<Arc<dyn View>, StoreError> {
        let is_last = revision == self.revision();
        Ok(Arc::new(Shown::new(&self.reading()?, revision, is_last)?))
    }

    fn changed(&self, between: (Revision, Revision)) -> Result<Changes, StoreError> {
        let reading = self.reading()?;
        let written = reading.open_table(WRITTEN).map_err(failed)?;
        let accounts = reading.open_table(ACCOUNTS_AT).map_err(failed)?;
        let slots = reading.open_table(SLOTS_AT).map_err(failed)?;
        read::changes(&written, &accounts, &slots, between)
    }
}

impl Store for Disk {
    fn head(&self) -> Result<Arc<dyn View>, StoreError> {
        guarded(|| self.view(self.revision()))
    }

    fn at(&self, block: u64) -> Result<Arc<dyn View>, StoreError> {
        guarded(|| self.view(self.revision_after(block)?))
    }

    fn before(&self, block: u64) -> Result<Arc<dyn View>, StoreError> {
        guarded(|| {
            let sealed = self.revision_after(block)?;
            let first = self.first_kept()?;
            if block <= first {
                return Err(StoreError::NotKept { block, first });
            }
            self.view(Revision(sealed.0.saturating_sub(1)))
        })
    }

    fn revision(&self) -> Revision {
        Revision(self.revision)
    }

    fn revision_after(&self, block: u64) -> Result<Revision, StoreError> {
        guarded(|| self.blocks()?.sealed(block, self.first_kept()?))
    }

    fn commit(&mut self, writes: Writes, block: Option<Arc<Block>>) -> Result<(), StoreError> {
        guarded(|| {
            let revision = self.revision + 1;
            self.write(|writing| writing.commit(revision, writes, block.as_deref()))?;
            self.revision = revision;
            Ok(())
        })
    }

    fn roll_back(&mut self, to: Revision) -> Result<Vec<Arc<Block>>, StoreError> {
        guarded(|| {
            if to.0 >= self.revision {
                return Ok(Vec::new());
            }
            let gone = self.write(|writing| writing.roll_back(self.revision, to.0))?;
            self.revision = to.0;
            Ok(gone)
        })
    }

    fn changes(&self, block: u64) -> Result<Changes, StoreError> {
        guarded(|| {
            let after = self.revision_after(block)?;
            let before = match block.checked_sub(1) {
                None => Revision(0),
                Some(parent) => self.revision_after(parent)?,
            };
            self.changed((before, after))
        })
    }

    fn pending(&self) -> Result<Changes, StoreError> {
        guarded(|| {
            let sealed = match self.last_block()? {
                Some(last) => self.revision_after(last)?,
                None => Revision(0),
            };
            self.changed((sealed, self.revision()))
        })
    }

    fn walk(&self, show: &mut dyn FnMut(Whole)) -> Result<(), StoreError> {
        guarded(|| {
            let reading = self.reading()?;
            let mut accounts: BTreeMap<Address, Account> = BTreeMap::new();
            let kept = reading.open_table(ACCOUNTS).map_err(failed)?;
            for entry in kept.iter().map_err(failed)? {
                let (address, account) = entry.map_err(failed)?;
                let account = keys::account(account.value());
                accounts.insert(Address::new(*address.value()), account);
            }
            let slots = reading.open_table(SLOTS).map_err(failed)?;
            let mut whole: Option<Whole> = None;
            for entry in slots.iter().map_err(failed)? {
                let (key, value) = entry.map_err(failed)?;
                let (address, slot) = keys::of_slot(key.value());
                let value = U256::from_be_bytes(*value.value());
                match &mut whole {
                    Some(whole) if whole.address == address => whole.slots.push((slot, value)),
                    other => {
                        let next = Whole {
                            address,
                            account: accounts.remove(&address).unwrap_or_default(),
                            slots: vec![(slot, value)],
                        };
                        other.replace(next).into_iter().for_each(&mut *show);
                    }
                }
            }
            whole.into_iter().for_each(&mut *show);
            for (address, account) in accounts {
                let slots = Vec::new();
                show(Whole {
                    address,
                    account,
                    slots,
                });
            }
            Ok(())
        })
    }

    fn restart(&mut self, from: Memory, config: &Config) -> Result<(), StoreError> {
        guarded(|| {
            let mut transaction = self.database.begin_write().map_err(failed)?;
            transaction.set_quick_repair(true);
            let deleted = [
                transaction.delete_table(ACCOUNTS),
                transaction.delete_table(SLOTS),
                transaction.delete_table(ACCOUNTS_AT),
                transaction.delete_table(SLOTS_AT),
                transaction.delete_table(CODES),
                transaction.delete_table(WRITTEN),
                transaction.delete_table(BLOCKS),
                transaction.delete_table(HASHES),
                transaction.delete_table(TRANSACTIONS),
                transaction.delete_table(SETTINGS),
            ];
            for deleted in deleted {
                deleted.map_err(failed)?;
            }
            let mut revision = 0;
            let mut writing = Writing::new(&transaction)?;
            let first_kept = from.first_kept();
            writing.begin(config, first_kept)?;
            for number in 0..first_kept {
                let block = from.block(number);
                let block = block.ok_or_else(|| damaged("a block is not there"))?;
                writing.seal(0, &block)?;
            }
            for (writes, block) in from.commits() {
                revision += 1;
                writing.commit(revision, writes, block.as_deref())?;
            }
            drop(writing);
            transaction.commit().map_err(failed)?;
            self.revision = revision;
            Ok(())
        })
    }

    fn config(&self) -> Result<Option<Config>, StoreError> {
        guarded(|| {
            let settings = self.reading()?.open_table(SETTINGS).map_err(failed)?;
            let Some(record) = settings.get(CONFIG).map_err(failed)? else {
                return Ok(None);
            };
            let config = Config::of_record(record.value());
            config.map(Some).map_err(damaged)
        })
    }

    fn last_block(&self) -> Result<Option<u64>, StoreError> {
        guarded(|| self.blocks()?.last_number())
    }

    fn block(&self, number: u64) -> Result<Option<Arc<Block>>, StoreError> {
        guarded(|| self.blocks()?.block(number))
    }

    fn block_number(&self, hash: B256) -> Result<Option<u64>, StoreError> {
        guarded(|| {
            let hashes = self.reading()?.open_table(HASHES).map_err(failed)?;
            let number = hashes.get(&hash.0).map_err(failed)?;
            Ok(number.map(|number| number.value()))
        })
    }

    fn transaction(&self, hash: B256) -> Result<Option<At>, StoreError> {
        guarded(|| {
            let transactions = self.reading()?.open_table(TRANSACTIONS).map_err(failed)?;
            let places = transactions.get(&hash.0).map_err(failed)?;
            match places {
                Some(places) => keys::last_place(places.value()),
                None => Ok(None),
            }
        })
    }

    fn bloom(&self, number: u64) -> Result<Option<Bloom>, StoreError> {
        guarded(|| self.blocks()?.bloom(number))
    }
}
