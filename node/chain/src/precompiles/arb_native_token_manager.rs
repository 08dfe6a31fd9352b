//! ArbNativeTokenManager: mints and burns the native token, for those whom the chain's owner lets
//! (`precompiles/ArbNativeTokenManager.go`).

use super::call::{Call, Failure};
use super::method::{Method, method};
use super::sets;
use crate::arbos::fields::root;
use crate::arbos::space;
use alloy_primitives::Address;
use alloy_sol_types::sol;
use revm::context_interface::ContextTr;

sol! {
    interface ArbNativeTokenManager {
        event NativeTokenMinted(address indexed to, uint256 amount);
        event NativeTokenBurned(address indexed from, uint256 amount);

        function mintNativeToken(uint256 amount) external;
        function burnNativeToken(uint256 amount) external;
    }
}

/// Gas of changing a balance: what reading a warm account and moving value cost.
const CHANGE: u64 = 100 + 9_000;

pub(super) const METHODS: &[Method] = &[
    method!(
        does,
        Write,
        NativeToken,
        ArbNativeTokenManager::mintNativeTokenCall,
        |call, asked| {
            let to = allowed(call)?;
            space::mint(call.context.journal_mut(), to, asked.amount);
            call.emit(&ArbNativeTokenManager::NativeTokenMinted {
                to,
                amount: asked.amount,
            })
        }
    ),
    method!(
        does,
        Write,
        NativeToken,
        ArbNativeTokenManager::burnNativeTokenCall,
        |call, asked| {
            let from = allowed(call)?;
            if !space::burn(call.context.journal_mut(), from, asked.amount) {
                return Err(Failure::Plain);
            }
            call.emit(&ArbNativeTokenManager::NativeTokenBurned {
                from,
                amount: asked.amount,
            })
        }
    ),
];

/// The caller, if it may change what it has. One who may not pays all the gas.
fn allowed(call: &mut Call<'_>) -> Result<Address, Failure> {
    let caller = call.caller;
    if !sets::is_member(call, &root::native_token_owners(), caller)? {
        return Err(Failure::Burnt);
    }
    call.burn(CHANGE)?;
    Ok(caller)
}
