//! A finding in words.

use super::{Finding, Stopped};
use crate::lambda::MemoryMb;
use crate::power::compare::{percent_words, ratio_words};
use crate::power::evaluation::{ComparedSize, Confidence};
use crate::power::statistics::{mean, trimmed_mean, unseen_share};
use crate::power::{MeasuredRun, Strategy};

/// The share of the samples, the slowest, of which is said what they make of the bill.
const SLOWEST: f64 = 0.05;
/// The mean over the trimmed mean from which on that is said.
const SKEWED: f64 = 1.10;
/// More sizes than this are counted rather than listed.
const LISTED: usize = 5;

/// How the words of a comparison go, by what sizes are compared by.
struct Comparatives {
    /// After "none is shown to", before and after the tolerance.
    worse: (&'static str, &'static str),
    /// After a size, the same.
    at_most: (&'static str, &'static str),
    /// After "which of … is".
    best: &'static str,
    /// After a size.
    is_best: &'static str,
}

impl Finding {
    /// The sentence that stands for the run: what to take, what cannot be told from it, and how sure that is.
    #[must_use]
    pub fn sentence(&self) -> String {
        let sentence = self.of_the_measured();
        match &self.limits {
            Some(limits) => format!("With {limits}: {}", lowered(&sentence)),
            None => sentence,
        }
    }

    /// What the recommended size is called: no more than the lowest estimate where nobody can tell.
    #[must_use]
    pub fn label(&self) -> &'static str {
        if self.is_open() {
            "Lowest estimate"
        } else {
            "Recommended"
        }
    }

    /// The sentence without the limits it is told under; of which sizes it is told, where others of the plan are not known.
    fn of_the_measured(&self) -> String {
        let (best, known, unknown) = (
            self.evaluation.best,
            self.evaluation.sizes.len(),
            self.unmeasured.len(),
        );
        let still = if self.stopped == Stopped::Running {
            " so far"
        } else {
            ""
        };
        match (known, unknown) {
            (1, 0) => format!("{best} MB is the only size to choose from"),
            (1, 1) => format!(
                "Only {best} MB has samples enough to say anything of it{still}; another size has not"
            ),
            (1, _) => format!(
                "Only {best} MB has samples enough to say anything of it{still}; {unknown} sizes have not"
            ),
            (_, 0) => self.unlimited(),
            _ => format!(
                "{known} of {} sizes measured{still}; of these {}",
                known + unknown,
                lowered(&self.unlimited())
            ),
        }
    }

    /// The sentence as if there were no limits and no other sizes.
    fn unlimited(&self) -> String {
        if self.is_open() {
            return self.open_question();
        }
        let sizes: Vec<MemoryMb> = self.evaluation.within().collect();
        let words = comparatives(self.strategy);
        let percent = percent(self.evaluation.tolerance);
        let sure = self.evaluation.confidence.words();
        if sizes.len() < 2 {
            let (before, after) = words.at_most;
            let best = self.evaluation.best;
            return format!("{best} MB {before} {percent} % {after} ({sure})");
        }
        let (before, after) = words.worse;
        let all = self.listed(&sizes);
        format!(
            "{all}: none is shown to {before} {percent} % {after} ({sure}); {}",
            self.choice()
        )
    }

    /// What is worth knowing beside the sentence: slow samples, what so many cannot have seen, a drift.
    #[must_use]
    pub fn notes(&self, measured: &MeasuredRun) -> Vec<String> {
        let size = measured.sizes.iter();
        let size = size.filter(|size| size.memory_mb == self.recommended);
        let billed: Vec<f64> = size
            .flat_map(|size| measured.series(size))
            .map(crate::power::Sample::whole_billed_ms)
            .collect();
        let chosen = self.is_probably_low().then(|| {
            "Its cost is probably low: it was chosen for the lowest of several estimates."
                .to_owned()
        });
        [
            self.no_reason_to_change(measured.current_memory),
            self.by_the_mean(),
            skew(&billed),
            Some(unseen(self.recommended, billed.len())),
            chosen,
            self.drift(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// That the size which the function has may be the best as well as the one with the lowest estimate.
    fn no_reason_to_change(&self, current: MemoryMb) -> Option<String> {
        let mut contenders = self.evaluation.contenders();
        let may_stay = current != self.recommended && contenders.any(|size| size == current);
        (self.is_open() && may_stay).then(|| {
            let best = comparatives(self.strategy).best;
            format!("The current {current} MB may be {best} as well: no reason to change is shown.")
        })
    }

    /// That by the figures shown another size is lowest than by the estimates, and how that can be.
    fn by_the_mean(&self) -> Option<String> {
        let lowest = self.evaluation.lowest_mean();
        (lowest != self.evaluation.best).then(|| {
            format!(
                "By the mean of its samples {lowest} MB {}; sizes are compared by estimates in which a few slow samples weigh less.",
                comparatives(self.strategy).is_best
            )
        })
    }

    fn drift(&self) -> Option<String> {
        self.evaluation.drifts.then(|| {
            "Samples that follow each other are alike (a drift, or phases): how sure this is may be overstated."
                .to_owned()
        })
    }

    /// That nobody can tell, and what is likely all the same.
    fn open_question(&self) -> String {
        let sizes: Vec<MemoryMb> = self.evaluation.contenders().collect();
        let all = self.listed(&sizes);
        let best = comparatives(self.strategy).best;
        let within = match self.stopped {
            Stopped::Fixed => "by these samples",
            Stopped::Known | Stopped::OneLeft | Stopped::Limit => "within this budget",
            Stopped::Cap => "before the run was cut",
            Stopped::Running => "so far",
        };
        let (lowest, fastest) = (self.evaluation.best, self.evaluation.fastest_contender());
        let choice = if lowest == fastest {
            format!("{lowest} MB has the lowest estimate and is the fastest of them")
        } else {
            format!("{lowest} MB has the lowest estimate, {fastest} MB is the fastest of them")
        };
        format!("Cannot tell which of {all} is {best} {within}; {choice}")
    }

    /// Which of several sizes to take.
    fn choice(&self) -> String {
        let star = self.recommended;
        let evaluation = &self.evaluation;
        if star == evaluation.best {
            return format!("{star} MB has the lowest estimate of them");
        }
        let within = evaluation.within();
        let within = within.filter_map(|size| evaluation.size(size));
        let fastest = within.min_by(|one, other| one.mean_ms.total_cmp(&other.mean_ms));
        let is_fastest = fastest.is_some_and(|size| size.memory == star);
        let lead = if is_fastest {
            "the fastest of them".to_owned()
        } else {
            let most = percent(2.0 * evaluation.tolerance);
            format!("the fastest of them by an estimate of at most +{most} %")
        };
        let both = evaluation.size(star).zip(evaluation.size(evaluation.best));
        let against = both.map_or_else(String::new, |(star, best)| against(star, best));
        format!("{lead} is {star} MB{against}")
    }

    /// Sizes in words: a range where they stand side by side, a count where they are many.
    fn listed(&self, sizes: &[MemoryMb]) -> String {
        let ([first, .., last], count) = (sizes, sizes.len()) else {
            let only = sizes.first().copied().unwrap_or(self.evaluation.best);
            return format!("{only} MB");
        };
        let between = self.evaluation.sizes.iter();
        let between = between.filter(|size| (*first..=*last).contains(&size.memory));
        if count > 2 && between.count() == count {
            return format!("{first} to {last} MB");
        }
        if count > LISTED {
            return format!("{count} sizes from {first} to {last} MB");
        }
        let others: Vec<String> = sizes
            .iter()
            .take(count - 1)
            .map(MemoryMb::to_string)
            .collect();
        format!("{} and {last} MB", others.join(", "))
    }
}

impl Confidence {
    /// How sure something is, for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Sure => "95 % sure",
            Self::Probable => "about 90 % sure",
            Self::CannotTell => "cannot tell",
        }
    }

    /// The same in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sure => "95",
            Self::Probable => "90",
            Self::CannotTell => "cannot-tell",
        }
    }
}

