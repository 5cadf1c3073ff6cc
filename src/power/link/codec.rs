//! The packing of links: numbers to text and back, whatever they mean.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::power::Currency;

/// The page that draws a link.
pub const PAGE: &str = "https://lambda-power-tuning.show/";

/// What a link holds.
#[derive(Debug, Clone, PartialEq)]
pub enum LinkContent {
    /// One curve.
    One {
        /// Its numbers.
        series: LinkSeries,
        /// What its costs are in.
        currency: Currency,
    },
    /// Two curves to compare.
    Two {
        /// The numbers of the first.
        first: LinkSeries,
        /// The numbers of the second.
        second: LinkSeries,
        /// The names of both.
        names: (String, String),
        /// What the costs are in.
        currency: Currency,
    },
}

/// The numbers of one curve: three lists of one length, in the same order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LinkSeries {
    /// Memory sizes in megabytes.
    pub powers: Vec<i16>,
    /// Durations in milliseconds, finite and not negative.
    pub times: Vec<f32>,
    /// Costs of one invocation, finite and not negative.
    pub costs: Vec<f32>,
}

/// Why a text is no link.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CodecError {
    /// A URL without its fragment.
    #[error("the link has no '#' with the data behind it; copy it whole")]
    NoFragment,
    /// Neither one curve nor two.
    #[error(
        "the link has {0} parts between semicolons; it takes 3 for a curve or 8 for a comparison: copy it whole"
    )]
    Parts(usize),
    /// A part is not base64.
    #[error("the {part} of the link are not base64 ({reason}); copy the link whole")]
    Base64 {
        /// Which part.
        part: &'static str,
        /// The decoder's own words.
        reason: String,
    },
    /// A part ends in the middle of a number.
    #[error(
        "the {part} of the link are {bytes} bytes long, not a multiple of {width}: the link is cut; copy it whole"
    )]
    Length {
        /// Which part.
        part: &'static str,
        /// Its length.
        bytes: usize,
        /// The length of one number.
        width: usize,
    },
    /// The parts do not fit together.
    #[error(
        "the link holds {powers} memory sizes, {times} durations and {costs} costs; there must be as many of each: copy it whole"
    )]
    Counts {
        /// How many memory sizes.
        powers: usize,
        /// How many durations.
        times: usize,
        /// How many costs.
        costs: usize,
    },
    /// A figure cannot be one.
    #[error(
        "figure {position} of the {part} of the link is '{value}'; it must be a finite number that is not negative"
    )]
    Value {
        /// Which part.
        part: &'static str,
        /// Where, from 1.
        position: usize,
        /// What is there.
        value: f32,
    },
}

/// Forgives missing padding and stray bits at the end; `-` and `_` are replaced before.
const TOLERANT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Writes a link with the address of the page that draws it.
#[must_use]
pub fn encode(link: &LinkContent) -> String {
    let (currency, data) = match link {
        LinkContent::One { series, currency } => (currency, encode_series(series)),
        LinkContent::Two {
            first,
            second,
            names,
            currency,
        } => {
            let name = |name| utf8_percent_encode(name, NON_ALPHANUMERIC);
            let (one, other) = (encode_series(first), encode_series(second));
            let data = format!("{one};{other};{};{}", name(&names.0), name(&names.1));
            (currency, data)
        }
    };
    let query = match currency {
        Currency::Usd => "",
        Currency::Cny => "?currency=CNY",
    };
    format!("{PAGE}{query}#{data}")
}

/// Writes the numbers of one curve as the three parts of a link.
#[must_use]
pub fn encode_series(series: &LinkSeries) -> String {
    let powers: Vec<u8> = series.powers.iter().flat_map(|x| x.to_le_bytes()).collect();
    let floats =
        |values: &[f32]| -> Vec<u8> { values.iter().flat_map(|x| x.to_le_bytes()).collect() };
    [powers, floats(&series.times), floats(&series.costs)]
        .map(|bytes| STANDARD.encode(bytes))
        .join(";")
}

