//! The settings of a start: the files, the command line and the environment joined.

use super::{ConfigError, Environment, GlobalArgs, Places, Settings, join};
use crate::keys::Keymap;

/// Reads the files and joins them with command line and environment; `keymap` has the built-in keys.
///
/// # Errors
/// [`ConfigError`], whose sentence ends the program with exit code 2.
pub fn load(
    flags: &GlobalArgs,
    environment: &Environment,
    keymap: Keymap,
) -> Result<Settings, ConfigError> {
    join(flags, environment, &Places::of(flags).read(keymap)?)
}
