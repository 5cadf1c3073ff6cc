//! Numbers in documents from elsewhere: many tools put them in quotes, or write whole ones with a fraction of zero.

use serde_json::Value;

/// The number a value is, or the text in it says; infinite ones are none.
pub(super) fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::String(text) => text.trim().parse().ok(),
        value => value.as_f64(),
    };
    number.filter(|number: &f64| number.is_finite())
}

/// The whole number a value is, or the text in it says, also when it was written with a fraction of zero: `5.0`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number in the range of the type loses nothing"
)]
pub(super) fn whole_number(value: &Value) -> Option<u32> {
    let number = number(value)?;
    let range = 0.0..=f64::from(u32::MAX);
    (number.fract() == 0.0 && range.contains(&number)).then_some(number as u32)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_may_stand_in_quotes() {
        for value in [json!(5), json!(5.0), json!("5"), json!(" 5.0 ")] {
            assert_eq!(whole_number(&value), Some(5), "{value}");
        }
        assert_eq!(number(&json!("2.5e-7")), Some(2.5e-7));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for value in [
            json!("five"),
            json!(""),
            json!("NaN"),
            json!("inf"),
            json!([5]),
            json!(null),
        ] {
            assert_eq!(number(&value), None, "{value}");
        }
        for value in [json!("5.5"), json!(-1), json!("-1"), json!(4_294_967_296.0)] {
            assert_eq!(whole_number(&value), None, "{value}");
        }
    }
}