/// A sentence in the middle of another.
fn lowered(sentence: &str) -> String {
    let mut characters = sentence.chars();
    let first = characters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(characters).collect()
}

const fn comparatives(strategy: Strategy) -> Comparatives {
    match strategy {
        Strategy::Cost => Comparatives {
            worse: ("cost over", "more than the cheapest"),
            at_most: ("costs at most", "more than the cheapest size"),
            best: "cheapest",
            is_best: "costs least",
        },
        Strategy::Speed => Comparatives {
            worse: ("be over", "slower than the fastest"),
            at_most: ("is at most", "slower than the fastest size"),
            best: "fastest",
            is_best: "is fastest",
        },
        Strategy::Balanced => Comparatives {
            worse: ("be over", "worse than the best balance"),
            at_most: ("is at most", "worse than the best balance"),
            best: "the best balance",
            is_best: "is the best balance",
        },
    }
}

/// How a size does against the one of the lowest estimate, by the means that are shown everywhere else.
fn against(star: &ComparedSize, best: &ComparedSize) -> String {
    let times = ratio_words(best.mean_ms / star.mean_ms);
    let more = percent_words(100.0 * (star.mean_count / best.mean_count - 1.0));
    format!(" ({times} faster than {} MB, {more})", best.memory)
}

/// A share in percent, without digits that say nothing.
fn percent(share: f64) -> String {
    let text = format!("{:.2}", 100.0 * share);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What the slow samples do to the bill, where they matter; billed milliseconds.
fn skew(billed: &[f64]) -> Option<String> {
    let times = mean(billed)? / trimmed_mean(billed, 0.2)?;
    if times < SKEWED {
        return None;
    }
    let mut sorted = billed.to_vec();
    sorted.sort_by(|one, other| other.total_cmp(one));
    let slowest = sorted.iter().enumerate();
    let slowest = slowest.filter(|(at, _)| (*at as f64) < SLOWEST * sorted.len() as f64);
    let share = slowest.map(|(_, billed)| billed).sum::<f64>() / billed.iter().sum::<f64>();
    Some(format!(
        "The mean is {times:.2} times the trimmed mean; the slowest 5 % of the samples make {:.0} % of the bill.",
        100.0 * share
    ))
}

fn unseen(size: MemoryMb, samples: usize) -> String {
    let one_of = (1.0 / unseen_share(samples)).round();
    format!(
        "{size} MB has {samples} samples: what happens in fewer than 1 of {one_of} invocations may not have been seen."
    )
}
