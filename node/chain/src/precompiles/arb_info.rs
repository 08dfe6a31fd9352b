//! ArbInfo: what accounts have (`precompiles/ArbInfo.go`).

use super::call::WORD;
use super::method::{Method, method};
use crate::arbos::space;
use alloy_sol_types::sol;
use revm::context_interface::ContextTr;

sol! {
    interface ArbInfo {
        function getBalance(address account) external view returns (uint256);
        function getCode(address account) external view returns (bytes memory);
    }
}

/// Gas of reading a balance (EIP-1884), and of reading a code's first word (EIP-2929).
const BALANCE: u64 = 700;
const CODE: u64 = 2_100;

pub(super) const METHODS: &[Method] = &[
    method!(
        gives,
        View,
        Stylus,
        ArbInfo::getBalanceCall,
        |call, asked| {
            call.burn(BALANCE)?;
            Ok(space::balance(call.context.journal_mut(), asked.account))
        }
    ),
    method!(gives, View, Stylus, ArbInfo::getCodeCall, |call, asked| {
        call.burn(CODE)?;
        let (code, _) = space::code(call.context.journal_mut(), asked.account);
        call.burn(WORD * (code.len() as u64).div_ceil(32))?;
        Ok(code)
    }),
];
