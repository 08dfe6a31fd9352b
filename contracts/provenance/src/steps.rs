//! Revealing one step of a creative process.

use crate::IProvenance::{StepOutOfRange, StepProofInvalid, UnknownStepKind};
use crate::{records, token};
use alloy_sol_types::SolError;
use logic::merkle;
use logic::record::MAX_LEN;
use logic::step::{self, Step, StepKind};
use shell::{host, word, Answer, Reader, Revert, Writer};

/// `verifyStep(tokenId, index, step, proof)`.
pub(crate) fn verify_step(mut arguments: Reader) -> Answer {
    let token_id = arguments.word()?;
    let index = arguments.u16()?;
    let kind = arguments.u8()?;
    let content_hash = *arguments.word()?;
    let meta_hash = *arguments.word()?;
    let salt = *arguments.word()?;
    let proof = arguments.list(1)?;

    let (_, token) = token::existing(token_id)?;
    let index_word = word::from_u64(index.into());
    if index >= token.step_count {
        return Err(Revert::new(
            StepOutOfRange::SELECTOR,
            &[index_word, word::from_u64(token.step_count.into())],
        ));
    }
    let kind = StepKind::from_code(kind)
        .ok_or_else(|| Revert::new(UnknownStepKind::SELECTOR, &[word::from_u64(kind.into())]))?;
    let mut buffer = [0; MAX_LEN];
    let record =
        records::read(token.record, &mut buffer).ok_or_else(|| token::nonexistent(token_id))?;

    let step = Step {
        kind,
        content_hash,
        meta_hash,
        salt,
    };
    let leaf = step::leaf(
        host::keccak256,
        &record.creator,
        index,
        token.step_count,
        &step,
    );
    let siblings = proof.filter_map(|mut sibling| sibling.word().ok());
    if merkle::root_of_proof(host::keccak256, leaf, siblings) != record.process_root {
        return Err(Revert::new(
            StepProofInvalid::SELECTOR,
            &[*token_id, index_word],
        ));
    }
    Ok(Writer::new(1).word(&leaf).done())
}
