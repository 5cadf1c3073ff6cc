//! What can be wrong with a configuration. Any of these ends the program with exit code 2 before the
//! terminal is touched.

use std::path::PathBuf;

use crate::toml_file::FileError;

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file says something that cannot be.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file named on the command line does not exist.
    #[error("there is no configuration file '{}'; check --config", .0.display())]
    Missing(PathBuf),
    /// A file exists but cannot be read.
    #[error("cannot read '{}': {source}; mend the file or its permissions", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file with headers that may let somebody in can be read by others.
    #[error(
        "'{path}' holds headers that may be secret, and others can read it; keep them out with `chmod 600 {path}`",
        path = .0.display()
    )]
    Exposed(PathBuf),
    /// An environment variable holds something that cannot be.
    #[error("the environment variable {variable} is wrong: {message}")]
    Environment {
        /// Its name.
        variable: &'static str,
        /// What is wrong and what to do.
        message: String,
    },
    /// Two flags exclude each other.
    #[error("--demo has an account of its own; leave out --endpoint-url, or --demo")]
    DemoEndpoint,
    /// There is no home directory to put data into.
    #[error(
        "there is no home directory for iacstone's data; set HOME, or name a place with --data-dir"
    )]
    NoHome,
}
