//! Headers, roots and hashes of Nitro's blocks, computed anew from what is in them.
#![allow(missing_docs)]

mod recorded;
mod roots;
#[path = "../nitro/scenario.rs"]
#[allow(dead_code)]
mod scenario;
