//! Feeds of made-up articles, the same each time: words of a vocabulary, common ones more often than rare ones.

use std::fmt::Write as _;

/// Articles of one feed.
pub(crate) const ARTICLES: usize = 1000;
/// Words of one article: about 10 KB.
const WORDS: usize = 1400;
/// Words there are.
const VOCABULARY: u64 = 8000;

/// Queries for words of these articles, from those of every article to those of few. The last word of a query may go
/// on, as it does while it is typed.
pub(crate) const QUERIES: [(&str, &str); 5] = [
    ("a word of every title", "title:article"),
    ("a word of most articles", "lalala"),
    ("two words, the second half typed", "lalala kopaz"),
    ("three letters that begin many words", "lal"),
    ("a phrase of few articles", "\"lalala lalala\""),
];

/// What words are made of.
const SYLLABLES: [&str; 20] = [
    "la", "mi", "pa", "ko", "zu", "re", "ti", "no", "se", "va", "du", "gi", "fo", "be", "cha",
    "xe", "wi", "hy", "jo", "qua",
];

/// The feed with this number.
pub(crate) fn feed(number: usize) -> String {
    let mut text = format!("<rss version='2.0'><channel><title>Feed {number}</title>");
    let mut random = Random(number as u64 + 1);
    for article in 0..ARTICLES {
        let (day, month, year) = (article % 28 + 1, article / 28 % 12, 2015 + number);
        let month = MONTHS.get(month).copied().unwrap_or("Jan");
        write!(
            text,
            "<item><title>Article {article} of feed {number}</title><guid>{number}-{article}</guid>\
             <link>https://example.org/{number}/{article}</link><category>aws</category>\
             <pubDate>{day:02} {month} {year} 10:00:00 GMT</pubDate><description>"
        )
        .ok();
        paragraphs(&mut random, &mut text);
        text.push_str("</description></item>");
    }
    text.push_str("</channel></rss>");
    text
}

/// A feed of one article.
pub(crate) fn small_feed() -> &'static str {
    "<rss version='2.0'><channel><title>Small</title><item><title>One</title><guid>1</guid>\
     <description>&lt;p&gt;Words&lt;/p&gt;</description></item></channel></rss>"
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

fn paragraphs(random: &mut Random, text: &mut String) {
    for word in 0..WORDS {
        if word % 100 == 0 {
            text.push_str("&lt;p&gt;");
        }
        // The second choice among the first ones makes small numbers common.
        let most = random.below(VOCABULARY) + 1;
        let mut word = random.below(most);
        for _ in 0..3 {
            text.push_str(syllable(word));
            word /= SYLLABLES.len() as u64;
        }
        text.push(' ');
    }
}

fn syllable(number: u64) -> &'static str {
    let at = usize::try_from(number).unwrap_or_default() % SYLLABLES.len();
    SYLLABLES.get(at).copied().unwrap_or_default()
}

/// Numbers that look random and are the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}
