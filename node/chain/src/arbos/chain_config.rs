//! The settings of a chain as Nitro writes them: a JSON text that ArbOS keeps, in this order of names
//! (`params/config.go` of Nitro's go-ethereum).

use crate::version::ArbOs;
use alloy_primitives::Address;

/// The text of a chain whose rules are all in force from its first block on.
pub(crate) fn text(chain_id: u64, arbos: ArbOs, owner: Address) -> String {
    let version = arbos.number();
    format!(
        concat!(
            r#"{{"chainId":{chain_id},"homesteadBlock":0,"daoForkSupport":true,"eip150Block":0,"eip155Block":0,"#,
            r#""eip158Block":0,"byzantiumBlock":0,"constantinopleBlock":0,"petersburgBlock":0,"istanbulBlock":0,"#,
            r#""muirGlacierBlock":0,"berlinBlock":0,"londonBlock":0,"#,
            r#""depositContractAddress":"0x0000000000000000000000000000000000000000","#,
            r#""clique":{{"period":0,"epoch":0}},"arbitrum":{{"EnableArbOS":true,"AllowDebugPrecompiles":false,"#,
            r#""DataAvailabilityCommittee":false,"InitialArbOSVersion":{version},"#,
            r#""InitialChainOwner":"{owner:#x}","GenesisBlockNum":0}}}}"#,
        ),
        chain_id = chain_id,
        version = version,
        owner = owner,
    )
}
