//! Variables that are set to nothing count as not set, for the SDK as well. It takes them for values: an empty region for
//! a region, an empty `AWS_PROFILE` for a profile without a name; over an empty `AWS_ENDPOINT_URL` it panics.

use std::ffi::{OsStr, OsString};
use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// Starts the program anew, in this process, without the empty variables the SDK reads. Does nothing without any.
pub(super) fn drop_empty() {
    let empty = empty(std::env::vars_os());
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    if empty.is_empty() {
        return;
    }
    let mut arguments = std::env::args_os();
    let mut command = Command::new(program);
    command.arg0(arguments.next().unwrap_or_default());
    command.args(arguments);
    for name in empty {
        command.env_remove(name);
    }
    // It comes back only when it fails: then all is as without this.
    let _failure = command.exec();
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
