//! The title of an article as the name of a file.

use super::reading::slug;

/// The title as a file name: words joined by hyphens.
pub(super) fn file_stem(title: &str) -> String {
    let slug = slug(title);
    let short: String = slug.chars().take(60).collect();
    let whole = match short.rsplit_once('-') {
        // A word that was cut in two goes.
        Some((words, _)) if short.len() < slug.len() => words,
        _ => &short,
    };
    match whole.trim_matches('-') {
        "" => "article".to_owned(),
        stem => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::file_stem;

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
    }
}
