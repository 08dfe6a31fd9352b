//! Programs as bytes: their code, its activation, its metering and its compiled form.

pub mod activate;
pub mod code;
pub(crate) mod guest;
pub mod meter;
pub mod modules;
pub mod pages;
pub mod recent;
