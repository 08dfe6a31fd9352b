//! Where a work's file is found.

/// The most bytes of an https address.
pub const MAX_LEN: usize = 512;

/// Why an address is refused; the errors are `IProvenance.sol`'s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UriError {
    /// `UriTooLong`.
    TooLong {
        /// Its bytes.
        got: usize,
        /// Bytes allowed.
        max: usize,
    },
    /// `UriInvalid`: none of the forms of [`Uri`].
    Invalid,
}

/// An address in one of its forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uri<'a> {
    /// Empty: the file is on IPFS under the raw CID of its own hash.
    OfOutputHash,
    /// Scheme 1: IPFS, CIDv1 of codec raw, SHA-256.
    IpfsRaw(&'a [u8; 32]),
    /// Scheme 2: IPFS, CIDv1 of codec dag-pb, SHA-256.
    IpfsDagPb(&'a [u8; 32]),
    /// Scheme 3: an Arweave transaction.
    Arweave(&'a [u8; 32]),
    /// An https address in the characters RFC 3986 allows, so ASCII.
    Https(&'a [u8]),
}

impl<'a> Uri<'a> {
    /// Reads an address: empty, a scheme byte with a 32-byte digest, or `https://` and at most 512 bytes in all.
    ///
    /// # Errors
    /// `TooLong` above 512 bytes, `Invalid` for any other that is no form.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, UriError> {
        if bytes.len() > MAX_LEN {
            return Err(UriError::TooLong {
                got: bytes.len(),
                max: MAX_LEN,
            });
        }
        let Some((&scheme, rest)) = bytes.split_first() else {
            return Ok(Self::OfOutputHash);
        };
        let digest = <&[u8; 32]>::try_from(rest);
        match (scheme, digest) {
            (1, Ok(digest)) => Ok(Self::IpfsRaw(digest)),
            (2, Ok(digest)) => Ok(Self::IpfsDagPb(digest)),
            (3, Ok(digest)) => Ok(Self::Arweave(digest)),
            _ if is_https(bytes) => Ok(Self::Https(bytes)),
            _ => Err(UriError::Invalid),
        }
    }
}

fn is_https(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"https://").is_some_and(|rest| {
        let names_a_host = rest.first().is_some_and(|first| !b"/?#".contains(first));
        names_a_host && rest.iter().all(is_uri_character)
    })
}

/// Unreserved, reserved or `%` (RFC 3986, section 2): nothing that HTML, SVG or JSON would need escaped but `&` and `'`.
fn is_uri_character(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(byte)
}
