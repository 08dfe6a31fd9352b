//! Video, sound, models, texts, and what stands beside files.

mod cards;
#[path = "../common/mod.rs"]
mod common;
mod documents;
mod identities;
mod models;
mod sidecars;
mod sound;
mod tags;
mod texts;
mod video;
