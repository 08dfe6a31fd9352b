//! Text forms of bytes (RFC 4648) and numbers, appended to a buffer.

use alloc::vec::Vec;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE64_URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const HEX: &[u8; 16] = b"0123456789abcdef";

/// Appends the bytes in groups of `bits` of them, each as one character of an alphabet of 2^`bits`, without padding.
fn push(out: &mut Vec<u8>, bytes: &[u8], alphabet: &[u8], bits: u32) {
    let mask = alphabet.len().wrapping_sub(1) as u32;
    let mut digit = |group: u32| out.extend(alphabet.get((group & mask) as usize));
    let mut held = 0_u32;
    let mut holding = 0_u32;
    for byte in bytes {
        // At most 5 bits are left over from the byte before, so 13 are held.
        held = held << 8 | u32::from(*byte);
        holding = holding.wrapping_add(8);
        while holding >= bits {
            holding = holding.wrapping_sub(bits);
            digit(held >> holding);
        }
    }
    if holding > 0 {
        digit(held << bits.wrapping_sub(holding));
    }
}

/// Base 64 with padding.
pub fn push_base64(out: &mut Vec<u8>, bytes: &[u8]) {
    push(out, bytes, BASE64, 6);
    let padding: &[u8] = match bytes.len() % 3 {
        1 => b"==",
        2 => b"=",
        _ => b"",
    };
    out.extend_from_slice(padding);
}

/// Base 64 in the alphabet for URLs and file names, without padding.
pub fn push_base64_url(out: &mut Vec<u8>, bytes: &[u8]) {
    push(out, bytes, BASE64_URL, 6);
}

/// Base 32 in lower case, without padding.
pub fn push_base32(out: &mut Vec<u8>, bytes: &[u8]) {
    push(out, bytes, BASE32, 5);
}

/// Base 16 in lower case, without prefix.
pub fn push_hex(out: &mut Vec<u8>, bytes: &[u8]) {
    push(out, bytes, HEX, 4);
}

/// A number in base 10.
pub fn push_decimal(out: &mut Vec<u8>, number: u64) {
    let mut digits = [0; 20];
    let mut rest = number;
    let mut len = 0_usize;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' | (rest % 10) as u8;
        rest /= 10;
        len = len.wrapping_add(1); // at most 20
        if rest == 0 {
            break;
        }
    }
    let first = digits.len().wrapping_sub(len);
    out.extend_from_slice(digits.get(first..).unwrap_or_default());
}

/// Basis points as a percentage: `5%`, `12.5%`, `0.01%`.
pub fn push_percent(out: &mut Vec<u8>, bps: u16) {
    push_decimal(out, u64::from(bps / 100));
    let hundredths = bps % 100;
    if hundredths > 0 {
        out.push(b'.');
        out.push(b'0' | (hundredths / 10) as u8);
        if !hundredths.is_multiple_of(10) {
            out.push(b'0' | (hundredths % 10) as u8);
        }
    }
    out.push(b'%');
}
