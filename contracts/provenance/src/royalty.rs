//! ERC-2981.

use crate::{graph, slots};
use alloy_primitives::U256;
use logic::inbox;
use logic::token::Token;
use shell::{host, math, storage, word, Address, Answer, Reader, Writer};

/// `royaltyInfo(tokenId, salePrice)`: the work's inbox and its share of the price, rounded down. (0, 0) for what is no
/// token, since marketplaces ask before they know.
pub(crate) fn royalty_info(mut arguments: Reader) -> Answer {
    let token_id = arguments.word()?;
    let sale_price = arguments.u256()?;
    let token = Token::from_word(&storage::load(&slots::token(token_id)));
    let (receiver, amount) = match word::to_u64(token_id).zip(token) {
        Some((work, token)) => {
            let router = graph::address();
            let inbox = inbox::address(host::keccak256, &router.0, host::chain_id(), work);
            (inbox.into(), share(sale_price, token.royalty))
        }
        None => (Address::ZERO, U256::ZERO),
    };
    Ok(Writer::new(2)
        .address(receiver)
        .word(&amount.to_be_bytes())
        .done())
}

/// ⌊price · bps / 10,000⌋ for any price: with price = 10,000 q + r it is q · bps + ⌊r · bps / 10,000⌋, which cannot
/// overflow.
fn share(price: U256, bps: u16) -> U256 {
    const WHOLE: u64 = 10_000;
    let quotient = U256::from_be_bytes(math::div(&price.to_be_bytes(), &word::from_u64(WHOLE)));
    let rest = price.wrapping_sub(quotient.wrapping_mul(U256::from(WHOLE)));
    let of_rest = rest.wrapping_to::<u64>().wrapping_mul(bps.into()) / WHOLE;
    quotient
        .wrapping_mul(U256::from(bps))
        .wrapping_add(U256::from(of_rest))
}
