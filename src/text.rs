//! Text from outside made safe for the terminal, and measured in columns.
//!
//! Two steps, in this order: [`neutralise`] (or [`reveal`], for text that is evidence) once where text enters the program, [`truncate`] or [`pad`]
//! where it is drawn.

mod bars;
mod columns;
mod count;
mod csv;
mod digest;
mod figures;
mod filter;
mod fuzzy;
mod invisible;
mod json;
mod nearest;
mod neutral;
mod sequence;
mod size;
mod wrap;

pub use bars::{BARS, BARS_ASCII, bars};
pub use columns::{
    ELLIPSIS, ELLIPSIS_ASCII, byte_at, pad, pad_left, truncate, truncate_with, width,
};
pub use count::{clock_length, counted, thousands};
pub use csv::csv_line;
pub use digest::{digest, hexadecimal};
pub use figures::{duration_exact, duration_text, fixed, significant};
pub use filter::FilterWords;
pub use fuzzy::fuzzy;
pub use json::{json_document, json_line};
pub use nearest::{advice, nearest};
pub use neutral::{neutralise, neutralise_lines, prose, reveal, reveal_lines};
pub use size::size;
pub use wrap::{height_of, plain, wrap};

/// What helps where no certificate can be trusted, whoever is asked.
pub const NO_ROOTS: &str = "no root certificate of this machine vouches for the server: install the package \
     ca-certificates, or name a bundle in SSL_CERT_FILE";

/// Words as a sentence that another one may follow: with a full stop, unless they end with one or with another mark.
#[must_use]
pub fn sentence(words: &str) -> String {
    let words = words.trim_end();
    let stop = if words.is_empty() || words.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{words}{stop}")
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn a_sentence_ends_with_one_stop() {
        let cases = [
            ("It failed", "It failed."),
            ("It failed.", "It failed."),
            ("", ""),
        ];
        for (words, expected) in cases {
            assert_eq!(sentence(words), expected);
        }
    }
}
