//! The runs as they are shown: the one under way before all others, which of them is in front, and its chart.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::recovery::Recovery;
use super::{Library, Live, RunEntry, ShownRuns, ViewOptions, doubt, linked, verdict};
use crate::config::TuningDefaults;
use crate::effect::{JobReport, Outbox, Severity};
use crate::panes::stepped;
use crate::panes::tuning::screens::runs::{EXPORT_RUN, SHOW_CODE};
use crate::power::{Journal, ListedRun, MeasuredRun, Run, RunEvent as Event, RunId, RunState};
use crate::task::TaskId;

/// All runs that the pane knows.
#[derive(Debug)]
pub struct Runs {
    /// Those that are not under way.
    pub library: Library,
    /// How curves are looked at.
    pub look: ViewOptions,
    live: Option<Live>,
    recovery: Recovery,
    shown: Option<ShownRuns>,
    /// Whether what the chart is made from changed.
    stale: bool,
}

impl Runs {
    /// The examples, and nothing loaded yet.
    pub(super) fn new(defaults: &TuningDefaults) -> Self {
        Self {
            library: Library::default(),
            look: ViewOptions::new(defaults),
            live: None,
            recovery: Recovery::default(),
            shown: None,
            stale: true,
        }
    }

    /// The run under way, if any.
    #[must_use]
    pub const fn live(&self) -> Option<&Live> {
        self.live.as_ref()
    }

    /// The curves on the chart, worked out when data or look changed.
    #[must_use]
    pub const fn shown(&self) -> Option<&ShownRuns> {
        self.shown.as_ref()
    }

    /// The entries in list order: the live run, the saved ones in their order, the examples.
    pub fn entries(&self) -> impl Iterator<Item = &RunEntry> {
        let live = self.live.as_ref().map(Live::entry);
        let hidden = live.map(|entry| entry.run.id.clone());
        live.into_iter().chain(
            self.library
                .visible()
                .filter(move |entry| Some(&entry.run.id) != hidden.as_ref()),
        )
    }

    /// The entry in front.
    #[must_use]
    pub fn selected(&self) -> Option<&RunEntry> {
        let wanted = self.library.selected.as_ref();
        self.entries()
            .find(|entry| Some(&entry.run.id) == wanted)
            .or_else(|| self.entries().next())
    }

    /// The entry marked for comparison.
    fn compared(&self) -> Option<&RunEntry> {
        let wanted = self.look.compared.as_ref()?;
        self.library
            .all()
            .chain(self.live.as_ref().map(Live::entry))
            .find(|entry| entry.run.id == *wanted)
    }

    /// The first run that was cut off and is not being undone.
    #[must_use]
    pub fn cut_off(&self) -> Option<&Journal> {
        let live = self.live().map(|live| &live.entry().run.id);
        self.recovery.next(live)
    }

    /// Moves the selection by a number of rows; it stops at the ends.
    pub(super) fn step(&mut self, rows: isize) {
        let ids = self.entries().map(|entry| &entry.run.id);
        let there = stepped(ids, self.library.selected.as_ref(), rows).cloned();
        self.library.selected = there;
        self.stale = true;
    }

    /// Moves the cursor of the chart by a number of sizes; it stops at the ends.
    pub(super) fn move_cursor(&mut self, steps: isize) {
        if let Some(shown) = &self.shown {
            self.look.move_cursor(&shown.main.curve, steps);
            self.stale = true;
        }
    }

    /// Narrows the list to runs that have these words and days, seen from this moment.
    pub(super) fn narrow(&mut self, filter: &str, now: Timestamp) {
        let today = now.to_zoned(TimeZone::UTC).date();
        self.library.narrow(filter, today);
        self.stale = true;
    }

    /// Shows all runs again.
    pub(super) fn widen(&mut self) {
        self.narrow("", Timestamp::UNIX_EPOCH);
    }

    /// What the chart is made from may have changed.
    pub(super) const fn mark_stale(&mut self) {
        self.stale = true;
    }

    /// Works out the curves again if what they are made from changed.
    pub(super) fn settle(&mut self) {
        if !std::mem::take(&mut self.stale) {
            return;
        }
        self.shown = self.charted();
        let before = self.look.cursor;
        if let Some(shown) = &self.shown {
            self.look.settle(&shown.main, shown.answer.recommended);
        }
        // What is told of the size under the cursor is told of where that is now.
        if self.look.cursor != before {
            self.shown = self.charted();
        }
    }

