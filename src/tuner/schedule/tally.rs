//! The count of one memory size: what it has, what it still needs, and when it is given up.

use std::collections::VecDeque;

use super::super::invocation::{InvocationFate, InvocationRequest};
use crate::lambda::MemoryMb;
use crate::power::finding::first_rounds;
use crate::power::rounds::FIRST_ROUNDS;
use crate::power::{Plan, Sample, SampleKind, SizeRun, SizeState};

/// Failures in a row, with no success before them, after which a size counts as infeasible.
const HOPELESS: u32 = 3;
/// The same for deaths by memory, which do not mend themselves.
const HOPELESS_MEMORY: u32 = 2;

/// One size.
#[derive(Debug)]
pub(super) struct SizeTally {
    wanted: u32,
    lanes: u32,
    series: WantedSeries,
    versions: VecDeque<String>,
    /// The version invoked last.
    last: Option<String>,
    in_flight: u32,
    started: u32,
    /// The invocations it had before the run was gone on with, and those that warmed up what a pause lost.
    before: u32,
    counted: u32,
    /// The rounds it has had, where an auto run decides how many there are.
    rounds: Option<u32>,
    failures: Failures,
    state: SizeState,
}

/// Which samples a size is to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WantedSeries {
    /// Those of environments that were there already.
    Warm,
    /// Those of new environments.
    Cold,
    /// A single one, whatever it is.
    Any,
}

#[derive(Debug, Default)]
struct Failures {
    all: u32,
    in_a_row: u32,
    last_fate: Option<InvocationFate>,
    last_reason: String,
    /// Calls that failed themselves: they say nothing about the function.
    misses: u32,
}

