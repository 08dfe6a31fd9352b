//! The stack of frames and who runs the one on top.

use super::{Context, Precompiles};
use revm::context::{Cfg, ContextTr, Evm, FrameStack};
use revm::handler::evm::{ContextDbError, FrameInitResult};
use revm::handler::instructions::EthInstructions;
use revm::handler::{EthFrame, EvmTr, FrameInitOrResult, FrameResult, PrecompileProvider};
use revm::interpreter::interpreter::EthInterpreter;
use revm::interpreter::interpreter_action::FrameInit;
use revm::interpreter::{CallInputs, InterpreterResult};
use revm::primitives::AddressSet;
use revm::primitives::hardfork::SpecId;

type Instructions<'a> = EthInstructions<EthInterpreter, &'a mut Context>;

/// An EVM whose frames may also be programs.
pub(crate) struct Machine<'a> {
    evm: Evm<&'a mut Context, (), Instructions<'a>, Borrowed, EthFrame>,
}

impl<'a> Machine<'a> {
    pub(crate) fn new(context: &'a mut Context) -> Self {
        let spec = context.cfg().spec;
        let precompiles = Precompiles::new(context.chain.arbos);
        let instructions = EthInstructions::new_mainnet_with_spec(spec);
        Self {
            evm: Evm::new(context, instructions, Borrowed(precompiles)),
        }
    }
}

/// The precompiles, for a machine that borrows its context.
pub(crate) struct Borrowed(Precompiles);

impl PrecompileProvider<&mut Context> for Borrowed {
    type Output = InterpreterResult;

    fn set_spec(&mut self, spec: SpecId) -> bool {
        <Precompiles as PrecompileProvider<Context>>::set_spec(&mut self.0, spec)
    }

    fn run(
        &mut self,
        context: &mut &mut Context,
        inputs: &CallInputs,
    ) -> Result<Option<InterpreterResult>, String> {
        self.0.run(*context, inputs)
    }

    fn warm_addresses(&self) -> &AddressSet {
        <Precompiles as PrecompileProvider<Context>>::warm_addresses(&self.0)
    }
}

impl<'a> EvmTr for Machine<'a> {
    type Context = &'a mut Context;
    type Instructions = Instructions<'a>;
    type Precompiles = Borrowed;
    type Frame = EthFrame;

    fn all(
        &self,
    ) -> (
        &Self::Context,
        &Self::Instructions,
        &Self::Precompiles,
        &FrameStack<Self::Frame>,
    ) {
        self.evm.all()
    }

    fn all_mut(
        &mut self,
    ) -> (
        &mut Self::Context,
        &mut Self::Instructions,
        &mut Self::Precompiles,
        &mut FrameStack<Self::Frame>,
    ) {
        self.evm.all_mut()
    }

    fn frame_init(
        &mut self,
        input: FrameInit,
    ) -> Result<FrameInitResult<'_, EthFrame>, ContextDbError<Self::Context>> {
        self.evm.frame_init(input)
    }

    fn frame_run(&mut self) -> Result<FrameInitOrResult<EthFrame>, ContextDbError<Self::Context>> {
        self.evm.frame_run()
    }

    fn frame_return_result(
        &mut self,
        result: FrameResult,
    ) -> Result<Option<FrameResult>, ContextDbError<Self::Context>> {
        self.evm.frame_return_result(result)
    }
}
