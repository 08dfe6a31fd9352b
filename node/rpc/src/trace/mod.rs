//! Traces of transactions as JSON, each tracer in its own file. The chain tells of an execution step by step
//! ([`stylus_chain::watch`]); here it is put together as go-ethereum's and Nitro's tracers do.

mod budget;
mod call;
mod flat;
mod four_byte;
mod opcodes;
mod options;
mod prestate;
mod steps;
mod stylus;
mod user_operation;

pub use budget::{MOST, MOST_TIME, USUAL_TIME};
pub use flat::Where;
pub use options::TraceOptions;

use crate::error::Error;
use alloy_primitives::{B256, Log, U256, b256, keccak256};
use budget::Budget;
use call::CallTracer;
use flat::FlatCallTracer;
use four_byte::FourByteTracer;
use prestate::PrestateTracer;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;
use std::any::Any;
use std::collections::BTreeMap;
use steps::StepTracer;
use stylus::StylusTracer;
use stylus_chain::watch::{Asked, Begun, Entered, Ledger, Left, Step, Transfer, Watcher};
use user_operation::UserOperationTracer;

/// The JavaScript that cargo-stylus 0.10.10 sends unless it is told not to, which asks for what `stylusTracer` tells: keccak of
/// its 1,500 bytes, whose SHA-256 is c969da38…8e25a.
const CARGO_STYLUS: B256 =
    b256!("6cbcdf9f17fe67cde1a5ee3eb26a5104e42dbf4392027f9352735fc82127bc06");

/// Bytes of init code that a creation can have at most.
const MOST_INIT_CODE: usize = 4 * 1024 * 1024;
/// Bytes of what is hashed that are kept of one hash.
const MOST_HASHED: usize = 1024 * 1024;

/// Everything that one answer tells of: each of its traces takes from the same room.
#[derive(Debug)]
pub struct Tracers {
    options: TraceOptions,
    budget: Budget,
}

impl Tracers {
    /// Tracers as they are asked for.
    ///
    /// # Errors
    /// What is wrong with what is asked: there is no such tracer, or it has no such settings.
    pub fn new(options: TraceOptions) -> Result<Self, Error> {
        let tracers = Self {
            budget: Budget::new(MOST, options.time()?),
            options,
        };
        tracers.tracer(Where::default())?;
        Ok(tracers)
    }

    /// A tracer for a transaction.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn tracer(&self, at: Where) -> Result<Box<dyn Watcher>, Error> {
        let tracer = match &self.options.tracer {
            None => Tracer::Steps(StepTracer::new(self.options.steps, self.budget.clone())),
            Some(name) => self.named(name, self.options.tracer_config.as_ref(), at)?,
        };
        let budget = self.budget.clone();
        Ok(Box::new(Bounded { tracer, budget }))
    }

    /// Why the traces were stopped, if they were.
    #[must_use]
    pub fn stopped(&self) -> Option<Error> {
        if self.budget.is_late() {
            return Some(Error::refused("execution timeout"));
        }
        self.budget.is_spent().then(|| {
            let words = format!("the trace is larger than {MOST} bytes: ask for less of it");
            Error::refused(words)
        })
    }

    /// What a tracer has to tell.
    ///
    /// # Errors
    /// If it is more than [`MOST`], or contradicts itself.
    pub fn told(&self, tracer: Box<dyn Watcher>) -> Result<Box<RawValue>, Error> {
        if let Some(why) = self.stopped() {
            return Err(why);
        }
        let tracer: Box<dyn Any> = tracer;
        let bounded = tracer.downcast::<Bounded>();
        let bounded = bounded.map_err(|_| Error::internal("a tracer got lost"))?;
        bounded.tracer.told()
    }

    fn named(&self, name: &str, config: Option<&Value>, at: Where) -> Result<Tracer, Error> {
        let budget = self.budget.clone();
        Ok(match name {
            "callTracer" => Tracer::Call(CallTracer::new(settings(config)?, budget)),
            "flatCallTracer" => Tracer::Flat(FlatCallTracer::new(settings(config)?, at, budget)),
            "4byteTracer" => Tracer::FourByte(FourByteTracer::default()),
            "prestateTracer" => {
                let options: options::PrestateOptions = settings(config)?;
                if options.diff_mode && options.include_empty {
                    return Err(Error::refused("cannot use diffMode with includeEmpty"));
                }
                Tracer::Prestate(PrestateTracer::new(options, budget))
            }
            "erc7562Tracer" => {
                Tracer::UserOperation(UserOperationTracer::new(settings(config)?, budget))
            }
            "stylusTracer" => Tracer::Stylus(StylusTracer::new(budget)),
            "noopTracer" => Tracer::Nothing,
            "muxTracer" => {
                let asked: BTreeMap<String, Value> = settings(config)?;
                let several = asked.iter().map(|(name, config)| {
                    let tracer = match name.as_str() {
                        "muxTracer" => Err(Error::refused("a muxTracer within a muxTracer")),
                        name => self.named(name, Some(config), at),
                    };
                    Ok((name.clone(), tracer?))
                });
                Tracer::Several(several.collect::<Result<_, Error>>()?)
            }
            script if keccak256(script) == CARGO_STYLUS => {
                Tracer::Stylus(StylusTracer::new(budget))
            }
            other => return Err(unknown(other)),
        })
    }
}

