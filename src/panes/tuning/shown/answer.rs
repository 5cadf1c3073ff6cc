//! What the run in front comes to: the size to take, how sure that is, the limits, the bill of a month.

use super::super::ViewOptions;
use crate::lambda::MemoryMb;
use crate::power::{
    BillingStep, Curve, CurvePattern, Finding, LimitsReport, MeanDifference, MeasuredRun,
    MonthBill, PickLimits, Point, Run, Strategy, Weight, pick,
};
use crate::text::thousands;

/// What stands in the place of a finding at bills per 100 ms.
const BY_HUNDREDS: &str = "Billed per 100 ms, as until 2020: the pick is that of the means, and how sure it is is not worked out";

/// What a run comes to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ShownAnswer {
    /// The size to take, by a measured run, or by limits that the user chose.
    pub recommended: Option<MemoryMb>,
    /// What a measured run found, in a sentence.
    pub found: Option<String>,
    /// How the size to take does against the one the function has.
    pub against: Option<String>,
    /// What the limits come to, a sentence each.
    pub limits: Vec<String>,
    /// What a month costs at the size to take, else at the one under the cursor; on a second line what is to be doubted of it.
    pub month: Vec<String>,
    /// The shape of the curve and what it means.
    pub pattern: Option<String>,
    /// What is worth knowing beside that, a sentence each.
    pub notes: Vec<String>,
}

impl ShownAnswer {
    /// Works out what a run comes to under limits; `curve` is its curve at the billing step of the look.
    #[must_use]
    pub(super) fn of(run: &Run, curve: &Curve, limits: PickLimits, look: &ViewOptions) -> Self {
        let judged = run.measured().map(|measured| measured.under(limits));
        let finding = judged.as_deref().and_then(Finding::of);
        let answer = match judged.as_deref() {
            Some(measured) => Self::of_measured(measured, finding.as_ref(), curve, look),
            None => Self::of_means(curve, limits),
        };
        // Where limits leave no size to take, no other one is offered by its price.
        let is_open = answer.limits.is_empty();
        let size = answer.recommended.or(look.cursor.at.filter(|_| is_open));
        let point = size.and_then(|size| curve.point(size));
        let is_low = finding.is_some_and(|found| found.is_probably_low());
        Self {
            month: point.map_or_else(Vec::new, |point| {
                month(run, point, answer.recommended, look, is_low)
            }),
            pattern: CurvePattern::of(&curve.points).map(|shape| shape.to_string()),
            ..answer
        }
    }

    fn of_measured(
        measured: &MeasuredRun,
        finding: Option<&Finding>,
        curve: &Curve,
        look: &ViewOptions,
    ) -> Self {
        // What a run found stands on bills per millisecond: at another step the plan picks on the curve.
        let told = finding.filter(|_| look.step != BillingStep::HundredMs);
        let recommended = told.map(|finding| finding.recommended);
        let recommended = recommended.or_else(|| measured.pick(curve));
        let report = LimitsReport::of(measured);
        Self {
            recommended,
            found: match told {
                Some(finding) => Some(finding.sentence()),
                None => finding.map(|_| BY_HUNDREDS.to_owned()),
            },
            against: recommended.and_then(|size| {
                MeanDifference::against_current(curve, measured.current_memory, size)
            }),
            limits: report.map_or_else(Vec::new, |it| sentences(&it.sentences(recommended))),
            notes: finding.map_or_else(Vec::new, |finding| finding.notes(measured)),
            ..Self::default()
        }
    }

    /// A run of which only means are known recommends a size where the user chose limits.
    fn of_means(curve: &Curve, limits: PickLimits) -> Self {
        let Some(words) = limits.words() else {
            return Self::default();
        };
        if !limits.limits_ms.is_empty() {
            let unknown =
                format!("Which sizes have {words} is not known: only means are known of this run.");
            return Self {
                limits: vec![unknown],
                ..Self::default()
            };
        }
        let picked = pick(&curve.points, Strategy::Cost, Weight::default(), limits);
        Self {
            recommended: picked,
            limits: vec![match picked {
                Some(size) => format!("{size} MB is the cheapest with {words}."),
                None => format!("No size has {words}."),
            }],
            ..Self::default()
        }
    }
}

fn sentences(words: &[String]) -> Vec<String> {
    words.iter().map(|words| format!("{words}.")).collect()
}

/// What a month costs at a size, with the share of cold starts of the look; the size is named where it is not `picked`. A bill
/// that `is_low` is that of a size that was chosen as the smallest of several.
fn month(
    run: &Run,
    point: &Point,
    picked: Option<MemoryMb>,
    look: &ViewOptions,
    is_low: bool,
) -> Vec<String> {
    let share = look.month.cold_share();
    let bill = MonthBill::of(run, point, share, look.month.invocations);
    let currency = run.prices().rate.currency;
    let size = point.memory_mb;
    let of = if picked == Some(size) {
        String::new()
    } else {
        format!("{size} MB: ")
    };
    let low = if is_low { ", probably low" } else { "" };
    let within = bill.interval_words();
    let within = within.map_or_else(String::new, |ends| format!(" ({ends})"));
    let cold = match bill.starts {
        _ if share <= 0.0 => "0 % cold".to_owned(),
        0 => "no cold starts: how long one takes here is not known".to_owned(),
        1 => format!("{} % cold, of which 1 was measured", 100.0 * share),
        starts => format!("{} % cold, of which {starts} were measured", 100.0 * share),
    };
    let words = format!(
        "{of}{} a month{low}{within}, {} calls, {cold}",
        bill.words(currency),
        short(look.month.invocations),
    );
    let kept = bill.snapshot_words(currency);
    let kept = kept
        .map(|amount| format!("{amount} of it are snapshots: one version kept, and its restores"));
    std::iter::once(words).chain(kept).collect()
}

