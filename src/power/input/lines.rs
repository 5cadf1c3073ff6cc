//! The lines on which the keys of a JSON object stand, which a parsed value no longer tells.

/// The top-level keys of a valid JSON object in order, each with its line, from 1.
pub(super) fn of_keys(text: &str) -> Vec<(String, usize)> {
    let mut keys = Vec::new();
    let (mut line, mut depth) = (1, 0_usize);
    let mut at = text.char_indices();
    while let Some((start, c)) = at.next() {
        match c {
            '\n' => line += 1,
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            '"' => {
                skip_string(&mut at);
                let end = at.offset();
                let is_key = text
                    .get(end..)
                    .is_some_and(|rest| rest.trim_start().starts_with(':'));
                let key = text.get(start..end).map(serde_json::from_str);
                if let (1, true, Some(Ok(key))) = (depth, is_key, key) {
                    keys.push((key, line));
                }
            }
            _ => {}
        }
    }
    keys
}

/// Moves past the closing quote.
fn skip_string(at: &mut std::str::CharIndices<'_>) {
    while let Some((_, c)) = at.next() {
        match c {
            '\\' => {
                at.next();
            }
            '"' => return,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_top_level_keys_are_found() {
        let text =
            "{\n \"a\": {\"x\": 1},\n \"b\\\"c\"\n: [\":\", {\"y\": \"}\"}],\r\n\"d\": \"e\"}";
        let keys = of_keys(text);
        let expected = [("a", 2), ("b\"c", 3), ("d", 5)];
        assert_eq!(keys, expected.map(|(key, line)| (key.to_owned(), line)));
    }

    #[test]
    fn cut_text_is_no_trouble() {
        assert_eq!(of_keys("{\"a"), []);
        assert_eq!(of_keys(""), []);
    }
}
