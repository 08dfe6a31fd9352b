//! What programs write, each in its own way, and what is read of it.

mod automatic1111;
mod automatic1111_models;
mod automatic1111_untold;
mod comfyui;
#[path = "../common/mod.rs"]
mod common;
mod dgenerate;
mod diffusers;
mod draw_things;
mod easy_diffusion;
mod fooocus;
mod invokeai;
mod midjourney;
mod mochi_diffusion;
mod novelai;
mod sd_cpp;
mod several;
mod stability_matrix;
mod swarmui;
mod tensor_art;
