//! A run as text: the chart with its picks in words, and the same as a JSON document.

mod bill;
mod json;

use std::borrow::Cow;
use std::fmt::Write;
use std::io::IsTerminal;

use super::args::CurveArgs;
use super::{CommandFailure, tune};
use crate::config::Settings;
use crate::lambda::MemoryMb;
use crate::power::{
    Change, ChartDocument, ChartLimits, Curve, CurvePattern, LimitsReport, MeasuredRun, PickLimits,
    Point, Pricing, Run, SizeState, Weight,
};
use crate::terminal;
use crate::text::neutralise;
use crate::ui::chart::{Chart, ChartAxes, ChartForm, ChartMarks, format, render_text};
use bill::Bill;
use json::Baseline;
pub(super) use json::{DrawingJson, SizeChange};

/// How wide a chart is when the terminal does not say.
const WIDTH: u16 = 80;
/// How high a chart is when nobody says.
const HEIGHT: u16 = 22;

/// One or two runs, at one billing step.
pub(super) struct Drawing<'a> {
    run: &'a Run,
    curve: Curve,
    second: Option<Curve>,
    behind: Option<&'a Run>,
    weight: Weight,
    limits: PickLimits,
    baseline: Option<MemoryMb>,
    args: &'a CurveArgs,
    ascii: bool,
    /// Whether what the limits come to is said above it.
    has_verdict: bool,
}

impl<'a> Drawing<'a> {
    /// A drawing of a run, with a second one behind it if there is one.
    ///
    /// # Errors
    /// When the baseline asked for is not among the measured sizes.
    pub(super) fn new(
        run: &'a Run,
        second: Option<&'a Run>,
        args: &'a CurveArgs,
        settings: &Settings,
    ) -> Result<Self, CommandFailure> {
        let mut curve = run.curve(args.billing_step_ms);
        if let Some(second) = second {
            curve.name = run.name_beside(second);
        }
        check_baseline(&curve, args.baseline)?;
        let measured = run.measured();
        let usual = settings.tuning.balanced_weight;
        Ok(Self {
            run,
            second: second.map(|second| Curve {
                name: second.name_beside(run),
                ..second.curve(args.billing_step_ms)
            }),
            behind: second,
            weight: args
                .balanced_weight
                .or(measured.map(|it| it.plan.goal.balanced_weight))
                .unwrap_or(usual),
            limits: args
                .limits()
                .or(measured.map(|it| it.plan.limits))
                .unwrap_or_default(),
            baseline: args
                .baseline
                .or(measured.and_then(|it| curve.baseline(Some(it.current_memory)))),
            curve,
            args,
            ascii: settings.ascii,
            has_verdict: false,
        })
    }

    /// The same under the sentences that say what the run found, and what its limits come to.
    pub(super) fn under_a_verdict(self) -> Self {
        Self {
            has_verdict: true,
            ..self
        }
    }

    /// The JSON document.
    pub(super) fn document(&self) -> DrawingJson {
        let baseline = self.args.baseline.and_then(|size| self.curve.point(size));
        DrawingJson {
            chart: self.chart_document(self.run, &self.curve),
            prices: self.pricing(self.run).map(|it| it.document()),
            bill: Bill::of(self.run),
            baseline: baseline.map(|from| Baseline {
                memory_mb: from.memory_mb,
                changes: self.changes(from),
            }),
            compared_with: self
                .behind
                .zip(self.second.as_ref())
                .map(|(run, curve)| self.chart_document(run, curve)),
        }
    }

    /// The chart, and under it the picks, the pattern and the link; what is dangerous to a terminal is neutralised.
    pub(super) fn text(&self) -> String {
        if self.curve.points.is_empty() && self.second.is_none() {
            return format!("No size was measured.\n{}", self.words());
        }
        format!("{}\n{}", self.chart(), self.words())
    }

