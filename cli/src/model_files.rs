//! The files of models that are at hand, by which the models of a work are named.

use crate::file;
use anyhow::{Context as _, Result, bail};
use clap::Args;
use record::Reading;
use record::models::ModelIdentity;
use std::path::{Path, PathBuf};

/// The option that names them.
#[derive(Clone, Debug, Default, Args)]
pub struct ModelFiles {
    /// A model's file: name the model that the work names by this name or by one of its hashes by its whole SHA-256
    #[arg(long = "model-file", value_name = "FILE")]
    pub model_files: Vec<PathBuf>,
}

/// A model by its file.
#[derive(Clone, Debug)]
pub struct Model {
    path: PathBuf,
    name: String,
    identity: ModelIdentity,
}

impl ModelFiles {
    /// Hashes the files.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn read(&self) -> Result<Vec<Model>> {
        let read = |path: &PathBuf| {
            let name = path.file_name().context("the path names no file")?;
            Ok(Model {
                path: path.clone(),
                name: name.to_string_lossy().into_owned(),
                identity: file::model(path)?,
            })
        };
        self.model_files.iter().map(read).collect()
    }
}

impl Model {
    /// Names the steps that are this model. A hash that is none of its own is left as it is.
    pub fn name(&self, reading: &mut Reading) {
        reading.name_model(&self.name, &self.identity);
    }

    /// As [`Self::name`], where a step must be this model.
    ///
    /// # Errors
    /// None is.
    pub fn must_name(&self, file: &Path, reading: &mut Reading) -> Result<()> {
        let naming = reading.name_model(&self.name, &self.identity);
        if !naming.named.is_empty() {
            return Ok(());
        }
        let (model, file) = (self.path.display(), file.display());
        match naming.disagree.is_empty() {
            true => bail!(
                "{file} names no model that is {model}, by its name or one of its hashes: take the file that was used, or leave --model-file out"
            ),
            false => bail!(
                "{file} names a model as {model} is called, by a hash that is none of that file's: take the file that was used, or leave --model-file out"
            ),
        }
    }
}
