//! What a run is doing, on standard error: one live line on a terminal, else a line per size that changes its state.

use super::output::Output;
use crate::lambda::MemoryMb;
use crate::power::estimate::invocations_per_size;
use crate::power::{BillingStep, Currency, Plan, Run, RunEvent, SizeState};
use crate::ui::chart::format::{self, usd_text};

/// Follows one run.
#[derive(Debug)]
pub(super) struct RunProgress {
    /// What stands before each line of it: nothing, or the function where there are others.
    before: String,
    run: Option<Run>,
    phase: String,
    expected: u64,
    cap: Option<f64>,
    /// Why the record could not be saved, if it could not.
    unsaved: Option<String>,
}

impl RunProgress {
    /// Follows a run of this plan; `name` is that of its function where runs of others are followed too.
    pub(super) fn new(plan: &Plan, name: Option<&str>) -> Self {
        Self {
            before: name.map_or_else(String::new, |name| format!("{name}: ")),
            run: None,
            phase: "looking at the function".to_owned(),
            expected: plan.sizes.len() as u64 * invocations_per_size(plan),
            cap: plan.max_cost_usd,
            unsaved: None,
        }
    }

    /// Shows what happened.
    pub(super) fn hear(&mut self, event: &RunEvent, output: &mut Output) {
        match event {
            RunEvent::Started(run) => self.run = Some(Run::clone(run)),
            event => {
                if let Some(run) = &mut self.run {
                    event.apply_to(run);
                }
            }
        }
        let before = &self.before;
        match event {
            RunEvent::Started(run) => output.note(format!("{before}Run {} started.", run.id)),
            RunEvent::Phase(phase) => self.phase.clone_from(phase),
            RunEvent::Warned(sentence) => output.note(format!("{before}{sentence}")),
            RunEvent::Answered(answer) => {
                output.note(format!("{before}First answer: {}", answer.text));
            }
            RunEvent::Unsaved(sentence) => self.unsaved = Some(sentence.clone()),
            RunEvent::SizeChanged(memory, state) => {
                let words = self.state_words(*memory, state);
                output.progress(&format!("{before}{memory} MB: {words}"), true);
            }
            RunEvent::Restored => {
                let words =
                    "the function has its own memory size again; its versions are measured on";
                output.progress(&format!("{before}{words}"), true);
            }
            RunEvent::Paused
            | RunEvent::Resumed(_)
            | RunEvent::Probed(..)
            | RunEvent::Sampled(..)
            | RunEvent::Corrected(..)
            | RunEvent::Spent(_)
            | RunEvent::Ended(_) => {}
        }
        if !matches!(event, RunEvent::Ended(_)) {
            let line = format!("{}{}", self.before, self.line());
            output.progress(&line, false);
        }
    }

    /// Why the record could not be saved, if it could not.
    pub(super) fn unsaved(self) -> Option<String> {
        self.unsaved
    }

    /// The live line: phase, samples, the pick so far, money.
    fn line(&self) -> String {
        let Some(measured) = self.run.as_ref().and_then(Run::measured) else {
            return self.phase.clone();
        };
        let samples: usize = measured.sizes.iter().map(|size| size.samples.len()).sum();
        let pick = self.run.as_ref().and_then(Run::recommended);
        let pick = pick.map_or_else(String::new, |pick| format!(" · pick so far {pick} MB"));
        let currency = Currency::of_region(&measured.region);
        let cap = self.cap.map_or_else(String::new, |cap| {
            format!(" of {}", usd_text(cap, currency))
        });
        let failed = match measured.failures() {
            0 => String::new(),
            count => format!(", {count} failed"),
        };
        format!(
            "{samples}/{} samples{failed}{pick} · {}{cap} · {}",
            self.expected,
            usd_text(measured.usage.spent_usd, currency),
            self.phase
        )
    }

    /// What a size came to: its mean duration, the samples it stands on, and those that failed.
    fn figures(&self, memory: MemoryMb) -> Option<String> {
        let run = self.run.as_ref()?;
        let curve = run.curve(BillingStep::AsMeasured);
        let point = curve.point(memory)?;
        let mut sizes = run.measured()?.sizes.iter();
        let size = sizes.find(|size| size.memory_mb == memory)?;
        let failed = match size.failures() {
            0 => String::new(),
            count => format!(", {count} failed"),
        };
        let duration = format::duration_exact(point.duration_ms);
        let samples = point.samples;
        Some(format!(
            "measured, {duration} over {samples} samples{failed}"
        ))
    }

    fn state_words(&self, memory: MemoryMb, state: &SizeState) -> String {
        match state {
            SizeState::Pending => "waiting".to_owned(),
            SizeState::Ok => {
                let figures = self.figures(memory);
                figures.unwrap_or_else(|| "measured".to_owned())
            }
            SizeState::Dropped => {
                let figures = self.figures(memory).unwrap_or_default();
                format!("dropped, {}; {figures}", SizeState::DROPPED_FOR)
            }
            SizeState::Infeasible(reason) => format!("infeasible: {reason}"),
            SizeState::Skipped(reason) => format!("skipped: {reason}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::fixture;

    #[test]
    fn money_is_told_in_the_currency_of_the_region() {
        for (region, money) in [("us-east-1", " of $0.5 · "), ("cn-north-1", " of ¥0.5 · ")] {
            let mut run = fixture::run();
            let measured = run.measured_mut().unwrap();
            measured.region = region.to_owned();
            measured.plan.max_cost_usd = Some(0.5);
            let mut progress = RunProgress::new(&measured.plan, None);
            progress.run = Some(run);
            let line = progress.line();
            assert!(line.contains(money), "{line}");
        }
    }
}
