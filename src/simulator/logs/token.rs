//! The tokens of pages: where the next page begins, and which question it belongs to.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::super::errors::ApiError;
use super::errors::invalid;
use super::event::EventPosition;

/// How long the token of a page can be used, in milliseconds.
const LIFETIME_MS: i64 = 24 * 3_600_000;

/// The token of a page of `FilterLogEvents`: a place, the question and the time of issue.
pub(super) fn of_filter(position: EventPosition, question: u64, now_ms: i64) -> String {
    let EventPosition { time_ms, number } = position;
    URL_SAFE_NO_PAD.encode(format!(
        "Bxkq6kVGFtq2y|{time_ms}|{number}|{question}|{now_ms}"
    ))
}

/// The place a token of `FilterLogEvents` stands for, for the same question.
pub(super) fn to_filter(
    token: &str,
    question: u64,
    now_ms: i64,
) -> Result<EventPosition, ApiError> {
    let wrong = || invalid("The specified nextToken is invalid.");
    let text = URL_SAFE_NO_PAD.decode(token).ok();
    let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
    let text = text.ok_or_else(wrong)?;
    let fields: Vec<&str> = text.split('|').collect();
    let [_, time, number, asked, issued] = fields.as_slice() else {
        return Err(wrong());
    };
    let issued: i64 = issued.parse().ok().ok_or_else(wrong)?;
    if now_ms - issued > LIFETIME_MS {
        return Err(expired());
    }
    if asked.parse() != Ok(question) {
        return Err(wrong());
    }
    Ok(EventPosition {
        time_ms: time.parse().ok().ok_or_else(wrong)?,
        number: number.parse().ok().ok_or_else(wrong)?,
    })
}

/// What is said about a token that is too old.
pub(super) fn expired() -> ApiError {
    invalid("The specified nextToken has expired.")
}

/// A token of `GetLogEvents`: `f/…/s` for what comes after a place, `b/…/s` for what comes before it.
pub(super) fn of_events(forward: bool, position: EventPosition) -> String {
    let side = if forward { 'f' } else { 'b' };
    let EventPosition { time_ms, number } = position;
    format!("{side}/3{:020}{:035}/s", time_ms.cast_unsigned(), number)
}

/// The side and the place of a token of `GetLogEvents`.
pub(super) fn to_events(token: &str) -> Result<(bool, EventPosition), ApiError> {
    let parse = || {
        let (side, rest) = token.split_once('/')?;
        let digits = rest.strip_suffix("/s")?.strip_prefix('3')?;
        let (time, number) = digits.split_at_checked(20)?;
        let forward = match side {
            "f" => true,
            "b" => false,
            _ => return None,
        };
        let time: u64 = time.parse().ok()?;
        let number = number.parse().ok()?;
        let time_ms = time.cast_signed();
        Some((forward, EventPosition { time_ms, number }))
    };
    parse().ok_or_else(|| invalid("The specified nextToken is invalid."))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: EventPosition = EventPosition {
        time_ms: 1_795_000_000_123,
        number: 7,
    };

    #[test]
    fn a_filter_token_holds_for_its_question_and_a_day() {
        let token = of_filter(HERE, 11, 1000);
        assert_eq!(to_filter(&token, 11, 2000).unwrap(), HERE);
        assert!(to_filter(&token, 12, 2000).is_err());
        assert!(to_filter(&token, 11, 1001 + LIFETIME_MS).is_err());
        assert!(to_filter("nonsense!", 11, 2000).is_err());
    }

    #[test]
    fn tokens_of_get_log_events_look_like_the_services() {
        for position in [
            HERE,
            EventPosition::start_of(-5),
            EventPosition {
                number: u64::MAX,
                ..HERE
            },
        ] {
            for forward in [true, false] {
                let token = of_events(forward, position);
                assert_eq!(token.len(), 2 + 56 + 2, "{token}");
                assert_eq!(to_events(&token).unwrap(), (forward, position));
            }
        }
        assert!(to_events("x/35/s").is_err());
        assert!(to_events("f/").is_err());
    }
}