    /// The chart alone.
    pub(super) fn chart(&self) -> String {
        let (width, height) = self.area();
        let reasons = self.run.measured().map(infeasible).unwrap_or_default();
        let infeasible: Vec<(MemoryMb, &str)> = reasons
            .iter()
            .map(|(size, reason)| (*size, reason.as_ref()))
            .collect();
        let (curve, second) = (safe(&self.curve), self.second.as_ref().map(safe));
        let chart = Chart {
            overlay: second.as_ref(),
            infeasible: &infeasible,
            marks: ChartMarks {
                picks: self.curve.picks(self.weight),
                weight: self.weight,
                recommended: self
                    .run
                    .measured()
                    .and_then(|it| it.recommended(&self.curve)),
                cursor: None,
                baseline: self.baseline,
                limits: self.limits,
            },
            axes: ChartAxes {
                log_time: self.args.log_time,
                cut_cost: self.args.cut_cost,
            },
            form: if self.ascii {
                ChartForm::Ascii
            } else {
                ChartForm::Braille
            },
            ..Chart::new(&curve)
        };
        render_text(&chart, width, height)
    }

    fn words(&self) -> String {
        let document = self.chart_document(self.run, &self.curve);
        let mut text = String::new();
        let balanced = format!("balanced {:.2}", self.weight.of_cost());
        let limits = self.limits.words();
        let within = format!("cheapest with {}", limits.as_deref().unwrap_or_default());
        for (what, size) in [
            ("cheapest", document.cheapest),
            ("fastest", document.fastest),
            (balanced.as_str(), document.balanced),
            (within.as_str(), document.within.cheapest_within_limit),
        ] {
            if let Some(point) = size.and_then(|size| self.curve.point(size)) {
                writeln!(text, "{what}: {}", self.point_words(point)).ok();
            }
        }
        if limits.is_some() && !self.has_verdict {
            self.limit_words(&mut text, &within, document.within.cheapest_within_limit);
        }
        if let Some(pattern) = CurvePattern::of(&self.curve.points) {
            writeln!(text, "{pattern}").ok();
        }
        for run in std::iter::once(self.run).chain(self.behind) {
            let line = run.measured().and_then(tune::failures_line);
            let name = neutralise(&run.name);
            text.extend(line.map(|line| format!("{name}: {line}")));
        }
        self.prices(&mut text);
        let link = match &self.second {
            Some(second) => comparison_link(&self.curve, second),
            None if self.curve.points.is_empty() => return text,
            None => Ok(document.link),
        };
        writeln!(text, "{}", link.unwrap_or_else(|sentence| sentence)).ok();
        text
    }

    /// The prices of the runs, each once.
    fn prices(&self, text: &mut String) {
        let runs = std::iter::once(self.run).chain(self.behind);
        let mut said: Vec<String> = runs
            .filter_map(|run| self.pricing(run))
            .map(|pricing| neutralise(&pricing.words()).into_owned())
            .collect();
        said.dedup();
        for words in said {
            writeln!(text, "{words}").ok();
        }
    }

    fn pricing(&self, run: &Run) -> Option<Pricing> {
        run.pricing(self.args.billing_step_ms)
    }

    fn point_words(&self, point: &Point) -> String {
        let figures = point_words(&self.curve, point);
        match self.baseline.and_then(|size| self.curve.point(size)) {
            Some(from) if from.memory_mb != point.memory_mb => format!(
                "{figures}; against {} MB: {}",
                from.memory_mb,
                Change::between(from, point)
            ),
            _ => figures,
        }
    }

    fn changes(&self, from: &Point) -> Vec<SizeChange> {
        let points = self.curve.points.iter();
        points
            .map(|to| SizeChange::of(to.memory_mb, Change::between(from, to)))
            .collect()
    }

    fn chart_document(&self, run: &Run, curve: &Curve) -> ChartDocument {
        let step = self.args.billing_step_ms;
        let report = self.report(run);
        ChartDocument::of(curve, step, self.weight, self.under(report.as_ref()))
    }

    const fn under<'r>(&self, report: Option<&'r LimitsReport>) -> ChartLimits<'r> {
        ChartLimits {
            limits: self.limits,
            report,
        }
    }

    /// What the samples of a run say of the limits.
    fn report(&self, run: &Run) -> Option<LimitsReport> {
        LimitsReport::under(run.measured()?, self.limits)
    }

    /// What the limits come to, and that no size keeps to them; `within` names the cheapest that does.
    fn limit_words(&self, text: &mut String, within: &str, cheapest: Option<MemoryMb>) {
        let report = self.report(self.run);
        if self.under(report.as_ref()).needs_samples() {
            writeln!(
                text,
                "{within}: not known, for only means are known of this run"
            )
            .ok();
        } else if cheapest.is_none() {
            writeln!(text, "{within}: none of the measured sizes").ok();
        }
        for sentence in report.iter().flat_map(|it| it.sentences(cheapest)) {
            writeln!(text, "{sentence}.").ok();
        }
    }

    fn area(&self) -> (u16, u16) {
        let seen = std::io::stdout().is_terminal();
        let seen = seen.then(terminal::dimensions).flatten();
        let width = seen.map(|(columns, _)| columns.clamp(20, 160));
        (
            self.args.width.or(width).unwrap_or(WIDTH),
            self.args.height.unwrap_or(HEIGHT),
        )
    }
}

