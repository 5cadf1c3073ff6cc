//! The filter of a list of runs: words that stand in what is shown, and days in words.

use jiff::ToSpan;
use jiff::civil::Date;

use super::ListedRun;
use crate::text::FilterWords;

/// What the runs in a list must be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunFilter {
    words: FilterWords,
    /// The first and the last day.
    days: Option<(Date, Date)>,
}

impl RunFilter {
    /// Takes a filter apart: `today`, `yesterday`, `this` or `last` before `week`, `month` or `year`, and `last 30 days` are
    /// days, seen from this one; a week begins on Monday. All else is words, such as `2026-11`, as the days of runs are
    /// among their words.
    #[must_use]
    pub fn parse(text: &str, today: Date) -> Self {
        let small = text.to_lowercase();
        let mut rest: &[&str] = &small.split_whitespace().collect::<Vec<_>>();
        let (mut words, mut days) = (Vec::new(), None);
        while let [word, after @ ..] = rest {
            if let Some((period, taken)) = period(rest, today) {
                days = Some(period);
                rest = rest.get(taken..).unwrap_or_default();
            } else {
                words.push(*word);
                rest = after;
            }
        }
        Self {
            words: FilterWords::of(&words.join(" ")),
            days,
        }
    }

    /// Whether a run is shown.
    #[must_use]
    pub fn admits(&self, run: &ListedRun) -> bool {
        let is_in_time = |(first, last): (Date, Date)| (first..=last).contains(&run.day);
        self.days.is_none_or(is_in_time) && self.words.are_in_small(&run.text)
    }
}

/// The days that the first words stand for, and how many words those are.
fn period(words: &[&str], today: Date) -> Option<((Date, Date), usize)> {
    let monday = || {
        let since = i64::from(today.weekday().to_monday_zero_offset());
        today.saturating_sub(since.days())
    };
    let before = |first: Date, span: jiff::Span| (first.saturating_sub(span), day_before(first));
    let period = match words {
        ["today", ..] => ((today, today), 1),
        ["yesterday", ..] => (before(today, 1.day()), 1),
        ["this", "week", ..] => ((monday(), today), 2),
        ["last", "week", ..] => (before(monday(), 1.week()), 2),
        ["this", "month", ..] => ((today.first_of_month(), today), 2),
        ["last", "month", ..] => (before(today.first_of_month(), 1.month()), 2),
        ["this", "year", ..] => ((today.first_of_year(), today), 2),
        ["last", "year", ..] => (before(today.first_of_year(), 1.year()), 2),
        ["last", count, "days", ..] => {
            let count: u16 = count.parse().ok().filter(|count| *count > 0)?;
            let first = today.saturating_sub((i64::from(count) - 1).days());
            ((first, today), 3)
        }
        _ => return None,
    };
    Some(period)
}

fn day_before(day: Date) -> Date {
    day.saturating_sub(1.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::fixture;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// A Thursday.
    const TODAY: &str = "2026-11-26";

    fn admitted(filter: &str, made: &str) -> bool {
        let listed = ListedRun {
            day: day(made),
            ..ListedRun::of(&fixture::run())
        };
        RunFilter::parse(filter, day(TODAY)).admits(&listed)
    }

    #[test]
    fn words_stand_in_what_is_shown_of_a_run() {
        for filter in [
            "",
            "BUSY",
            "2026-11",
            "2026-11-21",
            "256 mb",
            "faster",
            "95 %",
            "us-east",
            "r20261121 x86",
        ] {
            assert!(admitted(filter, "2026-11-21"), "{filter}");
        }
        for filter in ["nobody", "2026-12", "512 MB"] {
            assert!(!admitted(filter, "2026-11-21"), "{filter}");
        }
    }

    #[test]
    fn days_may_be_given_in_words() {
        for (filter, first, last) in [
            ("today", "2026-11-26", "2026-11-26"),
            ("yesterday", "2026-11-25", "2026-11-25"),
            ("this week", "2026-11-23", "2026-11-26"),
            ("last week", "2026-11-16", "2026-11-22"),
            ("this month busy", "2026-11-01", "2026-11-26"),
            ("busy Last Month", "2026-10-01", "2026-10-31"),
            ("last year", "2025-01-01", "2025-12-31"),
            ("last 30 days", "2026-10-28", "2026-11-26"),
        ] {
            for (made, expected) in [
                (day_before(day(first)), false),
                (day(first), true),
                (day(last), true),
                (day(last).saturating_add(1.day()), false),
            ] {
                assert_eq!(
                    admitted(filter, &made.to_string()),
                    expected,
                    "{filter}: {made}"
                );
            }
        }
    }

    #[test]
    fn words_that_are_no_days_stay_words() {
        for filter in ["last", "last words", "week", "last 0 days", "this"] {
            assert!(!admitted(filter, TODAY), "{filter}");
        }
    }
}
