//! The title of an article as the name of a file, a heading as that of a place.

/// The most characters of a stem, and the most bytes: systems take names of up to 255 bytes, and more comes with it.
const LONGEST: (usize, usize) = (60, 180);

/// The title as a file name: words joined by hyphens, at most 60 characters and 180 bytes.
#[must_use]
pub fn file_stem(title: &str) -> String {
    let slug = slug(title);
    let (characters, bytes) = LONGEST;
    let ends = slug.char_indices().map(|(at, c)| at + c.len_utf8());
    let fits = ends.take(characters).take_while(|end| *end <= bytes);
    let short = slug
        .get(..fits.last().unwrap_or_default())
        .unwrap_or_default();
    let whole = match short.rsplit_once('-') {
        // A word that was cut in two goes.
        Some((words, _)) if short.len() < slug.len() => words,
        _ => short,
    };
    match whole.trim_matches('-') {
        "" => "article".to_owned(),
        stem => stem.to_owned(),
    }
}

/// A text as the fragment of a link names it: its words in lower case, joined by hyphens.
#[must_use]
pub fn slug(text: &str) -> String {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::{file_stem, slug};

    #[test]
    fn a_heading_is_named_by_its_words() {
        assert_eq!(
            slug("What's new: AWS Lambda (2024)?"),
            "what-s-new-aws-lambda-2024"
        );
    }

    #[test]
    fn a_title_becomes_a_harmless_file_name() {
        assert_eq!(
            file_stem("Cold starts: 5 myths [Part 3] 🚀"),
            "cold-starts-5-myths-part-3"
        );
        assert_eq!(file_stem("../../etc/passwd"), "etc-passwd");
        assert_eq!(file_stem("🚀"), "article");
        assert_eq!(file_stem(&"longest ".repeat(9)), ["longest"; 7].join("-"));
        assert_eq!(file_stem(&"x".repeat(100)).len(), 60);
        assert_eq!(file_stem(&"𝐀".repeat(100)).len(), 180);
    }
}