    fn charted(&self) -> Option<ShownRuns> {
        let entry = self.selected()?;
        Some(ShownRuns::of(entry, self.compared(), &self.look))
    }

    /// Shows the run of a visualization link: the known one with the same figures, else the link is imported.
    pub(super) fn show_link(&mut self, link: &str, out: &mut Outbox<'_>) {
        self.widen();
        match linked::known(&self.library, link) {
            Some(id) => self.library.selected = Some(id),
            None => self.library.import(link, out),
        }
    }

    /// Keeps a run of means that was made of other figures, in front.
    pub(super) fn keep(&mut self, run: Run, out: &mut Outbox<'_>) {
        self.widen();
        self.library.keep(run, out);
    }

    /// Shows a run that was just asked for.
    pub(super) fn start(&mut self, live: Live) {
        self.library.selected = Some(live.entry().run.id.clone());
        self.live = Some(live);
        self.look.expanded = false;
        self.stale = true;
    }

    /// Stops the run under way; it restores the function before it ends.
    pub(super) fn cancel_live(&mut self, out: &mut Outbox<'_>) {
        if let Some(live) = &mut self.live {
            live.cancel(out);
        }
    }

    /// Pauses the run under way, or has it go on; says whether it is paused. `None` where none can be.
    pub(super) fn switch_pause(&mut self, out: &mut Outbox<'_>) -> Option<bool> {
        let live = self.live.as_mut().filter(|live| !live.cancelling)?;
        live.switch_pause(out);
        Some(live.paused.is_some())
    }

    /// Undoes what a run left behind.
    pub(super) fn recover(&mut self, run: &RunId, out: &mut Outbox<'_>) {
        self.recovery.start(run, out);
    }

    /// Whether this task is the live run, or reads or changes others.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.is_live(id) || self.recovery.awaits(id) || self.library.awaits(id)
    }

    fn is_live(&self, id: TaskId) -> bool {
        self.live().is_some_and(|live| live.task == id)
    }

    /// Takes the report of such a task.
    pub(super) fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        self.stale = true;
        if self.is_live(id) {
            return self.live_report(report, out);
        }
        if self.recovery.awaits(id) {
            if self.recovery.report(id, report, out) {
                self.library.reload(out);
            }
            return;
        }
        match report {
            JobReport::Runs(runs, journals) => {
                self.library.fill(runs);
                self.recovery.fill(journals);
            }
            report => self.library.report(id, report, out),
        }
    }

    fn live_report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Tuning(Event::Warned(text)) => out.notice(Severity::Warning, text),
            JobReport::Tuning(Event::Ended(run)) => self.ended(*run, out),
            JobReport::Tuning(event) => {
                if let Some(live) = &mut self.live {
                    live.take(&event);
                    if let Event::Answered(answer) = &event {
                        doubt::hear(live, answer, out);
                    }
                }
            }
            JobReport::Failed(why) => {
                out.notice(Severity::Error, why);
                self.end_live(out);
            }
            JobReport::Done | JobReport::Cancelled => self.end_live(out),
            _ => {}
        }
    }

    /// The whole record arrived: it is in the store and goes into the list.
    fn ended(&mut self, run: Run, out: &mut Outbox<'_>) {
        if let Some(measured) = run.measured() {
            let (severity, mut text) = verdict::sentence(&run, measured);
            if measured.state == RunState::Finished && names_code(&run, measured) {
                let key = out.context.keymap.way_to(SHOW_CODE);
                text = format!("{text} {key} shows it as code.");
            }
            out.notice(severity, text);
        }
        if let Some(live) = &mut self.live {
            live.take(&Event::Ended(Box::new(run.clone())));
            if let Some(why) = &live.unsaved {
                let key = out.context.keymap.way_to(EXPORT_RUN);
                let sentence = format!(
                    "{why}; it is whole only until iacstone ends: {key} writes it to a file."
                );
                out.notice(Severity::Error, sentence);
            }
        }
        self.library.put(run);
    }

    /// The job is over: the run is no longer live, and the store knows the rest, unless it could not be told.
    fn end_live(&mut self, out: &mut Outbox<'_>) {
        if self.live.take().is_some_and(|live| live.unsaved.is_none()) {
            self.library.reload(out);
        }
    }
}

/// Whether a run leads to another size than the function has.
fn names_code(run: &Run, measured: &MeasuredRun) -> bool {
    ListedRun::of(run)
        .pick
        .is_some_and(|size| size != measured.current_memory)
}
