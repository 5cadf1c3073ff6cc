//! The errors with which ECS and Fargate say that a task or one of its containers did not run.
//!
//! Sources: "Amazon ECS stopped task error messages" and "Stopped tasks error codes" of the ECS developer guide.

/// Errors that are not called `Cannot…Error`.
const NAMES: [&str; 10] = [
    "ResourceInitializationError",
    "OutOfMemoryError",
    "OutOfMemory",
    "DockerTimeoutError",
    "ContainerRuntimeError",
    "ContainerRuntimeTimeoutError",
    "ContainerHealthCheckError",
    "SpotInterruptionError",
    "InternalError",
    "AgentError",
];

/// Whether a word is the name of such an error.
pub(super) fn is_error(word: &str) -> bool {
    let cannot = word.strip_prefix("Cannot");
    let cannot = cannot.and_then(|rest| rest.strip_suffix("Error"));
    cannot.is_some_and(|what| what.starts_with(|c: char| c.is_ascii_uppercase()))
        || NAMES.contains(&word)
}

/// Whether a sentence begins with such an error: `CannotPullContainerError: …`.
pub(super) fn begins(sentence: &str) -> bool {
    let name = sentence.split_once(':').map(|(name, _)| name);
    name.is_some_and(|name| is_error(name.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::{begins, is_error};

    #[test]
    fn the_errors_of_containers_are_told_by_their_names() {
        for name in [
            "CannotPullContainerError",
            "CannotPullECRContainerError",
            "CannotPullImageManifestError",
            "CannotStartContainerError",
            "CannotCreateVolumeError",
            "ResourceInitializationError",
            "OutOfMemoryError",
        ] {
            assert!(is_error(name), "{name}");
        }
        for other in ["Cannot", "CannotError", "TypeError", "Cannotational"] {
            assert!(!is_error(other), "{other}");
        }
        assert!(begins("CannotPullContainerError: pull image"));
        assert!(!begins("about CannotPullContainerError: pull image"));
    }
}
