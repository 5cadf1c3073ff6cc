//! Terraform: states, modules, values.

mod address;
mod config;
mod guess;
mod json;
mod memory;
mod project;
mod resolve;
mod state;
mod uses;
mod values;

pub(super) use config::{TerraformConfig, TerraformFiles};
pub(super) use guess::{fits_template, guessed_places};
pub(super) use memory::stated_places;
pub(super) use project::{called_dirs, is_terraform, project, selected_workspace};

#[cfg(test)]
mod tests;
