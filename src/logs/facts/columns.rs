//! The columns that Lambda's runtimes write before a message: `time⇥id⇥LEVEL⇥`, or `[LEVEL]⇥time⇥id⇥`.

use crate::logs::{Level, RequestId};

/// What the columns tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Columns {
    pub(super) level: Level,
    pub(super) request: Option<RequestId>,
}

/// Reads the columns that a text starts with; the rest is all of it when there are none.
pub(super) fn split(text: &str) -> (Columns, &str) {
    read(text).unwrap_or((Columns::default(), text))
}

fn read(text: &str) -> Option<(Columns, &str)> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '[') {
        return None;
    }
    let (first, rest) = text.split_once('\t')?;
    let (second, rest) = rest.split_once('\t')?;
    let (third, rest) = rest.split_once('\t')?;
    let (level, id) = match first.strip_prefix('[') {
        Some(level) => (level.strip_suffix(']')?, third),
        None => (third, second),
    };
    let columns = Columns {
        level: Level::named(level)?,
        request: Some(RequestId::parse(id)?),
    };
    Some((columns, rest))
}

#[cfg(test)]
mod tests {
    use super::{Columns, split};
    use crate::logs::{Level, RequestId};

    #[test]
    fn the_columns_of_the_runtimes_are_read() {
        let id = "8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f";
        let time = "2026-01-02T03:04:05.678Z";
        for (text, level) in [
            (format!("{time}\t{id}\tfail\thi\tyou"), Level::Error),
            (format!("[WARNING]\t{time}\t{id}\thi\tyou"), Level::Warn),
        ] {
            let columns = Columns {
                level,
                request: RequestId::parse(id),
            };
            assert_eq!(split(&text), (columns, "hi\tyou"));
        }
        for other in ["", "1\t2\t3\t4", "a\tb", "[x]\ty\tz\t"] {
            assert_eq!(split(other), (Columns::default(), other));
        }
    }
}
