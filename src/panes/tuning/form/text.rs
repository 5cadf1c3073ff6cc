//! Texts of fields: what is read from them, and what left and right make of them.

use std::ops::RangeInclusive;

use crate::effect::check_json;
use crate::power::plan::DEFAULT_TOLERANCE;
use crate::power::{Currency, Payload};

/// A whole number.
pub(super) fn whole_number(text: &str) -> Result<u32, String> {
    text.parse()
        .map_err(|_not_a_number| format!("'{text}' is not a whole number"))
}

/// A whole number from `least` to `most`.
pub(super) fn number_between(text: &str, least: u32, most: u32) -> Result<u32, String> {
    match whole_number(text)? {
        count if (least..=most).contains(&count) => Ok(count),
        count => Err(format!("'{count}' is outside {least} to {most}")),
    }
}

/// A number of this range; `words` name its ends.
pub(super) fn decimal_between(
    text: &str,
    allowed: RangeInclusive<f64>,
    words: &str,
) -> Result<f64, String> {
    let number: f64 = text
        .parse()
        .map_err(|_not_a_number| format!("'{text}' is not a number"))?;
    if allowed.contains(&number) {
        Ok(number)
    } else {
        Err(format!("'{text}' is outside {words}"))
    }
}

/// An amount of money, with or without its sign; `None` for no text.
pub(super) fn amount(text: &str, currency: Currency) -> Result<Option<f64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let amount = currency.unsigned(text).parse().map(Some);
    amount.map_err(|_not_a_number| {
        let code = currency.code();
        format!("'{text}' is not an amount in {code}; give a number such as 0.25")
    })
}

/// A payload in JSON.
pub(super) fn json(text: &str) -> Result<Payload, String> {
    check_json(text).map_err(|problem| match Payload::quoting_hint(text) {
        Some(hint) => format!("{problem}; {hint}"),
        None => problem,
    })?;
    match serde_json::from_str(text) {
        Ok(value) => Payload::from_value(value).map_err(|error| error.to_string()),
        Err(_) => Ok(Payload::None),
    }
}

/// The path of the file whose text a payload is to be: `@event.json`.
///
/// # Errors
/// That there is no path.
pub(super) fn payload_file(text: &str) -> Result<Option<&str>, String> {
    match text.trim().strip_prefix('@').map(str::trim) {
        Some("") => Err("there is no file name after '@'".to_owned()),
        path => Ok(path),
    }
}

/// The word behind (or before, for steps below 0) the one in the text, in a circle; the first for another text.
pub(super) fn next_word(words: &[&str], text: &str, steps: i32) -> String {
    let here = words
        .iter()
        .position(|word| word.eq_ignore_ascii_case(text.trim()));
    let forward = if steps > 0 {
        1
    } else {
        words.len().saturating_sub(1)
    };
    let there = here.map_or(Some(0), |at| (at + forward).checked_rem(words.len()));
    let word = there.and_then(|at| words.get(at)).copied();
    word.unwrap_or(text).to_owned()
}

/// A whole number moved by so much, and not below `least`.
pub(super) fn shifted(text: &str, by: i32, least: u32) -> String {
    text.trim()
        .parse::<u32>()
        .unwrap_or(least)
        .saturating_add_signed(by)
        .max(least)
        .to_string()
}

/// A share moved by so many steps of 0.05, from 0 to `most`.
pub(super) fn shifted_share(text: &str, steps: i32, most: f64) -> String {
    let share: f64 = text.trim().parse().unwrap_or(most / 2.0);
    format!("{:.2}", (share + f64::from(steps) * 0.05).clamp(0.0, most))
}

/// A percentage without its sign.
pub(super) fn without_percent(text: &str) -> &str {
    text.trim().trim_end_matches('%').trim_end()
}

/// A percentage of this range, with or without its sign; `words` name its ends. `None` for no text.
pub(super) fn percent(
    text: &str,
    allowed: RangeInclusive<f64>,
    words: &str,
) -> Result<Option<f64>, String> {
    match without_percent(text) {
        "" => Ok(None),
        percent => decimal_between(percent, allowed, words).map(Some),
    }
}

/// A figure as a field holds it; no text where it is not known.
pub(super) fn known(figure: Option<f64>) -> String {
    figure.map_or_else(String::new, |it| it.to_string())
}

/// A percentage moved by so many halves; nothing where that is the usual one.
pub(super) fn shifted_percent(text: &str, steps: i32) -> String {
    let percent: f64 = text.trim().parse().unwrap_or(DEFAULT_TOLERANCE);
    let moved = (percent + f64::from(steps) * 0.5).clamp(0.0, 100.0);
    if (moved - DEFAULT_TOLERANCE).abs() < 1e-9 {
        String::new()
    } else {
        moved.to_string()
    }
}

/// The word for a switch.
pub(super) fn yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}
