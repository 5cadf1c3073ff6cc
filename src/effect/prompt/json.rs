//! Says where JSON is broken, in words for the person who types it.

/// Checks that a text is JSON; nothing at all counts as JSON too (no payload).
///
/// # Errors
/// A sentence with the line and column of the first mistake.
pub fn check_json(text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Ok(());
    }
    match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        Ok(_) => Ok(()),
        Err(error) => {
            let words = error.to_string();
            let what = words.split(" at line ").next().unwrap_or(&words);
            let what = match what.strip_prefix("EOF while parsing ") {
                Some(inside) => format!("the text ends inside {inside}"),
                None => what.to_owned(),
            };
            let (line, column) = (error.line(), error.column());
            Err(format!("line {line}, column {column}: {what}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_json_is_placed_by_line_and_column() {
        assert_eq!(check_json(""), Ok(()));
        assert_eq!(check_json("{\"a\": [1, 2]}"), Ok(()));
        let error = check_json("{\n  \"a\": 1,\n}").unwrap_err();
        assert!(error.starts_with("line 3, column 1: "), "{error}");
        assert!(!error.contains(" at line "), "{error}");
    }

    #[test]
    fn a_text_that_is_not_finished_is_said_to_end() {
        let error = check_json("{\"a\": [1, ").unwrap_err();
        assert_eq!(error, "line 1, column 10: the text ends inside a value");
    }
}
