//! Articles in parts: a title that ends in `[Part 3]` belongs to a series.

/// Which part of which series an article is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesPart {
    /// What the titles of all parts have in common, in lower case.
    pub series: String,
    /// The part's number.
    pub number: u32,
}

impl SeriesPart {
    /// Reads a title: `Name [Part 3]`, `Name (part 3)`, `Name - Part 3`, `Name, part 3/5`.
    #[must_use]
    pub fn of(title: &str) -> Option<Self> {
        let lower = title.to_lowercase();
        let (before, after) = lower.rsplit_once("part")?;
        if before.ends_with(char::is_alphanumeric) {
            return None;
        }
        let after = after.trim_start_matches([' ', '#', '.']);
        let digits = after.split(|c: char| !c.is_ascii_digit()).next()?;
        let rest = after.get(digits.len()..)?.trim_start();
        let ends =
            rest.is_empty() || rest.starts_with([']', ')', '/', ':']) || rest.starts_with("of ");
        let series = before
            .trim_end_matches(|c: char| c.is_whitespace() || "[(-–—:,|".contains(c))
            .to_owned();
        (ends && !series.is_empty()).then_some(())?;
        Some(Self {
            series,
            number: digits.parse().ok()?,
        })
    }

    /// Whether another part comes this many places after this one in the same series.
    #[must_use]
    pub fn leads_to(&self, other: &Self, places: i64) -> bool {
        self.series == other.series && i64::from(other.number) - i64::from(self.number) == places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(title: &str) -> Option<(String, u32)> {
        SeriesPart::of(title).map(|part| (part.series, part.number))
    }

    #[test]
    fn a_part_is_read_from_the_end_of_a_title() {
        let series = Some(("queues like a pro: 12 ways".to_owned(), 3));
        assert_eq!(part("Queues like a pro: 12 ways [Part 3]"), series);
        assert_eq!(part("Queues like a pro: 12 ways (part 3)"), series);
        assert_eq!(part("Queues like a pro: 12 ways - Part 3/5"), series);
        assert_eq!(part("Queues like a pro: 12 ways, part #3 of 5"), series);
    }

    #[test]
    fn a_title_that_only_speaks_of_parts_is_no_part() {
        for title in [
            "The best part",
            "Part 3",
            "Apart 3",
            "A part 3x faster",
            "Counterpart 2",
        ] {
            assert_eq!(part(title), None, "{title}");
        }
    }

    #[test]
    fn neighbours_are_of_one_series() {
        let [one, two, other] =
            ["A [Part 1]", "a [part 2]", "B [Part 2]"].map(|it| SeriesPart::of(it).unwrap());
        assert!(one.leads_to(&two, 1) && two.leads_to(&one, -1));
        assert!(!one.leads_to(&other, 1) && !one.leads_to(&one, 1));
    }
}
