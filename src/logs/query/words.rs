//! The words of the query language, and which of them a text may go on with.

/// Words of Logs Insights: commands, functions with the bracket that opens their arguments, fields that every event has.
/// They help while typing; the server decides what a query may hold.
pub const QUERY_WORDS: [&str; 83] = [
    "@ingestionTime",
    "@log",
    "@logStream",
    "@message",
    "@ptr",
    "@timestamp",
    "@duration",
    "@billedDuration",
    "@initDuration",
    "@maxMemoryUsed",
    "@memorySize",
    "@requestId",
    "@type",
    "@xrayTraceId",
    "abs(",
    "and",
    "as",
    "asc",
    "avg(",
    "bin(",
    "by",
    "ceil(",
    "coalesce(",
    "concat(",
    "count(",
    "count_distinct(",
    "datefloor(",
    "dateceil(",
    "dedup ",
    "desc",
    "diff ",
    "display ",
    "earliest(",
    "fields ",
    "filter ",
    "filterIndex ",
    "floor(",
    "fromMillis(",
    "greatest(",
    "in",
    "isblank(",
    "isempty(",
    "isIpInSubnet(",
    "isIpv4InSubnet(",
    "isIpv6InSubnet(",
    "isPresent(",
    "isValidIp(",
    "isValidIpv4(",
    "isValidIpv6(",
    "jsonParse(",
    "jsonStringify(",
    "latest(",
    "least(",
    "like ",
    "limit ",
    "log(",
    "ltrim(",
    "max(",
    "median(",
    "min(",
    "not",
    "now(",
    "or",
    "parse ",
    "pattern ",
    "pct(",
    "percentile(",
    "replace(",
    "rtrim(",
    "sort ",
    "sortsFirst(",
    "sortsLast(",
    "sqrt(",
    "stats ",
    "stddev(",
    "strcontains(",
    "strlen(",
    "substr(",
    "sum(",
    "tolower(",
    "toMillis(",
    "toupper(",
    "trim(",
];

/// The letters that a text ends with, and the words that begin so, in whichever case. Without letters there are none.
#[must_use]
pub fn completions<'t, 'w>(text: &'t str, words: &[&'w str]) -> (&'t str, Vec<&'w str>) {
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '@' | '_' | '.');
    let begun = text.rsplit(|c| !is_of_word(c)).next().unwrap_or_default();
    if begun.is_empty() {
        return (begun, Vec::new());
    }
    let begins = |word: &&&str| {
        let beginning = word.get(..begun.len());
        beginning.is_some_and(|it| it.eq_ignore_ascii_case(begun)) && word.len() > begun.len()
    };
    (begun, words.iter().filter(begins).copied().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_on_from_the_letters_before_the_cursor() {
        let fitting = |text: &str| completions(text, &QUERY_WORDS).1;
        assert_eq!(fitting("fields @tim"), ["@timestamp"]);
        assert_eq!(fitting("stats COUNT_"), ["count_distinct("]);
        assert_eq!(fitting("| fil"), ["filter ", "filterIndex "]);
        assert_eq!(fitting("stats avg(@dur"), ["@duration"]);
        assert!(fitting("").is_empty());
        assert!(fitting("fields ").is_empty());
        assert!(fitting("é").is_empty());
        assert_eq!(completions("x | ma", &QUERY_WORDS).0, "ma");
    }
}
