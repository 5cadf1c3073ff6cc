//! Going on with a run that broke off: asked about, then under way like any other.

use super::{Live, RunSection, TuningPane, TuningPrompt, TuningScreen, consent};
use crate::effect::{Confirm, ConfirmAction, Job, Outbox, Prompt, Severity};
use crate::lambda::MemoryMb;
use crate::power::resume::{around, broke_off, open_sizes};
use crate::power::rounds::BUDGET_PER_SIZE;
use crate::power::{
    BillingStep, Currency, MeasuredRun, Plan, PlanError, ResumeError, Resumption, Run, RunId,
    SampleCount, SizeList,
};
use crate::text::sentence;

impl TuningPane {
    /// Whether the run in front broke off, so that going on with it is worth offering.
    pub(crate) fn has_broken_off(&self) -> bool {
        let entry = self.runs.selected();
        let saved = entry.filter(|entry| entry.section == RunSection::Saved);
        let measured = saved.and_then(|entry| entry.run.measured());
        measured.is_some_and(broke_off)
    }

    /// Asks whether the run in front is to be gone on with; says why when it cannot be.
    pub(super) fn ask_resume(&mut self, out: &mut Outbox<'_>) {
        let Some(entry) = self.runs.selected() else {
            return;
        };
        if entry.section != RunSection::Saved {
            let text = "Only a saved run that broke off can be gone on with.";
            return out.notice(Severity::Info, text);
        }
        let run = &entry.run;
        let plan = match Resumption::of(run.id.clone()).plan(run) {
            Ok(plan) => plan,
            Err(error) => return out.notice(Severity::Info, sentence(&named(&error, run))),
        };
        if let Some(reason) = self.refusal(out) {
            return out.notice(Severity::Error, reason);
        }
        let had = run.measured().map_or(0, MeasuredRun::invocations);
        let mut details = vec![
            format!("It has {had} invocations, which are kept."),
            "What it left behind is undone first; then what it misses is measured.".to_owned(),
        ];
        details.extend(consent::change(&plan.apply, plan.function.name()));
        out.confirm(Confirm {
            question: format!("Go on with the run of {}?", run.name),
            details,
            answer: ConfirmAction::Resume(Box::new(Resumption::of(run.id.clone()))),
        });
    }

    /// Asks which sizes are to be measured too, into the run in front; those around the recommended one are proposed.
    pub(super) fn ask_sizes(&mut self, out: &mut Outbox<'_>) {
        let Some(entry) = self.runs.selected() else {
            return;
        };
        let measured = entry.run.measured();
        let saved = measured.filter(|_| entry.section == RunSection::Saved);
        let Some(measured) = saved else {
            let text = "Sizes are added to a saved run that was measured here.";
            return out.notice(Severity::Info, text);
        };
        let pick = entry.listed.pick;
        let near = pick.map_or_else(Vec::new, |pick| around(&measured.plan.sizes, pick));
        let near: Vec<String> = near.iter().map(MemoryMb::to_string).collect();
        let hint = "megabytes such as 320,384: measured in the same way, into this run";
        let prompt = Prompt::line("Sizes to add", hint, &near.join(","));
        self.ask(TuningPrompt::AddSizes(entry.run.id.clone()), prompt, out);
    }

    /// Asks whether these sizes are to be measured too.
    pub(super) fn ask_added(
        &self,
        id: &RunId,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        let list: SizeList = text.parse().map_err(|error: PlanError| error.to_string())?;
        let added = list.checked().map_err(|error| error.to_string())?;
        if let Some(reason) = self.refusal(out) {
            return Err(reason);
        }
        let mut entries = self.runs.entries();
        let Some(entry) = entries.find(|entry| entry.run.id == *id) else {
            return Err("the run is there no more".to_owned());
        };
        let measured = entry.run.measured();
        let known = measured.map_or(&[][..], |it| &it.plan.sizes);
        if added.iter().all(|size| known.contains(size)) {
            return Err("the run has these sizes".to_owned());
        }
        let new = added.iter().filter(|size| !known.contains(size));
        let added_count = new.count();
        let wanted = Resumption {
            added,
            ..Resumption::of(id.clone())
        };
        let plan = wanted.plan(&entry.run);
        let plan = plan.map_err(|error| named(&error, &entry.run))?;
        let mut question = question(&entry.run, &plan, wanted);
        question
            .details
            .extend(bill(&entry.run, &plan, added_count));
        out.confirm(question);
        Ok(())
    }

    /// Goes on with a run and shows it.
    pub fn resume_run(&mut self, wanted: Resumption, out: &mut Outbox<'_>) {
        if let Some(reason) = self.refusal(out) {
            return out.notice(Severity::Error, reason);
        }
        if out.context.offline {
            let text =
                "This session is offline; start iacstone without --offline to go on with a run.";
            return out.notice(Severity::Error, text);
        }
        let mut entries = self.runs.entries();
        let Some(run) = entries.find(|entry| entry.run.id == wanted.run) else {
            return;
        };
        let mut run = run.run.clone();
        drop(entries);
        if let Some(measured) = run.measured_mut() {
            open_sizes(measured, &wanted.added);
        }
        let task = out.spawn(Job::Resume(Box::new(wanted)));
        self.runs.start(Live::resumed(task, run, out.now));
        self.screen = TuningScreen::Runs;
    }
}

/// An error about a run, which is called by its name.
fn named(error: &ResumeError, run: &Run) -> String {
    let id = format!("run '{}'", run.id);
    error.to_string().replace(&id, &run.name)
}

/// What is asked before sizes are added to a run.
fn question(run: &Run, plan: &Plan, wanted: Resumption) -> Confirm {
    let (name, had) = (
        &run.name,
        run.measured().map_or(0, MeasuredRun::invocations),
    );
    let sizes: Vec<String> = wanted.added.iter().map(MemoryMb::to_string).collect();
    let others = match plan.num {
        SampleCount::Auto => {
            "Up to 25 rounds a size, the others among them until the answer is known.".to_owned()
        }
        SampleCount::Fixed(num) => {
            format!("{num} samples a size; others that miss some get them too.")
        }
    };
    let mut details = vec![
        format!("It has {had} invocations, which are kept and counted with the new ones."),
        others,
        "Where the function's code, configuration or size has changed since, nothing is measured."
            .to_owned(),
    ];
    details.extend(consent::change(&plan.apply, plan.function.name()));
    Confirm {
        question: format!(
            "Measure {} MB too, into the run of {name}?",
            sizes.join(", ")
        ),
        details,
        answer: ConfirmAction::Resume(Box::new(wanted)),
    }
}

/// What so many more sizes may cost, at what the dearest size cost so far.
fn bill(run: &Run, plan: &Plan, sizes: usize) -> Option<String> {
    let points = run.curve(BillingStep::AsMeasured).points;
    let dearest = points.iter().map(|point| point.cost_usd).reduce(f64::max)?;
    let each = plan.num.fixed().map_or(BUDGET_PER_SIZE, |num| num as usize);
    let count = each * sizes;
    let region = run
        .measured()
        .map_or("", |measured| measured.region.as_str());
    let sign = Currency::of_region(region).sign();
    let most = dearest * count as f64;
    Some(format!(
        "Up to {count} invocations at the new sizes; at what the dearest size cost so far that is {sign}{most:.6}."
    ))
}
