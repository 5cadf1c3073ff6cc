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

/// Letters of the longest name.
const LONGEST: usize = 20;

/// What a key tells, written in any case and with `_`, `.`, `-` or nothing between its words; `None` for a field of the
/// line's own.
pub(in crate::logs) fn meaning(key: &str) -> Option<Meaning> {
    let mut name = [0; LONGEST];
    let mut length = 0;
    for letter in letters(key) {
        *name.get_mut(length)? = letter;
        length += 1;
    }
    Some(match name.get(..length)? {
        b"level" | b"severity" | b"lvl" | b"levelname" | b"loglevel" | b"severitytext" | b"@l"
        | b"@level" => Meaning::Level,
        b"severitynumber" => Meaning::Severity,
        b"requestid" | b"functionrequestid" | b"awsrequestid" | b"lambdarequestid" => {
            Meaning::Request
        }
        b"timestamp"
        | b"@timestamp"
        | b"time"
        | b"ts"
        | b"@t"
        | b"date"
        | b"timeunixnano"
        | b"observedtimeunixnano"
        | b"observedtimestamp" => Meaning::Time,
        _ => return None,
    })
}

/// Whether a key is written as `name`, which has small letters alone, in the same freedom.
pub(in crate::logs) fn is_named(key: &str, name: &str) -> bool {
    key.len() >= name.len() && letters(key).eq(name.bytes())
}

/// The letters of a key, small and without what parts its words.
fn letters(key: &str) -> impl Iterator<Item = u8> {
    let letters = key.bytes();
    let letters = letters.filter(|byte| !matches!(byte, b'_' | b'.' | b'-'));
    letters.map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Meaning, is_named, meaning};

    #[test]
    fn the_ways_to_write_a_name_are_one() {
        for key in [
            "LogLevel",
            "log_level",
            "log.level",
            "log-level",
            "LOGLEVEL",
        ] {
            assert_eq!(meaning(key), Some(Meaning::Level), "{key}");
            assert!(is_named(key, "loglevel"), "{key}");
        }
        assert!(!is_named("logleve", "loglevel") && !is_named("", "ts"));
        assert_eq!(meaning("AWSRequestId"), Some(Meaning::Request));
        assert_eq!(meaning("severityNumber"), Some(Meaning::Severity));
        assert_eq!("observedtimeunixnano".len(), LONGEST);
        assert_eq!(meaning("observedTimeUnixNano"), Some(Meaning::Time));
        for other in ["levels", "", "_", &"level".repeat(9)] {
            assert_eq!(meaning(other), None, "{other}");
        }
    }
}
