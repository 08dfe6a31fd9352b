//! Why an execution could not go on, in go-ethereum's words.

/// The words for a reason of the chain's; one of its own stays as it is.
#[must_use]
pub fn halted(reason: &str) -> &str {
    match reason {
        "OutOfGas(ReentrancySentry)" => "out of gas: not enough gas for reentrancy sentry",
        reason if reason.starts_with("OutOfGas") => "out of gas",
        "InvalidFEOpcode" => "invalid opcode: INVALID",
        "OpcodeNotFound" => "invalid opcode",
        "InvalidJump" => "invalid jump destination",
        "StackUnderflow" => "stack underflow",
        "StackOverflow" => "stack limit reached 1024 (1023)",
        "OutOfOffset" => "return data out of bounds",
        "CreateCollision" => "contract address collision",
        "NonceOverflow" => "nonce uint64 overflow",
        "CreateContractSizeLimit" => "max code size exceeded",
        "CreateContractStartingWithEF" => "invalid code: must not begin with 0xef",
        "CreateInitCodeSizeLimit" => "max initcode size exceeded",
        "StateChangeDuringStaticCall" | "CallNotAllowedInsideStatic" => "write protection",
        "OutOfFunds" => "insufficient balance for transfer",
        "CallTooDeep" => "max call depth exceeded",
        "NotActivated" => "error ProgramNotActivated()",
        own => own,
    }
}
