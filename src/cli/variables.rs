//! Variables that are set to nothing count as not set, for the SDK as well. It takes them for values: an empty region
//! for a region, an empty `AWS_PROFILE` for a profile without a name; over an empty `AWS_ENDPOINT_URL` it panics.

use std::ffi::{OsStr, OsString};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::Command;

use super::CommandFailure;
use crate::text::neutralise;

/// Starts the program anew, in this process, without the empty variables the SDK reads. Does nothing without any.
///
/// # Errors
/// When the program cannot be started anew; it must not go on with them.
pub(super) fn drop_empty() -> Result<(), CommandFailure> {
    let empty = empty(std::env::vars_os());
    if empty.is_empty() {
        return Ok(());
    }
    let error = match std::env::current_exe() {
        // It comes back only when it fails.
        Ok(program) => anew(program, &empty).exec(),
        Err(error) => error,
    };
    Err(still_set(&empty, &error))
}

/// This command line once more, without these variables.
fn anew(program: PathBuf, without: &[OsString]) -> Command {
    let mut arguments = std::env::args_os();
    let mut command = Command::new(program);
    command.arg0(arguments.next().unwrap_or_default());
    command.args(arguments);
    for name in without {
        command.env_remove(name);
    }
    command
}

fn still_set(empty: &[OsString], error: &std::io::Error) -> CommandFailure {
    let names: Vec<_> = empty.iter().map(|name| name.to_string_lossy()).collect();
    let (listed, typed) = (names.join(", "), names.join(" "));
    CommandFailure::usage(neutralise(&format!(
        "set to nothing, which AWS takes for a value: {listed}; iacstone cannot start itself without that ({error}): type 'unset {typed}' and start it again"
    )))
}

/// The variables of AWS and of certificates that are set to nothing.
fn empty(variables: impl Iterator<Item = (OsString, OsString)>) -> Vec<OsString> {
    let is_read = |name: &OsStr| {
        let name = name.as_encoded_bytes();
        name.starts_with(b"AWS_") || name.starts_with(b"SSL_CERT_")
    };
    let empty = variables.filter(|(name, value)| value.is_empty() && is_read(name));
    empty.map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_empty_and_read_by_others_is_dropped() {
        let variables = [("AWS_REGION", ""), ("AWS_PROFILE", "work"), ("PATH", "")];
        let variables = variables.map(|(name, value)| (name.into(), value.into()));
        assert_eq!(empty(variables.into_iter()), ["AWS_REGION"]);
    }
}
