//! What the user can set: files, environment and command line, joined into [`Settings`].
//!
//! iacstone reads its configuration and never writes it.

mod color;
pub mod document;
mod endpoint;
mod environment;
mod error;
mod file;
mod join;
mod places;
mod powers;
mod region;
mod settings;

pub use color::ColorChoice;
pub use endpoint::{EndpointError, EndpointUrl};
pub use environment::Environment;
pub use error::{ConfigError, FileError};
pub use file::{FileConfig, Located};
pub use join::join;
pub use places::{Files, Places, load};
pub use powers::{Powers, PowersError};
pub use region::{RegionError, region};
pub use settings::{Resolved, SettingSource, Settings, TuningDefaults};