impl SizeTally {
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            wanted: wanted(plan),
            lanes: if plan.dry_run {
                1
            } else {
                plan.sampling.environments.max(1)
            },
            series: WantedSeries::of(plan),
            versions: VecDeque::new(),
            last: None,
            in_flight: 0,
            started: 0,
            before: 0,
            counted: 0,
            rounds: plan.num.fixed().is_none().then_some(0),
            failures: Failures::default(),
            state: SizeState::Pending,
        }
    }

    /// Takes in what it had before the run was gone on with; of an auto run, so many rounds.
    pub(super) fn take_up(&mut self, size: &SizeRun, rounds: u32) {
        self.before = u32::try_from(size.samples.len()).unwrap_or(u32::MAX);
        let counted = size.samples.iter().filter(|it| self.series.counts(it));
        self.counted = u32::try_from(counted.count()).unwrap_or(u32::MAX);
        self.failures.all = u32::try_from(size.failures()).unwrap_or(u32::MAX);
        self.has_had(rounds);
        self.state = size.state.clone();
    }

    /// The invocations it has had, those before the run was gone on with included.
    const fn invoked(&self) -> u32 {
        self.before + self.started
    }

    /// Its environments may be new from now on: it warms up once more, beside what it may be invoked.
    pub(super) fn renew(&mut self) {
        let again = self.started.min(self.lanes);
        self.started -= again;
        self.before += again;
    }

    /// The samples that it misses, or the rounds that are wanted of it now.
    pub(super) fn open(&self) -> u32 {
        if self.is_settled() { 0 } else { self.missing() }
    }

    pub(super) fn ready(&mut self, version: String) {
        self.versions.push_back(version);
    }

    pub(super) const fn started(&self) -> u32 {
        self.started
    }

    pub(super) fn is_settled(&self) -> bool {
        self.state != SizeState::Pending
    }

    /// Has the last version invoked once more, if nothing else can be; says whether it will.
    pub(super) fn retry(&mut self) -> bool {
        if self.is_wanting() {
            self.versions.extend(self.last.clone());
        }
        self.can_start()
    }

    /// Whether it needs a version to go on.
    pub(super) fn is_wanting(&self) -> bool {
        !self.is_settled()
            && self.versions.is_empty()
            && self.in_flight == 0
            && self.started < self.limit()
    }

    /// Whether an invocation may start: a version is there, a lane is free, samples are missing, patience is left.
    pub(super) fn can_start(&self) -> bool {
        let missing = self.missing();
        !self.is_settled()
            && !self.versions.is_empty()
            && self.in_flight < self.lanes
            && (self.in_flight < missing || (missing > 0 && self.is_warming_up()))
            && self.started < self.limit()
    }

    pub(super) fn start(&mut self, memory: MemoryMb) -> Option<InvocationRequest> {
        let needs_new = self.series == WantedSeries::Cold;
        let version = if needs_new {
            self.versions.pop_front()?
        } else {
            self.versions.front()?.clone()
        };
        self.last = Some(version.clone());
        let warming_up = self.is_warming_up();
        let turn = self.invoked() as usize;
        self.started += 1;
        self.in_flight += 1;
        Some(InvocationRequest {
            memory,
            version,
            turn,
            expect_cold: warming_up || needs_new,
            pause: !warming_up,
        })
    }

    pub(super) fn record(&mut self, sample: &Sample, fate: InvocationFate) {
        self.in_flight = self.in_flight.saturating_sub(1);
        if sample.counts() {
            self.failures.in_a_row = 0;
            self.failures.last_fate = None;
            self.counted += u32::from(self.series.counts(sample));
        } else {
            self.failures
                .fail(fate, sample.error.as_deref().unwrap_or("failed"));
        }
    }

    pub(super) fn miss(&mut self, reason: &str) {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.failures.misses += 1;
        self.failures.fail(InvocationFate::Failed, reason);
    }

    /// The state, if the size came to its end just now.
    pub(super) fn settle(&mut self) -> Option<SizeState> {
        if self.is_settled() {
            return None;
        }
        let state = if self.rounds.is_none() && self.counted >= self.wanted {
            SizeState::Ok
        } else if self.is_hopeless() {
            self.failed(self.failures.last_reason.clone())
        } else if self.fails_mostly() || (self.started >= self.limit() && self.in_flight == 0) {
            self.exhausted()
        } else {
            return None;
        };
        self.end(state.clone()).then_some(state)
    }

    /// Ends the size with what it has, when it is enough to tell something; else it is skipped for this reason.
    pub(super) fn close(&mut self, reason: &str) -> Option<SizeState> {
        let (counted, wanted) = (self.counted as usize, self.wanted as usize);
        let state = if self.is_dropped() {
            SizeState::Dropped
        } else {
            SizeState::cut_short(counted, wanted, reason)
        };
        self.end(state.clone()).then_some(state)
    }

    /// It has had so many rounds of an auto run.
    pub(super) fn has_had(&mut self, rounds: u32) {
        self.rounds = self.rounds.map(|_| rounds);
    }

    /// Whether it has not had the rounds that are wanted.
    pub(super) const fn is_short(&self) -> bool {
        self.missing() > 0
    }

    /// Goes on as an auto run wants it; gives the state, when that changes.
    pub(super) fn follow(
        &mut self,
        wanted: Option<usize>,
        is_dropped: bool,
        is_over: bool,
    ) -> Option<SizeState> {
        let had = self.rounds.unwrap_or_default();
        let wanted = wanted.and_then(|rounds| u32::try_from(rounds).ok());
        let was_dropped = self.is_dropped();
        self.wanted = if is_dropped {
            0
        } else {
            wanted.unwrap_or(had).max(1)
        };
        if !is_over {
            return (is_dropped && !was_dropped).then_some(SizeState::Dropped);
        }
        let state = if is_dropped {
            SizeState::Dropped
        } else {
            SizeState::Ok
        };
        let ended = self.end(state.clone());
        (ended && !(is_dropped && was_dropped)).then_some(state)
    }

    /// Why the size ended without being measured, if it did.
    pub(super) fn failure(&self) -> Option<&str> {
        match &self.state {
            SizeState::Infeasible(reason) | SizeState::Skipped(reason) => Some(reason),
            SizeState::Pending | SizeState::Ok | SizeState::Dropped => None,
        }
    }

    /// Sets the final state; false when there is one already.
    pub(super) fn end(&mut self, state: SizeState) -> bool {
        if self.is_settled() {
            return false;
        }
        self.state = state;
        true
    }

    /// The samples that are missing, or the rounds of an auto run.
    const fn missing(&self) -> u32 {
        let had = match self.rounds {
            Some(rounds) => rounds,
            None => self.counted,
        };
        self.wanted.saturating_sub(had)
    }

    /// Whether an auto run has dropped it: it wants no rounds of it.
    const fn is_dropped(&self) -> bool {
        self.rounds.is_some() && self.wanted == 0
    }

    /// Whether most of the rounds of an auto run failed.
    const fn fails_mostly(&self) -> bool {
        match self.rounds {
            Some(rounds) => {
                rounds as usize >= FIRST_ROUNDS && self.failures.all > self.invoked() / 2
            }
            None => false,
        }
    }

    /// Until every lane has its environment, invocations are warm-ups.
    const fn is_warming_up(&self) -> bool {
        matches!(self.series, WantedSeries::Warm) && self.started < self.lanes
    }

    fn is_hopeless(&self) -> bool {
        let patience = match self.failures.last_fate {
            Some(InvocationFate::OutOfMemory) => HOPELESS_MEMORY,
            _ => HOPELESS,
        };
        self.counted == 0 && self.failures.in_a_row >= patience
    }

    /// No size is invoked more often than this, whatever fails or starts cold.
    fn limit(&self) -> u32 {
        self.wanted + self.lanes + (self.wanted / 2).max(HOPELESS)
    }

    fn exhausted(&self) -> SizeState {
        if self.failures.all > self.invoked() / 2 {
            let Failures {
                all, last_reason, ..
            } = &self.failures;
            let invoked = self.invoked();
            let words = format!("{all} of {invoked} invocations failed; the last: {last_reason}");
            return self.failed(words);
        }
        if SizeState::tells(self.counted as usize, self.wanted as usize) {
            return SizeState::Ok;
        }
        let environment = if self.series == WantedSeries::Cold {
            "a new"
        } else {
            "a warm"
        };
        SizeState::Skipped(format!("too few invocations met {environment} environment"))
    }

    /// A size at which the function fails is infeasible; one whose calls failed was only not measured.
    fn failed(&self, reason: String) -> SizeState {
        if self.failures.misses * 2 > self.failures.all {
            SizeState::Skipped(reason)
        } else {
            SizeState::Infeasible(reason)
        }
    }
}

impl Failures {
    fn fail(&mut self, fate: InvocationFate, reason: &str) {
        self.all += 1;
        self.in_a_row += 1;
        self.last_fate = Some(fate);
        reason.clone_into(&mut self.last_reason);
    }
}

/// The samples that a size is to have, or its rounds before an auto run looks for the first time.
fn wanted(plan: &Plan) -> u32 {
    let first = || u32::try_from(first_rounds(plan)).unwrap_or(u32::MAX);
    plan.num.fixed().unwrap_or_else(first)
}

impl WantedSeries {
    fn of(plan: &Plan) -> Self {
        match (plan.dry_run, plan.sampling.only_cold_starts) {
            (true, _) => Self::Any,
            (false, true) => Self::Cold,
            (false, false) => Self::Warm,
        }
    }

    /// Whether a sample belongs to it.
    fn counts(self, sample: &Sample) -> bool {
        let is_wanted = match self {
            Self::Warm => sample.kind == SampleKind::Warm,
            Self::Cold => sample.kind != SampleKind::Warm,
            Self::Any => true,
        };
        is_wanted && sample.counts()
    }
}
