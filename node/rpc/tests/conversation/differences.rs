//! Where this node does not answer as Nitro's did, and why.

/// A difference.
pub(crate) struct Difference {
    /// The method, or the note that stands with the exchange.
    pub(crate) of: &'static str,
    /// Why it is one.
    #[allow(dead_code)] // for whoever reads it
    pub(crate) why: &'static str,
}

impl Difference {
    /// Whether an exchange is meant.
    pub(crate) fn is_of(&self, method: &str, note: &str) -> bool {
        self.of == method || self.of == note
    }
}

const fn differs(of: &'static str, why: &'static str) -> Difference {
    Difference { of, why }
}

/// All differences.
pub(crate) const DIFFERENCES: &[Difference] = &[
    differs("JavaScript tracer", "no JavaScript is run"),
    differs("JavaScript tracer hostio", "no JavaScript is run"),
    differs(
        "trace start transaction 4byteTracer",
        "what is counted as a selector begins a block's hash, and blocks have other hashes here",
    ),
    differs(
        "trace start transaction muxTracer",
        "what is counted as a selector begins a block's hash, and blocks have other hashes here",
    ),
    differs(
        "debug_storageRangeAt",
        "not there; the recorded node crashed on it",
    ),
    differs("debug_accountRange", "not there"),
    differs(
        "eth_config",
        "the id of the fork follows from the hash of genesis, which is another",
    ),
    differs(
        "access list of a program",
        "kinder: Nitro names slots of ArbOS's own as the sender's, which costs 6,200 gas and saves none",
    ),
    differs(
        "fill",
        "kinder: the least gas, where Nitro stops at 1.5% more",
    ),
    differs("arb_checkPublisherHealth", "nothing is published"),
    differs("arb_getRawBlockMetadata", "blocks have no metadata"),
    differs("arb_maintenanceStatus", "there is no maintenance"),
    differs("web3_clientVersion", "each node has a name of its own"),
    differs("rpc_modules", "each node has namespaces of its own"),
    differs("net_listening", "kinder: it is there"),
    differs("net_peerCount", "kinder: it is there"),
    differs(
        "eth_syncing",
        "that node had no consensus beside it and said so",
    ),
    differs(
        "txpool_status",
        "that node had no pool beside it and crashed",
    ),
    differs(
        "txpool_inspect",
        "that node had no pool beside it and crashed",
    ),
    differs(
        "block safe",
        "that node had no parent chain; here the last block is safe",
    ),
    differs(
        "block finalized",
        "that node had no parent chain; here the last block is final",
    ),
    differs("eth_getStorageValues", "kinder: newer go-ethereum has it"),
    differs(
        "nonce far too high",
        "kinder: it waits in the pool, as with anvil",
    ),
    differs(
        "below the base fee",
        "Nitro's sequencer has one comma less than its execution",
    ),
    differs("more gas than a block", "kinder: no cap on the fee"),
    differs(
        "block earliest",
        "that chain began at time 0, which takes four bytes less",
    ),
    differs(
        "block 0x0",
        "that chain began at time 0, which takes four bytes less",
    ),
    differs("eth_getProof", "that state had fewer accounts"),
    differs(
        "changes",
        "kinder: a transaction is told of as it is taken, even if its block is made at once",
    ),
    differs(
        "NodeInterface estimateRetryableTicket(address,uint256,address,uint256,address,address,bytes)",
        "the chain has no messages from a parent chain",
    ),
    differs(
        "estimate its activation",
        "kinder: the least gas, where Nitro stops at 1.5% more",
    ),
    differs(
        "estimate: ok",
        "kinder: the least gas, where Nitro stops at 1.5% more",
    ),
    differs(
        "estimate: value with balance",
        "kinder: the least gas, where Nitro stops at 1.5% more",
    ),
    differs(
        "estimate: much gas",
        "kinder: the least gas, where Nitro stops at 1.5% more",
    ),
    differs(
        "estimate: info",
        "kinder: the least gas, where Nitro stops at 1.5% more",
    ),
    differs(
        "estimate: info free",
        "kinder: the least gas, where Nitro stops at 1.5% more",
    ),
    differs(
        "estimate create",
        "kinder: the least gas, where Nitro stops at 1.5% more",
    ),
    differs(
        "estimate program",
        "kinder: the least gas, where Nitro stops at 1.5% more",
    ),
];
