//! What the user can set: files, environment and command line, joined into [`Settings`].
//!
//! iacstone reads its configuration and never writes it.

mod color;
mod endpoint;
mod environment;
mod error;
mod feed_rules;
mod file;
mod global_args;
mod join;
mod load;
mod number;
mod places;
mod region;
mod settings;

pub use color::ColorChoice;
pub use endpoint::{EndpointError, EndpointUrl};
pub use environment::Environment;
pub use error::ConfigError;
pub use feed_rules::{FeedRule, FeedRules};
pub use file::{FileConfig, Located};
pub use global_args::GlobalArgs;
pub use join::join;
pub use load::load;
pub use number::{number, positive};
pub use places::{Files, Places};
pub use region::{RegionError, region};
pub use settings::{ReaderSettings, Resolved, SettingSource, Settings, StartPane, TuningDefaults};