/// There is no tracer of this name. What is no name is JavaScript, which is not run here.
fn unknown(name: &str) -> Error {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$';
    if name.chars().all(is_name) {
        let words = format!("ReferenceError: {name} is not defined at <eval>:1:2(0)");
        return Error::refused(words);
    }
    Error::refused(
        "tracers in JavaScript are not run: ask for callTracer, flatCallTracer, prestateTracer, 4byteTracer, erc7562Tracer, \
         stylusTracer, muxTracer, noopTracer, or none for all steps",
    )
}

/// A tracer's settings, all of which may be left out.
fn settings<T: DeserializeOwned>(config: Option<&Value>) -> Result<T, Error> {
    let config = config.filter(|config| !config.is_null());
    let mut config = config.cloned().unwrap_or_else(|| serde_json::json!({}));
    if let Value::Object(members) = &mut config {
        members.retain(|_, member| !member.is_null());
    }
    serde_json::from_value(config).map_err(|error| Error::refused(format!("json: {error}")))
}

/// A tracer with what it may still hold.
#[derive(Debug)]
struct Bounded {
    tracer: Tracer,
    budget: Budget,
}

/// A tracer.
#[derive(Debug)]
enum Tracer {
    Call(CallTracer),
    Flat(FlatCallTracer),
    FourByte(FourByteTracer),
    Prestate(PrestateTracer),
    UserOperation(UserOperationTracer),
    Stylus(StylusTracer),
    Steps(StepTracer),
    Nothing,
    Several(BTreeMap<String, Self>),
}

impl Tracer {
    fn told(self) -> Result<Box<RawValue>, Error> {
        match self {
            Self::Call(tracer) => written(&tracer.frame().map_err(Error::refused)?),
            Self::Flat(tracer) => written(&tracer.flat().map_err(Error::refused)?),
            Self::FourByte(tracer) => written(&tracer.called),
            Self::Prestate(tracer) => written(&tracer.state()),
            Self::UserOperation(tracer) => written(&tracer.frame().map_err(Error::refused)?),
            Self::Stylus(tracer) => written(&tracer.called().map_err(Error::refused)?),
            Self::Steps(tracer) => written(&tracer.executed()),
            Self::Nothing => written(&serde_json::json!({})),
            Self::Several(tracers) => {
                let told = tracers
                    .into_iter()
                    .map(|(name, tracer)| Ok((name, tracer.told()?)));
                written(&told.collect::<Result<BTreeMap<_, _>, Error>>()?)
            }
        }
    }

    fn wants_steps(&self) -> bool {
        match self {
            Self::Prestate(_) | Self::UserOperation(_) | Self::Steps(_) => true,
            Self::Several(tracers) => tracers.values().any(Self::wants_steps),
            _ => false,
        }
    }

    /// Each tracer there is in it.
    fn each(&mut self, tell: &mut dyn FnMut(&mut dyn Watcher)) {
        match self {
            Self::Call(tracer) => tell(tracer),
            Self::Flat(tracer) => tell(tracer),
            Self::FourByte(tracer) => tell(tracer),
            Self::Prestate(tracer) => tell(tracer),
            Self::UserOperation(tracer) => tell(tracer),
            Self::Stylus(tracer) => tell(tracer),
            Self::Steps(tracer) => tell(tracer),
            Self::Nothing => {}
            Self::Several(tracers) => tracers.values_mut().for_each(|tracer| tracer.each(tell)),
        }
    }
}

/// For serde, which leaves out what is nothing.
fn is_nothing(bytes: &[u8]) -> bool {
    bytes.is_empty()
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks so
const fn is_zero(number: &u64) -> bool {
    *number == 0
}

fn written(told: &impl Serialize) -> Result<Box<RawValue>, Error> {
    serde_json::value::to_raw_value(told).map_err(|error| Error::internal(error.to_string()))
}

impl Watcher for Bounded {
    fn begins(&mut self, ledger: &mut dyn Ledger, begun: &Begun) {
        self.tracer.each(&mut |tracer| tracer.begins(ledger, begun));
    }

    fn ends(&mut self, ledger: &mut dyn Ledger, gas_used: u64) {
        self.tracer
            .each(&mut |tracer| tracer.ends(ledger, gas_used));
    }

    fn enters(&mut self, entered: &Entered) {
        self.tracer.each(&mut |tracer| tracer.enters(entered));
    }

    fn leaves(&mut self, left: &Left) {
        self.tracer.each(&mut |tracer| tracer.leaves(left));
    }

    fn wants_steps(&self) -> bool {
        self.tracer.wants_steps()
    }

    fn has_enough(&mut self) -> bool {
        self.budget.must_stop()
    }

    fn steps(&mut self, ledger: &mut dyn Ledger, step: &Step<'_>) {
        self.tracer.each(&mut |tracer| tracer.steps(ledger, step));
    }

    fn stepped(&mut self, cost: u64, failure: Option<&str>) {
        self.tracer
            .each(&mut |tracer| tracer.stepped(cost, failure));
    }

    fn logs(&mut self, log: &Log) {
        self.tracer.each(&mut |tracer| tracer.logs(log));
    }

    fn transfers(&mut self, transfer: &Transfer) {
        self.tracer.each(&mut |tracer| tracer.transfers(transfer));
    }

    fn arbos(&mut self, ledger: &mut dyn Ledger, slot: U256) {
        self.tracer.each(&mut |tracer| tracer.arbos(ledger, slot));
    }

    fn asked(&mut self, asked: &Asked<'_>) {
        self.tracer.each(&mut |tracer| tracer.asked(asked));
    }

    fn protocol(&mut self, begins: bool) {
        self.tracer.each(&mut |tracer| tracer.protocol(begins));
    }
}