/// Reads a whole URL, or what follows its `#`.
///
/// Tolerates an empty last part, `-` and `_` for `+` and `/`, missing padding, percent-encoding of the fragment, white
/// space from wrapped lines, and a comparison without names.
///
/// # Errors
/// [`CodecError`] says which part is damaged and how.
pub fn decode(text: &str) -> Result<LinkContent, CodecError> {
    let text: String = text.split_whitespace().collect();
    let (address, fragment) = match text.split_once('#') {
        Some((address, fragment)) => (address, fragment),
        None if text.contains("://") => return Err(CodecError::NoFragment),
        None => ("", text.as_str()),
    };
    let currency = currency_of(address);
    // Semicolons are only encoded when the whole fragment is; names then are encoded once more.
    let fragment = if fragment.contains(';') {
        fragment.to_owned()
    } else {
        percent_decoded(fragment)
    };
    let mut parts: Vec<&str> = fragment.split(';').collect();
    if matches!(parts.len(), 4 | 7 | 9) && parts.last() == Some(&"") {
        parts.pop();
    }
    match parts.as_slice() {
        [powers, times, costs] => Ok(LinkContent::One {
            series: decode_series([powers, times, costs])?,
            currency,
        }),
        [p1, t1, c1, p2, t2, c2, names @ ..] if names.len() <= 2 => Ok(LinkContent::Two {
            first: decode_series([p1, t1, c1])?,
            second: decode_series([p2, t2, c2])?,
            names: (
                name_or(names.first(), "first"),
                name_or(names.get(1), "second"),
            ),
            currency,
        }),
        parts => Err(CodecError::Parts(parts.len())),
    }
}

fn name_or(name: Option<&&str>, otherwise: &str) -> String {
    match name.map(|name| percent_decoded(name)) {
        Some(name) if !name.is_empty() => name,
        _ => otherwise.to_owned(),
    }
}

fn currency_of(address: &str) -> Currency {
    let mut query = address.split(['?', '&']).skip(1);
    if query.any(|pair| pair.eq_ignore_ascii_case("currency=CNY")) {
        Currency::Cny
    } else {
        Currency::Usd
    }
}

fn decode_series([powers, times, costs]: [&str; 3]) -> Result<LinkSeries, CodecError> {
    let powers: Vec<i16> = numbers("memory sizes", powers, i16::from_le_bytes)?;
    let times = figures("durations", times)?;
    let costs = figures("costs", costs)?;
    if powers.len() != times.len() || powers.len() != costs.len() {
        return Err(CodecError::Counts {
            powers: powers.len(),
            times: times.len(),
            costs: costs.len(),
        });
    }
    Ok(LinkSeries {
        powers,
        times,
        costs,
    })
}

fn figures(part: &'static str, text: &str) -> Result<Vec<f32>, CodecError> {
    let values: Vec<f32> = numbers(part, text, f32::from_le_bytes)?;
    for (at, &value) in values.iter().enumerate() {
        if !value.is_finite() || value < 0.0 {
            return Err(CodecError::Value {
                part,
                position: at + 1,
                value,
            });
        }
    }
    Ok(values)
}

fn numbers<const WIDTH: usize, T>(
    part: &'static str,
    text: &str,
    read: fn([u8; WIDTH]) -> T,
) -> Result<Vec<T>, CodecError> {
    let plain = percent_decoded(text).replace('-', "+").replace('_', "/");
    let bytes = TOLERANT.decode(plain).map_err(|error| CodecError::Base64 {
        part,
        reason: error.to_string(),
    })?;
    let (words, rest) = bytes.as_chunks::<WIDTH>();
    if !rest.is_empty() {
        return Err(CodecError::Length {
            part,
            bytes: bytes.len(),
            width: WIDTH,
        });
    }
    Ok(words.iter().map(|&word| read(word)).collect())
}

fn percent_decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests;
