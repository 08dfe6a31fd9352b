//! The precompiles, for a machine that borrows its context.

use crate::context::Context;
use crate::precompiles::ArbPrecompiles;
use crate::version::ArbOs;
use revm::handler::PrecompileProvider;
use revm::interpreter::{CallInputs, InterpreterResult};
use revm::primitives::AddressSet;
use revm::primitives::hardfork::SpecId;

/// Hands a borrowed context on.
pub(crate) struct Borrowed(ArbPrecompiles);

impl Borrowed {
    pub(crate) fn new(arbos: ArbOs) -> Self {
        Self(ArbPrecompiles::new(arbos))
    }
}

impl PrecompileProvider<&mut Context> for Borrowed {
    type Output = InterpreterResult;

    fn set_spec(&mut self, spec: SpecId) -> bool {
        <ArbPrecompiles as PrecompileProvider<Context>>::set_spec(&mut self.0, spec)
    }

    fn run(
        &mut self,
        context: &mut &mut Context,
        inputs: &CallInputs,
    ) -> Result<Option<InterpreterResult>, String> {
        self.0.run(*context, inputs)
    }

    fn warm_addresses(&self) -> &AddressSet {
        <ArbPrecompiles as PrecompileProvider<Context>>::warm_addresses(&self.0)
    }
}