/// A number in few columns where that loses nothing: `1M`, `2,500k`.
fn short(count: u64) -> String {
    match count {
        1_000_000.. if count.is_multiple_of(1_000_000) => {
            format!("{}M", thousands(count / 1_000_000))
        }
        1_000.. if count.is_multiple_of(1_000) => format!("{}k", thousands(count / 1_000)),
        _ => thousands(count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::TuningDefaults;
    use crate::power::{SampleCount, examples, fixture};

    fn answer(run: &Run, change: impl FnOnce(&mut ViewOptions)) -> ShownAnswer {
        let mut look = ViewOptions::new(&TuningDefaults::default());
        change(&mut look);
        let curve = run.curve(look.step);
        ShownAnswer::of(run, &curve, look.limits_of(run), &look)
    }

    fn under(limit: &str) -> impl FnOnce(&mut ViewOptions) {
        let limit = limit.parse().unwrap();
        move |look| look.limits = Some(PickLimits::default().with(limit))
    }

    #[test]
    fn limits_of_the_look_judge_a_run_anew() {
        let run = fixture::run();
        assert_eq!(answer(&run, |_| {}).recommended, Some(fixture::memory(256)));
        let fast = answer(&run, under("max:35ms"));
        assert_eq!(fast.recommended, Some(fixture::memory(512)));
        assert!(fast.found.unwrap().starts_with("With max within 35.0 ms: "));
        assert!(fast.limits[0].starts_with("512 MB: 0 of 5 samples"));
        let never = answer(&run, under("max:1ms"));
        assert_eq!((never.recommended, never.found), (None, None));
        assert!(never.limits[0].contains("512 MB came nearest"));
    }

    #[test]
    fn means_alone_know_the_mean() {
        let run = &examples::find("prime-numbers").unwrap().run;
        assert_eq!(answer(run, |_| {}).recommended, None);
        let within = answer(run, under("mean:3s"));
        assert_eq!(within.recommended, Some(fixture::memory(1536)));
        assert_eq!(
            within.limits,
            ["1536 MB is the cheapest with mean within 3.00 s."]
        );
        let percentile = answer(run, under("p90:3s"));
        assert_eq!(percentile.recommended, None);
        assert!(percentile.limits[0].contains("only means are known"));
    }

    #[test]
    fn a_month_has_its_cold_starts() {
        let run = fixture::run();
        let warm = answer(&run, |_| {}).month;
        assert_eq!(warm, ["$0.371 a month, 1M calls, 0 % cold"]);
        let cold = answer(&run, |look| look.month.shift_cold_share(6)).month;
        assert_eq!(
            cold,
            ["$0.413 a month, 1M calls, 10 % cold, of which 1 was measured"]
        );
        let most = answer(&run, |look| look.month.shift_cold_share(99)).month;
        assert!(most[0].contains("100 % cold"), "{most:?}");
    }

    #[test]
    fn what_is_to_be_doubted_of_a_month_is_said() {
        let means = &examples::find("no-op").unwrap().run;
        let of_means = answer(means, |look| {
            look.cursor.at = Some(fixture::memory(256));
            look.month.shift_cold_share(1);
        });
        assert!(
            of_means.month[0].contains("no cold starts: how long"),
            "{:?}",
            of_means.month
        );
        assert!(of_means.month[0].starts_with("256 MB: "));
        let mut run = fixture::run();
        let measured = run.measured_mut().unwrap();
        measured.plan.num = SampleCount::Auto;
        let around = |ms: f64| (0..50).map(move |at| ms * (1.0 + f64::from(at * 7 % 11) / 8.0));
        measured.sizes = [(128, 80.0), (256, 40.0)]
            .map(|(mb, ms)| fixture::size(mb, &around(ms).collect::<Vec<_>>()))
            .to_vec();
        let at_limit = answer(&run, |_| {}).month;
        assert!(
            at_limit[0].contains(" a month, probably low"),
            "{at_limit:?}"
        );
        assert_eq!(
            [1_000_000, 2_500_000, 40_000, 1_234, 7].map(short),
            ["1M", "2,500k", "40k", "1,234", "7"]
        );
    }

    #[test]
    fn the_shape_of_the_curve_is_told_with_what_it_means() {
        let run = &examples::find("third-party-api").unwrap().run;
        let words = answer(run, |_| {}).pattern.unwrap();
        assert_eq!(
            words,
            "flat: no size is over 1.21x as fast as 128 MB: the time is spent waiting."
        );
    }
}
