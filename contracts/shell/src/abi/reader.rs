//! Calldata in: every word is checked for dirty bits, every offset and length for bounds.

use crate::word::{self, Word};
use alloy_primitives::{Address, U256};

const WORD: usize = 32;

/// Calldata that is out of bounds or has dirty bits; holds the byte of calldata where reading stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed(pub usize);

/// Reads the head of an argument list or of a tuple, word after word.
///
/// Bytes past the end of what is read are ignored, tails need no padding, offsets may alias. A length is compared with
/// what is left of the calldata before anything is multiplied or allocated.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    calldata: &'a [u8],
    base: usize,
    at: usize,
}

impl<'a> Reader<'a> {
    /// The arguments behind the selector of whole calldata.
    #[must_use]
    pub fn arguments(calldata: &'a [u8]) -> Self {
        Self {
            calldata,
            base: 4,
            at: 4,
        }
    }

    /// What lies behind a program's return data, which has no selector.
    #[must_use]
    pub fn returned(data: &'a [u8]) -> Self {
        Self {
            calldata: data,
            base: 0,
            at: 0,
        }
    }

    /// The next word as it stands.
    ///
    /// # Errors
    /// [`Malformed`] past the end of the calldata.
    pub fn word(&mut self) -> Result<&'a Word, Malformed> {
        let word = self
            .calldata
            .get(self.at..)
            .and_then(<[u8]>::first_chunk::<WORD>)
            .ok_or(Malformed(self.at))?;
        self.at = self.at.wrapping_add(WORD); // inside the calldata, so inside usize
        Ok(word)
    }

    fn checked<T>(&mut self, read: impl Fn(&Word) -> Option<T>) -> Result<T, Malformed> {
        let at = self.at;
        read(self.word()?).ok_or(Malformed(at))
    }

    /// The next word as `address`.
    ///
    /// # Errors
    /// [`Malformed`] out of bounds or where the upper bytes are not zero.
    pub fn address(&mut self) -> Result<Address, Malformed> {
        self.checked(word::to_address)
    }

    /// The next word as `bool`.
    ///
    /// # Errors
    /// [`Malformed`] out of bounds or for anything but 0 and 1.
    pub fn boolean(&mut self) -> Result<bool, Malformed> {
        self.checked(|word| match word::to_u64(word) {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        })
    }

    /// The next word as `uint8`.
    ///
    /// # Errors
    /// [`Malformed`] out of bounds or where the upper bytes are not zero.
    pub fn u8(&mut self) -> Result<u8, Malformed> {
        self.checked(|word| u8::try_from(word::to_u64(word)?).ok())
    }

    /// The next word as `uint16`.
    ///
    /// # Errors
    /// [`Malformed`] out of bounds or where the upper bytes are not zero.
    pub fn u16(&mut self) -> Result<u16, Malformed> {
        self.checked(|word| u16::try_from(word::to_u64(word)?).ok())
    }

    /// The next word as `uint32`.
    ///
    /// # Errors
    /// [`Malformed`] out of bounds or where the upper bytes are not zero.
    pub fn u32(&mut self) -> Result<u32, Malformed> {
        self.checked(|word| u32::try_from(word::to_u64(word)?).ok())
    }

    /// The next word as `uint64`.
    ///
    /// # Errors
    /// [`Malformed`] out of bounds or where the upper bytes are not zero.
    pub fn u64(&mut self) -> Result<u64, Malformed> {
        self.checked(word::to_u64)
    }

    /// The next word as `uint128`.
    ///
    /// # Errors
    /// [`Malformed`] out of bounds or where the upper bytes are not zero.
    pub fn u128(&mut self) -> Result<u128, Malformed> {
        self.checked(word::to_u128)
    }

    /// The next word as `uint256`.
    ///
    /// # Errors
    /// [`Malformed`] out of bounds.
    pub fn u256(&mut self) -> Result<U256, Malformed> {
        Ok(U256::from_be_bytes(*self.word()?))
    }

    /// The next word as `bytes4`.
    ///
    /// # Errors
    /// [`Malformed`] out of bounds or where the lower bytes are not zero.
    pub fn bytes4(&mut self) -> Result<[u8; 4], Malformed> {
        self.checked(|word| {
            let (head, tail) = word.split_first_chunk::<4>()?;
            (*tail == [0; 28]).then_some(*head)
        })
    }

    /// Where the next word's offset points, relative to this head's start.
    fn pointed(&mut self) -> Result<usize, Malformed> {
        let at = self.at;
        let offset = self.checked(|word| usize::try_from(word::to_u64(word)?).ok())?;
        let target = self.base.checked_add(offset).ok_or(Malformed(at))?;
        if target > self.calldata.len() {
            return Err(Malformed(at));
        }
        Ok(target)
    }

    /// A length word at the pointed place, and where the contents begin.
    fn length(&mut self) -> Result<(usize, usize), Malformed> {
        let mut there = *self;
        there.at = self.pointed()?;
        let at = there.at;
        let length = there.checked(|word| usize::try_from(word::to_u64(word)?).ok());
        Ok((length.map_err(|_| Malformed(at))?, there.at))
    }

    /// The next argument, a dynamic tuple, with a head of its own.
    ///
    /// # Errors
    /// [`Malformed`] where its offset is out of bounds.
    pub fn tuple(&mut self) -> Result<Self, Malformed> {
        let at = self.pointed()?;
        Ok(Self {
            calldata: self.calldata,
            base: at,
            at,
        })
    }

    /// The next argument, `bytes` or `string`, borrowed.
    ///
    /// # Errors
    /// [`Malformed`] where it is out of bounds; it need not be padded to whole words.
    pub fn bytes(&mut self) -> Result<&'a [u8], Malformed> {
        let (length, first) = self.length()?;
        self.calldata
            .get(first..)
            .and_then(|rest| rest.get(..length))
            .ok_or(Malformed(first.wrapping_sub(WORD)))
    }

    /// The next argument, an array of static tuples of `words` words each (1 for an array of plain values).
    ///
    /// # Errors
    /// [`Malformed`] where it is out of bounds.
    pub fn list(&mut self, words: usize) -> Result<List<'a>, Malformed> {
        let (length, first) = self.length()?;
        let stride = words.wrapping_mul(WORD); // a constant of the caller, far below usize
        let rest = self.calldata.get(first..).unwrap_or_default();
        if rest
            .len()
            .checked_div(stride)
            .is_none_or(|most| length > most)
        {
            return Err(Malformed(first.wrapping_sub(WORD)));
        }
        Ok(List {
            calldata: self.calldata,
            next: first,
            left: length,
            stride,
        })
    }
}

/// The elements of an array of static tuples, each with a reader of its own.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    calldata: &'a [u8],
    next: usize,
    left: usize,
    stride: usize,
}

impl<'a> List<'a> {
    /// The elements that are left, as they stand in the calldata: once all were read, their ABI encoding.
    #[must_use]
    pub fn as_slice(&self) -> &'a [u8] {
        let size = self.left.wrapping_mul(self.stride); // checked against the calldata when the list was made
        self.calldata
            .get(self.next..)
            .and_then(|rest| rest.get(..size))
            .unwrap_or_default()
    }

    /// How many elements are left to read.
    #[must_use]
    pub fn len(&self) -> usize {
        self.left
    }

    /// Whether no element is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.left == 0
    }
}

impl<'a> Iterator for List<'a> {
    type Item = Reader<'a>;

    fn next(&mut self) -> Option<Reader<'a>> {
        self.left = self.left.checked_sub(1)?;
        let at = self.next;
        self.next = at.wrapping_add(self.stride); // checked against the calldata when the list was made
        Some(Reader {
            calldata: self.calldata,
            base: at,
            at,
        })
    }
}
