//! The ways in which programs write down what they did.
//!
//! Every dialect looks at all fields of a file and reads those it knows. What they find is put together: a graph beside a text
//! keeps both. Which program made the file is said by the strongest evidence among them.

mod automatic1111;
mod civitai;
mod comfyui;
mod dgenerate;
mod diffusers;
mod draw_things;
mod easy_diffusion;
mod fooocus;
mod front_matter;
mod invokeai;
mod midjourney;
mod mochi_diffusion;
mod models;
mod novelai;
mod stability_matrix;
mod swarmui;
mod tensor_art;
pub(crate) mod xmp;

use crate::field::Fields;
use crate::reading::Reading;

/// Of two that are as sure, the first decides.
const DIALECTS: [fn(&Fields) -> Option<Reading>; 18] = [
    stability_matrix::read,
    tensor_art::read,
    comfyui::read,
    swarmui::read,
    fooocus::read,
    invokeai::read,
    novelai::read,
    easy_diffusion::read,
    dgenerate::read,
    draw_things::read,
    midjourney::read,
    mochi_diffusion::read,
    models::read,
    civitai::read,
    front_matter::read,
    diffusers::read,
    automatic1111::read,
    xmp::read,
];

/// What all dialects together read from the fields of a file.
pub(crate) fn read(fields: &Fields) -> Reading {
    let mut all = Reading::default();
    for reading in DIALECTS.iter().filter_map(|read| read(fields)) {
        all.merge(reading);
    }
    all.sort();
    all
}
