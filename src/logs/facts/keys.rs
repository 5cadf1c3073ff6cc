//! What the keys of a line of JSON mean, by the many names loggers have for the same.

/// What a key of a line of JSON tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::logs) enum Meaning {
    /// How grave the line is.
    Level,
    /// How grave it is, as a number of OpenTelemetry.
    Severity,
    /// Which Lambda invocation it belongs to.
    Request,
    /// When it was written.
    Time,
}

/// The names, in small letters and without what parts their words.
const NAMES: [(&str, Meaning); 26] = [
    ("level", Meaning::Level),
    ("severity", Meaning::Level),
    ("lvl", Meaning::Level),
    ("levelname", Meaning::Level),
    ("loglevel", Meaning::Level),
    ("severitytext", Meaning::Level),
    ("@l", Meaning::Level),
    ("@level", Meaning::Level),
    ("severitynumber", Meaning::Severity),
    ("requestid", Meaning::Request),
    ("functionrequestid", Meaning::Request),
    ("awsrequestid", Meaning::Request),
    ("lambdarequestid", Meaning::Request),
    ("timestamp", Meaning::Time),
    ("@timestamp", Meaning::Time),
    ("time", Meaning::Time),
    ("@time", Meaning::Time),
    ("ts", Meaning::Time),
    ("@t", Meaning::Time),
    ("date", Meaning::Time),
    ("datetime", Meaning::Time),
    ("timeunixnano", Meaning::Time),
    ("observedtimeunixnano", Meaning::Time),
    ("observedtimestamp", Meaning::Time),
    ("timeunixms", Meaning::Time),
    ("timeepoch", Meaning::Time),
];

/// What a key tells; `None` for a field of the line's own.
pub(in crate::logs) fn meaning(key: &str) -> Option<Meaning> {
    let named = NAMES.iter().find(|(name, _)| is_named(key, name));
    named.map(|(_, meaning)| *meaning)
}

/// Whether a key is written as `name`, in any case, its words parted by `_`, `.`, `-` or not at all.
pub(in crate::logs) fn is_named(key: &str, name: &str) -> bool {
    let letters = key
        .bytes()
        .filter(|byte| !matches!(byte, b'_' | b'.' | b'-'));
    key.len() >= name.len()
        && letters
            .map(|byte| byte.to_ascii_lowercase())
            .eq(name.bytes())
}

#[cfg(test)]
mod tests {
    use super::{Meaning, is_named, meaning};

    #[test]
    fn the_ways_to_write_a_name_are_one() {
        for key in [
            "LogLevel",
            "log_level",
            "log.level",
            "log-level",
            "LOGLEVEL",
        ] {
            assert!(is_named(key, "loglevel"), "{key}");
        }
        assert!(!is_named("logleve", "loglevel") && !is_named("", "ts"));
        assert_eq!(meaning("AWSRequestId"), Some(Meaning::Request));
        assert_eq!(meaning("severityNumber"), Some(Meaning::Severity));
        assert_eq!(meaning("levels"), None);
    }
}
