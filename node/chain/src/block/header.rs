//! A block's header: Ethereum's, with Arbitrum's facts in the fields that only mining needed
//! (`core/types/arb_types.go` of Nitro's go-ethereum), so that any client recomputes the hash.

use alloy_consensus::Header;
use alloy_consensus::constants::EMPTY_OMMER_ROOT_HASH;
use alloy_consensus::{Eip658Value, Receipt, ReceiptWithBloom};
use alloy_primitives::{Address, B64, B256, Bloom, Bytes, Log, U256, logs_bloom};
use alloy_rlp::Encodable;
use alloy_trie::root::ordered_trie_root_with_encoder;

/// Gas that a header says a block may use (2^50): what it may really use is ArbOS's business.
pub const GAS_LIMIT: u64 = 1 << 50;

/// Messages from the parent chain that had been read: a chain without a parent has read the one that began it.
const DELAYED_MESSAGES: u64 = 1;

/// What Arbitrum says in a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeaderInfo {
    /// The root over all messages sent to the parent chain.
    pub send_root: B256,
    /// How many they are.
    pub send_count: u64,
    /// The block of the parent chain that contracts see as the block number.
    pub l1_block: u64,
    /// Version of ArbOS.
    pub arbos: u64,
    /// Whether tips are paid, which a chain's owner may decide from ArbOS 60 on.
    pub collects_tips: bool,
}

impl HeaderInfo {
    /// What stands where Ethereum has the extra data.
    fn extra_data(&self) -> Bytes {
        self.send_root.into()
    }

    /// What stands where Ethereum has the mix hash: four numbers of eight bytes.
    fn mix_hash(&self) -> B256 {
        // the last number's first two bytes are a set of flags
        let flags = u64::from(self.collects_tips) << 48;
        let numbers = [self.send_count, self.l1_block, self.arbos, flags];
        B256::from_slice(&numbers.map(u64::to_be_bytes).concat())
    }

    /// What a header says; none if it is not of the form that Arbitrum's have.
    #[must_use]
    pub fn of(header: &Header) -> Option<Self> {
        let (numbers, []) = header.mix_hash.as_chunks::<8>() else {
            return None;
        };
        let &[send_count, l1_block, arbos, flags] = numbers else {
            return None;
        };
        Some(Self {
            send_root: B256::try_from(header.extra_data.as_ref()).ok()?,
            send_count: u64::from_be_bytes(send_count),
            l1_block: u64::from_be_bytes(l1_block),
            arbos: u64::from_be_bytes(arbos),
            collects_tips: u64::from_be_bytes(flags) >> 48 == 1,
        })
    }
}

/// What a header is made from.
#[derive(Clone, Debug)]
pub struct Contents<'a> {
    /// The hash of the block before; zero for genesis.
    pub parent_hash: B256,
    /// Its number.
    pub number: u64,
    /// Its time in seconds since 1970.
    pub timestamp: u64,
    /// Wei for one gas.
    pub base_fee: u64,
    /// Who is named as its maker: the sequencer, or for genesis nobody.
    pub beneficiary: Address,
    /// The root of the state that it left.
    pub state_root: B256,
    /// Arbitrum's facts.
    pub info: HeaderInfo,
    /// Its transactions, each encoded as it is hashed (EIP-2718), ArbOS's own first.
    pub transactions: &'a [Bytes],
    /// What became of them.
    pub receipts: &'a [HashedReceipt<'a>],
}

/// What of a receipt is in a block's receipt root (EIP-658, EIP-2718).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashedReceipt<'a> {
    /// The transaction's type; zero for one from before there were types.
    pub tx_type: u8,
    /// Whether it did what it was asked.
    pub success: bool,
    /// Gas used in the block up to and with it.
    pub cumulative_gas_used: u64,
    /// Its logs.
    pub logs: &'a [Log],
}

impl HashedReceipt<'_> {
    /// The receipt as it is hashed.
    #[must_use]
    pub fn encoded(&self) -> Bytes {
        self.encoded_with(self.bloom())
    }

    /// The bloom filter of its logs.
    #[must_use]
    pub fn bloom(&self) -> Bloom {
        logs_bloom(self.logs)
    }

    fn encoded_with(&self, logs_bloom: Bloom) -> Bytes {
        let mut bytes = Vec::new();
        if self.tx_type != 0 {
            bytes.push(self.tx_type);
        }
        let receipt = Receipt {
            status: Eip658Value::Eip658(self.success),
            cumulative_gas_used: self.cumulative_gas_used,
            logs: self.logs.iter().collect::<Vec<&Log>>(),
        };
        ReceiptWithBloom {
            logs_bloom,
            receipt,
        }
        .encode(&mut bytes);
        bytes.into()
    }
}

/// The header of a block; its hash is the block's.
#[must_use]
pub fn header(contents: &Contents<'_>) -> Header {
    let receipts = contents.receipts;
    let mut logs_bloom = Bloom::ZERO;
    let encoded: Vec<_> = receipts
        .iter()
        .map(|receipt| {
            let bloom = receipt.bloom();
            logs_bloom |= bloom;
            receipt.encoded_with(bloom)
        })
        .collect();
    let root_of = |encoded: &[Bytes]| {
        ordered_trie_root_with_encoder(encoded, |bytes, out| out.extend_from_slice(bytes))
    };
    Header {
        parent_hash: contents.parent_hash,
        ommers_hash: EMPTY_OMMER_ROOT_HASH,
        beneficiary: contents.beneficiary,
        state_root: contents.state_root,
        transactions_root: root_of(contents.transactions),
        receipts_root: root_of(&encoded),
        logs_bloom,
        difficulty: U256::from(1),
        number: contents.number,
        gas_limit: GAS_LIMIT,
        gas_used: receipts
            .last()
            .map_or(0, |receipt| receipt.cumulative_gas_used),
        timestamp: contents.timestamp,
        extra_data: contents.info.extra_data(),
        mix_hash: contents.info.mix_hash(),
        nonce: B64::from(DELAYED_MESSAGES),
        base_fee_per_gas: Some(contents.base_fee),
        ..Header::default()
    }
}
