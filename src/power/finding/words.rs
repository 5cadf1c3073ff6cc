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
/// A share of the cost from which on failed invocations are said to add to it.
const FELT: f64 = 0.01;
/// A difference between two figures for one change, as a share, from which on it is explained.
const SEEN: f64 = 0.005;
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
                "{known} of {} sizes measured{still}. {}",
                known + unknown,
                self.unlimited()
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
            let best = self.evaluation.best;
            let ((before, after), is_best) = (words.at_most, words.is_best);
            return if self.evaluation.tolerance > 0.0 {
                format!("{best} MB {before} {percent} % {after} ({sure})")
            } else {
                format!("{best} MB {is_best} ({sure})")
            };
        }
        let (before, after) = words.worse;
        let worse = if self.evaluation.tolerance > 0.0 {
            format!("{before} over {percent} % {after}")
        } else {
            format!("{before} {after}")
        };
        format!(
            "{}: none is shown to {worse} ({sure} it is one of them); {}",
            self.listed(&sizes),
            self.choice()
        )
    }

    /// That nobody can tell, in few words, for a function whose size may be the best.
    #[must_use]
    pub fn open_words(&self, current: MemoryMb) -> String {
        let best = comparatives(self.strategy).best;
        let contenders: Vec<MemoryMb> = self.evaluation.contenders().collect();
        format!(
            "nobody can tell which of {} is {best}; no reason to change its {current} MB is shown",
            self.listed(&contenders)
        )
    }

    /// How sure the answer is, in the few words of a list: which of how many sizes the best one is among, where that is
    /// all that is shown.
    #[must_use]
    pub fn sure_words(&self) -> String {
        let alike = self.evaluation.within().count();
        match self.evaluation.confidence {
            Confidence::CannotTell => "cannot tell".to_owned(),
            _ if alike > 1 => format!("one of {alike}"),
            sure => sure.words().to_owned(),
        }
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
            self.failures(measured),
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
        (self.may_stay(current) && current != self.recommended).then(|| {
            let best = comparatives(self.strategy).best;
            format!("The current {current} MB may be {best} as well: no reason to change is shown.")
        })
    }

    /// That invocations failed at the recommended size, and what that makes of its cost: the figures leave them out.
    fn failures(&self, measured: &MeasuredRun) -> Option<String> {
        let mut sizes = measured.sizes.iter();
        let size = sizes.find(|size| size.memory_mb == self.recommended)?;
        let (failed, all) = (size.failures(), size.samples.len());
        let words = (failed > 0).then(|| {
            format!(
                "{failed} of {all} invocations at {} MB failed",
                self.recommended
            )
        })?;
        let rate = measured.rate();
        let all_cost: f64 = size
            .samples
            .iter()
            .map(|sample| rate.sample(sample, size.memory_mb))
            .sum();
        // Each that succeeds bears what the failed ones cost beside it.
        let times = all_cost / (all_cost - size.failures_cost(&rate));
        Some(if times >= 1.0 + FELT {
            format!(
                "{words}; with what they cost, one that succeeds costs {} as much as shown.",
                ratio_words(times)
            )
        } else {
            format!("{words}.")
        })
    }

    /// How the figures shown differ from the estimates that sizes are compared by, and how that can be.
    fn by_the_mean(&self) -> Option<String> {
        const WHY: &str = "sizes are compared by estimates in which a few slow samples weigh less.";
        let evaluation = &self.evaluation;
        let (lowest, best) = (evaluation.lowest_mean(), evaluation.best);
        if lowest != best {
            let is_best = comparatives(self.strategy).is_best;
            return Some(format!(
                "By the mean of its samples {lowest} MB {is_best}; {WHY}"
            ));
        }
        let (star, best) = evaluation
            .size(self.recommended)
            .zip(evaluation.size(best))?;
        let more = star.mean_count / best.mean_count - 1.0;
        ((more - star.excess).abs() >= SEEN).then(|| {
            format!(
                "By the means of the samples {} MB is {} against {} MB; {WHY}",
                star.memory,
                percent_words(100.0 * more),
                best.memory
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
            Stopped::Cap => "by the samples before the cut",
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
        let within = evaluation.within();
        let within = within.filter_map(|size| evaluation.size(size));
        let fastest = within.min_by(|one, other| one.mean_ms.total_cmp(&other.mean_ms));
        let is_fastest = fastest.is_some_and(|size| size.memory == star);
        let most = percent(2.0 * evaluation.tolerance);
        if star == evaluation.best {
            let lead = format!("{star} MB has the lowest estimate of them");
            return if is_fastest {
                format!("{lead} and is the fastest")
            } else if self.strategy == Strategy::Cost {
                format!("{lead}; what is faster is estimated over {most} % dearer")
            } else {
                lead
            };
        }
        let lead = if is_fastest {
            "the fastest of them".to_owned()
        } else {
            format!("the fastest estimated within {most} %")
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
            worse: ("cost", "more than the cheapest"),
            at_most: ("costs at most", "more than the cheapest size"),
            best: "cheapest",
            is_best: "costs least",
        },
        Strategy::Speed => Comparatives {
            worse: ("be", "slower than the fastest"),
            at_most: ("is at most", "slower than the fastest size"),
            best: "fastest",
            is_best: "is fastest",
        },
        Strategy::Balanced => Comparatives {
            worse: ("be", "worse than the best balance"),
            at_most: ("is at most", "worse than the best balance"),
            best: "the best balance",
            is_best: "is the best balance",
        },
    }
}

/// How a size does against the one of the lowest estimate.
fn against(star: &ComparedSize, best: &ComparedSize) -> String {
    let times = ratio_words(best.mean_ms / star.mean_ms);
    let more = percent_words(100.0 * star.excess);
    format!(
        " ({times} faster than {} MB, estimated {more})",
        best.memory
    )
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
