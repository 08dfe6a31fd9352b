//! ERC-165.

use shell::{Answer, Reader, Writer};

/// ERC-165, ERC-721, its metadata extension, ERC-2981, ERC-4906. ERC-7572 defines no id.
const SUPPORTED: [u32; 5] = [
    0x01ff_c9a7,
    0x80ac_58cd,
    0x5b5e_139f,
    0x2a55_205a,
    0x4906_4906,
];

/// Whether the collection has an interface.
pub(crate) fn supports_interface(mut arguments: Reader) -> Answer {
    let id = u32::from_be_bytes(arguments.bytes4()?);
    Ok(Writer::new(1).boolean(SUPPORTED.contains(&id)).done())
}
