use tiny_keccak::{Hasher, Keccak};

pub(crate) fn keccak256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    let mut keccak = Keccak::v256();
    keccak.update(bytes);
    keccak.finalize(&mut hash);
    hash
}

pub(crate) fn unhex<const N: usize>(digits: &str) -> [u8; N] {
    let digits = digits.trim_start_matches("0x");
    assert_eq!(digits.len(), 2 * N, "digits of {digits}");
    core::array::from_fn(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).expect("hex digits"))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
