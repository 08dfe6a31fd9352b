use num_bigint::BigUint;

/// ⌊amount · share ÷ 10⁴⌋, a parent's part.
pub(crate) fn of_parent(amount: &BigUint, share: u16) -> BigUint {
    amount * share / 10_000u32
}

/// ⌊amount · keep · share ÷ 10⁸⌋, a payee's part.
pub(crate) fn of_payee(amount: &BigUint, keep: u16, share: u16) -> BigUint {
    amount * keep * share / 100_000_000u32
}
