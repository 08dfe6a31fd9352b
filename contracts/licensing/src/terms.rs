//! Setting terms, and reading them.

use crate::entry::Entry;
use crate::licensor;
use crate::ILicensing::{
    CarryNotOffered, ExpiryWithoutExpires, FeeNotOffered, LicenceURITooLong, MinShareTooLarge,
    TermsSet, UnknownMode,
};
use alloy_sol_types::{SolError, SolEvent};
use logic::bps::Bps;
use logic::children::Children;
use logic::terms::{Mode, Terms, MAX_LICENCE_URI};
use shell::{log, word, Address, Answer, Malformed, Reader, Revert, Word, Writer};

/// The `Terms` of the interface, whose bits are clean but whose values may be any.
struct Asked {
    mode: u8,
    min_share: u16,
    carry: bool,
    expires: bool,
    expiry: u64,
    children: u32,
    fee: u128,
    asset: Address,
    licence_hash: Word,
}

impl Asked {
    fn read(arguments: &mut Reader) -> Result<Self, Malformed> {
        Ok(Self {
            mode: arguments.u8()?,
            min_share: arguments.u16()?,
            carry: arguments.boolean()?,
            expires: arguments.boolean()?,
            expiry: arguments.u64()?,
            children: arguments.u32()?,
            fee: arguments.u128()?,
            asset: arguments.address()?,
            licence_hash: *arguments.word()?,
        })
    }

    /// Mode and least share, where everything asked is offered.
    fn check(&self) -> Result<(Mode, Bps), Revert> {
        let mode = Mode::from_code(self.mode).ok_or_else(|| {
            Revert::new(UnknownMode::SELECTOR, &[word::from_u64(self.mode.into())])
        })?;
        let min_share = Bps::new(self.min_share).ok_or_else(|| {
            too_large(
                MinShareTooLarge::SELECTOR,
                self.min_share.into(),
                Bps::WHOLE.get().into(),
            )
        })?;
        if !self.expires && self.expiry != 0 {
            return Err(Revert::new(
                ExpiryWithoutExpires::SELECTOR,
                &[word::from_u64(self.expiry)],
            ));
        }
        if self.carry {
            return Err(Revert::new(CarryNotOffered::SELECTOR, &[]));
        }
        if self.fee != 0 || !self.asset.is_zero() {
            return Err(Revert::new(
                FeeNotOffered::SELECTOR,
                &[word::from_u128(self.fee), word::from_address(self.asset)],
            ));
        }
        Ok((mode, min_share))
    }
}

fn too_large(selector: [u8; 4], got: u64, max: u64) -> Revert {
    Revert::new(selector, &[word::from_u64(got), word::from_u64(max)])
}

/// Appends the nine words of the interface's `Terms`; carry, fee and asset are what everything stored has of them.
fn append(writer: Writer, terms: &Terms, children: u32, licence_hash: &Word) -> Writer {
    writer
        .u64(terms.mode as u64)
        .u64(terms.min_share.get().into())
        .boolean(false)
        .boolean(terms.expires)
        .u64(terms.expiry)
        .u64(children.into())
        .u128(0)
        .address(Address::ZERO)
        .word(licence_hash)
}

pub(crate) fn set_terms(mut arguments: Reader) -> Answer {
    let entry = Entry::read(&mut arguments)?;
    let asked = Asked::read(&mut arguments)?;
    let licence_uri = arguments.bytes()?;
    let (mode, min_share) = asked.check()?;
    if licence_uri.len() > MAX_LICENCE_URI {
        return Err(too_large(
            LicenceURITooLong::SELECTOR,
            licence_uri.len() as u64,
            MAX_LICENCE_URI as u64,
        ));
    }
    let before = entry.terms();
    licensor::only(&entry, &before)?;
    let after = Terms {
        mode,
        expires: asked.expires,
        handed_over: before.handed_over,
        licensed: !word::is_zero(&asked.licence_hash),
        limited: asked.children != 0,
        min_share,
        version: entry.next_version(&before)?,
        expiry: asked.expiry,
    };
    entry.set_terms(after);
    if before.licensed || after.licensed {
        entry.set_licence_hash(&asked.licence_hash);
    }
    if before.limited || after.limited {
        entry.set_children(match after.limited {
            true => Children {
                most: asked.children,
                version: after.version,
                admitted: 0,
            },
            false => Children::default(),
        });
    }
    log_terms(&entry, &after, &asked, licence_uri);
    Ok(Writer::new(1).u64(after.version.into()).done())
}

fn log_terms(entry: &Entry, terms: &Terms, asked: &Asked, licence_uri: &[u8]) {
    const HEAD: u64 = 11 * 32; // version, nine words of terms, the offset of the address
    let words = 12usize.wrapping_add(licence_uri.len().div_ceil(32)); // the address is bounded
    let data = append(
        Writer::new(words).u64(terms.version.into()),
        terms,
        asked.children,
        &asked.licence_hash,
    )
    .u64(HEAD)
    .bytes(licence_uri);
    log::emit(
        &[
            *TermsSet::SIGNATURE_HASH,
            word::from_address(entry.router),
            word::from_u64(entry.work),
        ],
        data.as_slice(),
    );
}

pub(crate) fn terms_of(mut arguments: Reader) -> Answer {
    let entry = Entry::read(&mut arguments)?;
    let terms = entry.terms();
    let licence_hash = match terms.licensed {
        true => entry.licence_hash(),
        false => word::ZERO,
    };
    let children = match terms.limited {
        true => entry.children().most,
        false => 0,
    };
    Ok(append(Writer::new(10), &terms, children, &licence_hash)
        .u64(terms.version.into())
        .done())
}

pub(crate) fn children_of(mut arguments: Reader) -> Answer {
    let entry = Entry::read(&mut arguments)?;
    let terms = entry.terms();
    let admitted = match terms.limited {
        true => entry.children().admitted_under(terms.version),
        false => 0,
    };
    Ok(Writer::new(1).u64(admitted.into()).done())
}
