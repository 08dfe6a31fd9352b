//! ArbAddressTable: short numbers for addresses (`precompiles/ArbAddressTable.go`, `arbos/addressTable/addressTable.go`).

use super::call::{Call, Failure};
use super::method::{Method, method};
use super::sets::address;
use crate::arbos::fields::root;
use alloy_primitives::{Address, Bytes, U256};
use alloy_rlp::{Decodable, Encodable, Header};
use alloy_sol_types::sol;

sol! {
    interface ArbAddressTable {
        function addressExists(address addr) external view returns (bool);
        function compress(address addr) external returns (bytes memory);
        function decompress(bytes calldata buf, uint256 offset) external view returns (address, uint256);
        function lookup(address addr) external view returns (uint256);
        function lookupIndex(uint256 index) external view returns (address);
        function register(address addr) external returns (uint256);
        function size() external view returns (uint256);
    }
}

/// Where the number of addresses is; they follow, counted from 1.
const SIZE: u64 = 0;

pub(super) const METHODS: &[Method] = &[
    method!(
        gives,
        View,
        Stylus,
        ArbAddressTable::addressExistsCall,
        |call, asked| { Ok(index(call, asked.addr)?.is_some()) }
    ),
    method!(
        gives,
        Write,
        Stylus,
        ArbAddressTable::compressCall,
        |call, asked| {
            let mut bytes = Vec::new();
            match index(call, asked.addr)? {
                Some(index) => index.encode(&mut bytes),
                None => asked.addr.encode(&mut bytes),
            }
            Ok(bytes.into())
        }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbAddressTable::decompressCall,
        |call, asked| { decompress(call, &asked.buf, asked.offset).map(Into::into) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbAddressTable::lookupCall,
        |call, asked| {
            let index = index(call, asked.addr)?.ok_or(Failure::Plain)?;
            Ok(U256::from(index))
        }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbAddressTable::lookupIndexCall,
        |call, asked| {
            let index = u64::try_from(asked.index).map_err(|_| Failure::Plain)?;
            at(call, index)
        }
    ),
    method!(
        gives,
        Write,
        Stylus,
        ArbAddressTable::registerCall,
        |call, asked| { register(call, asked.addr).map(U256::from) }
    ),
    method!(gives, View, Stylus, ArbAddressTable::sizeCall, |call, _| {
        call.read(root::address_table().slot_at(SIZE))
    }),
];

/// The number of an address, if it has one.
fn index(call: &mut Call<'_>, account: Address) -> Result<Option<u64>, Failure> {
    let place = call.read(by_address(account))?.saturating_to::<u64>();
    Ok(place.checked_sub(1))
}

/// The address with a number.
fn at(call: &mut Call<'_>, index: u64) -> Result<Address, Failure> {
    let table = root::address_table();
    let size = call.read(table.slot_at(SIZE))?;
    if U256::from(index) >= size {
        return Err(Failure::Plain);
    }
    let place = U256::from(index) + U256::from(1);
    call.read(table.slot(place.into())).map(address)
}

fn register(call: &mut Call<'_>, account: Address) -> Result<u64, Failure> {
    if let Some(index) = index(call, account)? {
        return Ok(index);
    }
    let table = root::address_table();
    let size = call.read(table.slot_at(SIZE))?.saturating_to::<u64>();
    // a table that is full takes no more
    let size = size.checked_add(1).ok_or(Failure::Plain)?;
    call.write(table.slot_at(SIZE), U256::from(size))?;
    call.write(table.slot_at(size), account.into_word().into())?;
    call.write(by_address(account), U256::from(size))?;
    Ok(size - 1)
}

/// What stands in bytes from an offset on, an address or the number of one, and how many bytes it took.
fn decompress(
    call: &mut Call<'_>,
    bytes: &Bytes,
    offset: U256,
) -> Result<(Address, U256), Failure> {
    let offset = usize::try_from(offset).map_err(|_| Failure::Plain)?;
    let given = bytes.get(offset..).ok_or(Failure::Plain)?;
    let mut rest = given;
    let item = Header::decode_bytes(&mut rest, false).map_err(|_| Failure::Plain)?;
    let taken = U256::from(given.len() - rest.len());
    if item.len() == Address::len_bytes() {
        return Ok((Address::from_slice(item), taken));
    }
    let index = u64::decode(&mut &*given).map_err(|_| Failure::Plain)?;
    Ok((at(call, index)?, taken))
}

/// The places of addresses lie in a space whose name is empty.
fn by_address(account: Address) -> U256 {
    root::address_table().named(&[]).slot(account.into_word())
}
