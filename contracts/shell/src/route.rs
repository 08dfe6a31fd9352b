//! From a selector to a method.

use crate::host;
use crate::revert::Revert;
use crate::storage;
use crate::word::{self, Word};
use alloy_sol_types::{sol, SolCall};

sol! {
    function stylus_constructor();
}

/// What StylusDeployer calls once, with the arguments behind it.
pub const CONSTRUCTOR: [u8; 4] = stylus_constructorCall::SELECTOR;

/// The slot that says the constructor has run: the largest, which no mapping or array reaches.
const CONSTRUCTED: Word = [0xff; 32];

/// The selector of calldata, padded with zeros where there are fewer than four bytes.
#[must_use]
pub fn selector(calldata: &[u8]) -> [u8; 4] {
    let mut selector = [0; 4];
    for (to, from) in selector.iter_mut().zip(calldata) {
        *to = *from;
    }
    selector
}

/// Refuses native value.
///
/// # Errors
/// `ValueNotAccepted`.
pub fn no_value() -> Result<(), Revert> {
    let value = host::value();
    if word::is_zero(&value) {
        return Ok(());
    }
    Err(Revert::value_not_accepted(&value))
}

/// Lets a constructor run once.
///
/// # Errors
/// `AlreadyConstructed`.
pub fn construct_once() -> Result<(), Revert> {
    if !word::is_zero(&storage::load(&CONSTRUCTED)) {
        return Err(Revert::already_constructed());
    }
    storage::store(&CONSTRUCTED, &word::from_bool(true));
    Ok(())
}

/// A program's table from selectors to methods, in the order of its .sol file, as the body of its entry function.
///
/// ```ignore
/// #[entrypoint]
/// fn main(input: Vec<u8>, _: VM) -> ArbResult {
///     shell::routes!(&input, {
///         constructor => construct,
///         receive => receive_native,
///         payable IRouter::payCall => pay,
///         IRouter::claimCall => claim,
///     })
/// }
/// ```
/// Each method takes a [`Reader`](crate::Reader) over its arguments and gives an [`Answer`](crate::Answer);
/// `receive` takes no argument and gives `Result<(), Revert>`. What is not marked payable refuses native value; a
/// selector that is not listed is refused with `UnknownSelector`. `constructor` and `receive` are optional.
#[macro_export]
macro_rules! routes {
    (@match $input:ident, $selector:ident, $arguments:ident, [$($arms:tt)*] constructor => $method:path, $($rest:tt)*) => {
        $crate::routes!(@match $input, $selector, $arguments, [$($arms)*
            if $selector == $crate::route::CONSTRUCTOR {
                $crate::route::no_value()?;
                $crate::route::construct_once()?;
                return $method($arguments);
            }
        ] $($rest)*)
    };
    (@match $input:ident, $selector:ident, $arguments:ident, [$($arms:tt)*] receive => $method:path, $($rest:tt)*) => {
        $crate::routes!(@match $input, $selector, $arguments, [$($arms)*
            if $input.is_empty() {
                $method()?;
                return Ok(::alloc::vec::Vec::new());
            }
        ] $($rest)*)
    };
    (@match $input:ident, $selector:ident, $arguments:ident, [$($arms:tt)*] payable $call:ty => $method:path, $($rest:tt)*) => {
        $crate::routes!(@match $input, $selector, $arguments, [$($arms)*
            if $selector == <$call as ::alloy_sol_types::SolCall>::SELECTOR {
                return $method($arguments);
            }
        ] $($rest)*)
    };
    (@match $input:ident, $selector:ident, $arguments:ident, [$($arms:tt)*] $call:ty => $method:path, $($rest:tt)*) => {
        $crate::routes!(@match $input, $selector, $arguments, [$($arms)*
            if $selector == <$call as ::alloy_sol_types::SolCall>::SELECTOR {
                $crate::route::no_value()?;
                return $method($arguments);
            }
        ] $($rest)*)
    };
    (@match $input:ident, $selector:ident, $arguments:ident, [$($arms:tt)*]) => {{
        $($arms)*
        Err($crate::Revert::unknown_selector($selector))
    }};
    ($input:expr, { $($body:tt)* }) => {{
        let input: &[u8] = $input;
        let answer: $crate::Answer = (|| {
            let selector = $crate::route::selector(input);
            let arguments = $crate::Reader::arguments(input);
            $crate::routes!(@match input, selector, arguments, [] $($body)*)
        })();
        answer.map_err(|revert| revert.0)
    }};
}
