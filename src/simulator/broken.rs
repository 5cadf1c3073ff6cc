//! Texts that are none: what some writers of logs leave behind, bytes that are no UTF-8 and halves of surrogate pairs.

use axum::body::Bytes;

/// What the texts begin after, in JSON: only a key is written like this, for quotes within a text are escaped.
const KEY: &[u8] = b"\"message\":\"";
/// What they end with: a byte that is no UTF-8, and the first half of a pair alone.
const BREAKAGE: &[u8] = b"\xff\\ud83d";

/// The JSON of an answer with every message broken at its end.
pub(super) fn texts(json: &[u8]) -> Bytes {
    let mut out = Vec::with_capacity(json.len() + json.len() / 8);
    let mut rest = json;
    while let Some(at) = rest.windows(KEY.len()).position(|window| window == KEY) {
        let (before, after) = rest.split_at(at + KEY.len());
        let (text, after) = after.split_at(length(after));
        out.extend_from_slice(before);
        out.extend_from_slice(text);
        out.extend_from_slice(BREAKAGE);
        rest = after;
    }
    out.extend_from_slice(rest);
    out.into()
}

/// How long a JSON string is, from after its first quote to before its last.
fn length(json: &[u8]) -> usize {
    let mut is_escaped = false;
    let end = json.iter().position(|&byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    });
    end.unwrap_or(json.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_message_is_broken_at_its_end_and_nothing_else() {
        let json = br#"{"events":[{"message":"a \"message\":\" \\"},{"message":"","n":"x"}]}"#;
        let broken = texts(json);
        let wanted = b"{\"events\":[{\"message\":\"a \\\"message\\\":\\\" \\\\\xff\\ud83d\"},{\"message\":\"\xff\\ud83d\",\"n\":\"x\"}]}";
        assert_eq!(&broken[..], &wanted[..]);
    }
}