/// A point in words: `512 MB, 44.11 ms, $0.832 /M`.
pub(super) fn point_words(curve: &Curve, point: &Point) -> String {
    let currency = curve.currency();
    format!(
        "{} MB, {}, {}",
        point.memory_mb,
        format::duration_exact(point.duration_ms),
        format::per_million_text(point.cost_usd, currency)
    )
}

/// The link that compares two curves.
///
/// # Errors
/// A sentence for the user when no link can.
pub(super) fn comparison_link(first: &Curve, second: &Curve) -> Result<String, String> {
    let link = first.comparison_link(second);
    link.map_err(|error| format!("No link compares the two: {error}."))
}

/// The curve under a name that may be shown.
fn safe(curve: &Curve) -> Curve {
    Curve {
        name: neutralise(&curve.name).into_owned(),
        ..curve.clone()
    }
}

fn infeasible(measured: &MeasuredRun) -> Vec<(MemoryMb, Cow<'_, str>)> {
    let sizes = measured.sizes.iter();
    sizes
        .filter_map(|size| match &size.state {
            SizeState::Infeasible(reason) => Some((size.memory_mb, neutralise(reason))),
            _ => None,
        })
        .collect()
}

fn check_baseline(curve: &Curve, baseline: Option<MemoryMb>) -> Result<(), CommandFailure> {
    let Some(size) = baseline.filter(|&size| curve.point(size).is_none()) else {
        return Ok(());
    };
    let measured = curve.points.iter().map(|point| point.memory_mb.to_string());
    let measured: Vec<String> = measured.collect();
    Err(CommandFailure::usage(format!(
        "the baseline of {size} MB was not measured in '{}'; choose one of {}",
        curve.name,
        measured.join(", ")
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::{BillingStep, RunOrigin, fixture};

    fn args() -> CurveArgs {
        CurveArgs {
            width: Some(100),
            height: Some(30),
            ..CurveArgs::default()
        }
    }

    /// A run with itself behind it.
    fn over_itself<'a>(run: &'a Run, args: &'a CurveArgs) -> Drawing<'a> {
        let curve = run.curve(BillingStep::AsMeasured);
        Drawing {
            run,
            second: Some(curve.clone()),
            behind: Some(run),
            curve,
            weight: Weight::default(),
            limits: PickLimits::default(),
            baseline: None,
            args,
            ascii: false,
            has_verdict: false,
        }
    }

    #[test]
    fn a_chart_says_what_failed_of_the_run_it_shows() {
        let mut run = fixture::run();
        let sizes = &mut run.measured_mut().unwrap().sizes;
        sizes[0].samples[1].error = Some("Oops".to_owned());
        let args = args();
        let drawing = over_itself(&run, &args);
        let text = drawing.text();
        let sentence = "busy: 1 of 19 invocations failed";
        assert_eq!(text.matches(sentence).count(), 2, "{text}");
        let document = serde_json::to_value(drawing.document()).unwrap();
        assert_eq!(
            (&document["invocations"], &document["errors"]),
            (&19.into(), &1.into())
        );
    }

    #[test]
    fn what_comes_from_elsewhere_cannot_steer_the_terminal() {
        let mut run = fixture::run();
        run.name = "name\u{1b}]0;owned\u{7}".to_owned();
        if let RunOrigin::Measured(measured) = &mut run.origin {
            measured.sizes[0].state = SizeState::Infeasible("why\u{1b}[2J".to_owned());
        }
        let args = args();
        let drawing = over_itself(&run, &args);
        let text = drawing.text();
        assert!(text.contains("name"), "{text}");
        assert!(!text.contains(['\u{1b}', '\u{7}']), "{text:?}");
    }
}
