//! The invocations of a folder, and what each platform record changes about them.

use std::collections::VecDeque;

use super::error_words::error_in;
use super::stream::StreamInvocations;
use super::{Invocation, InvocationId, Trouble};
use crate::lambda::record::{InitEnd, InitReport, PlatformRecord};
use crate::lambda::report::Report;

/// The newest invocations, at most `bound` after each line.
#[derive(Debug)]
pub(super) struct Book {
    invocations: VecDeque<Invocation>,
    /// The number of the oldest invocation kept.
    first: u64,
    bound: usize,
    pub(super) dropped_records: u64,
}

impl Book {
    pub(super) const fn new(bound: usize) -> Self {
        Self {
            invocations: VecDeque::new(),
            first: 0,
            bound: if bound == 0 { 1 } else { bound },
            dropped_records: 0,
        }
    }

    pub(super) fn invocation(&self, id: InvocationId) -> Option<&Invocation> {
        let at = usize::try_from(id.0.checked_sub(self.first)?).ok()?;
        self.invocations.get(at)
    }

    pub(super) fn invocations(
        &self,
    ) -> impl DoubleEndedIterator<Item = (InvocationId, &Invocation)> {
        let numbered = self.invocations.iter().enumerate();
        numbered.map(|(at, invocation)| (InvocationId(self.first + at as u64), invocation))
    }

    /// Counts a line of an invocation, and hands back the oldest one when there are too many.
    pub(super) fn count(&mut self, id: Option<InvocationId>) -> Option<Invocation> {
        if let Some(invocation) = id.and_then(|id| self.invocation_mut(id)) {
            invocation.lines += 1;
        }
        if self.invocations.len() <= self.bound {
            return None;
        }
        self.first += 1;
        self.invocations.pop_front()
    }

    fn invocation_mut(&mut self, id: InvocationId) -> Option<&mut Invocation> {
        let at = usize::try_from(id.0.checked_sub(self.first)?).ok()?;
        self.invocations.get_mut(at)
    }

    fn add(&mut self, stream: &StreamInvocations, request_id: Option<&str>) -> InvocationId {
        let id = InvocationId(self.first + self.invocations.len() as u64);
        let invocation = Invocation::new(stream.name.clone(), request_id);
        self.invocations.push_back(invocation);
        id
    }

    /// The invocation a line that is no record belongs to: the one whose id it holds, else the only one under way,
    /// else the environment that gets ready.
    pub(super) fn owner(&self, stream: &StreamInvocations, message: &str) -> Option<InvocationId> {
        match stream.open.as_slice() {
            [] => stream
                .waiting
                .or_else(|| self.named(&stream.recent, message)),
            [only] => Some(*only),
            several => self.named(several, message),
        }
    }

    /// Remembers the error that a line of an invocation tells, if it does.
    pub(super) fn note_error(&mut self, id: Option<InvocationId>, message: &str) {
        if let Some(invocation) = id.and_then(|id| self.invocation_mut(id))
            && let Some(words) = error_in(message)
        {
            invocation.say(&words);
        }
    }

    fn named<'i>(
        &self,
        ids: impl IntoIterator<Item = &'i InvocationId>,
        message: &str,
    ) -> Option<InvocationId> {
        ids.into_iter().copied().find(|&id| {
            let request_id = self.invocation(id).and_then(|it| it.request_id.as_deref());
            request_id.is_some_and(|request_id| message.contains(request_id))
        })
    }

    fn with_id(&self, stream: &StreamInvocations, request_id: &str) -> Option<InvocationId> {
        let is = |&id: &InvocationId| self.invocation(id).is_some_and(|it| it.is(request_id));
        stream.known().find(is)
    }

    /// The invocation a record is about, when the record has an id or only one can be meant.
    fn meant(&self, stream: &StreamInvocations, request_id: Option<&str>) -> Option<InvocationId> {
        match (request_id, stream.open.as_slice()) {
            (Some(request_id), _) => self.with_id(stream, request_id),
            (None, [only]) => Some(*only),
            (None, _) => None,
        }
    }

    pub(super) fn apply(
        &mut self,
        stream: &mut StreamInvocations,
        record: &PlatformRecord,
        time_ms: i64,
    ) -> Option<InvocationId> {
        match record {
            PlatformRecord::InitStart(kind) => Some(self.prepare(stream, |it| {
                it.readiness.initialised = true;
                it.readiness.ahead = kind.is_ahead();
            })),
            PlatformRecord::RestoreStart => {
                Some(self.prepare(stream, |it| it.readiness.restored = true))
            }
            PlatformRecord::InitReport(init) if init.broke() => {
                self.break_init(stream, *init, time_ms)
            }
            PlatformRecord::InitReport(init) => Some(self.note_init(stream, *init)),
            PlatformRecord::RestoreReport(took) => Some(self.prepare_on(stream, |it| {
                it.readiness.restored = true;
                it.readiness.restore_ms = *took;
            })),
            PlatformRecord::Start {
                request_id,
                version,
                tenant_id,
            } => {
                let id = self.begin(stream, request_id, time_ms);
                self.describe(id, version.as_deref(), tenant_id.as_deref())
            }
            PlatformRecord::Report(report) => Some(self.report(stream, report, time_ms)),
            _ => self.mark(stream, record, time_ms),
        }
    }

    fn describe(
        &mut self,
        id: InvocationId,
        version: Option<&str>,
        tenant_id: Option<&str>,
    ) -> Option<InvocationId> {
        let invocation = self.invocation_mut(id)?;
        invocation.version = version.map(Into::into);
        invocation.tenant_id = tenant_id.map(Into::into).or(invocation.tenant_id.take());
        Some(id)
    }

    /// What only adds to an invocation.
    fn mark(
        &mut self,
        stream: &mut StreamInvocations,
        record: &PlatformRecord,
        time_ms: i64,
    ) -> Option<InvocationId> {
        let (PlatformRecord::TimedOut { request_id, .. }
        | PlatformRecord::Failed { request_id, .. }) = record
        else {
            return self.note(stream, record, time_ms);
        };
        let id = self.ensure_row(stream, request_id.as_deref());
        let invocation = self.invocation_mut(id)?;
        match record {
            PlatformRecord::Failed {
                error_type,
                message,
                ..
            } => {
                invocation.say(message);
                invocation.fail(error_type.as_deref());
            }
            _ => invocation.trouble = Some(Trouble::TimedOut),
        }
        Some(id)
    }

    /// The invocation that something went wrong with. When its START was not seen, its REPORT will find the row: by
    /// the id or, without one, as the next of the stream.
    fn ensure_row(
        &mut self,
        stream: &mut StreamInvocations,
        request_id: Option<&str>,
    ) -> InvocationId {
        let known = self.meant(stream, request_id);
        match (known, request_id) {
            (Some(known), _) => known,
            (None, Some(request_id)) => {
                let id = self.name_row(stream, request_id);
                stream.begin(id);
                id
            }
            (None, None) => self.prepare_on(stream, |_| ()),
        }
    }

    fn note(
        &mut self,
        stream: &StreamInvocations,
        record: &PlatformRecord,
        time_ms: i64,
    ) -> Option<InvocationId> {
        match record {
            PlatformRecord::RuntimeDone { request_id, status } => {
                let id = self.with_id(stream, request_id)?;
                self.invocation_mut(id)?.hear(status.as_ref(), None);
                Some(id)
            }
            PlatformRecord::End { request_id } => {
                let id = self.with_id(stream, request_id)?;
                self.invocation_mut(id)?.ended_ms = Some(time_ms);
                Some(id)
            }
            PlatformRecord::LogsDropped { records, .. } => {
                self.dropped_records += records;
                self.meant(stream, None)
            }
            _ => stream.waiting.or_else(|| self.meant(stream, None)),
        }
    }

    /// An environment begins to get ready: a new row, for the next invocation of the stream to fill.
    fn prepare(
        &mut self,
        stream: &mut StreamInvocations,
        change: impl FnOnce(&mut Invocation),
    ) -> InvocationId {
        let id = self.add(stream, None);
        stream.waiting = Some(id);
        if let Some(invocation) = self.invocation_mut(id) {
            change(invocation);
        }
        id
    }

    /// Changes the row of the environment that gets ready, or begins one.
    fn prepare_on(
        &mut self,
        stream: &mut StreamInvocations,
        change: impl FnOnce(&mut Invocation),
    ) -> InvocationId {
        let Some(id) = stream.waiting.or_else(|| self.meant(stream, None)) else {
            return self.prepare(stream, change);
        };
        if let Some(invocation) = self.invocation_mut(id) {
            change(invocation);
        }
        id
    }

    /// An environment could not be made ready: its row ends here, and the next invocation has to initialise once more.
    fn break_init(
        &mut self,
        stream: &mut StreamInvocations,
        init: InitReport,
        time_ms: i64,
    ) -> Option<InvocationId> {
        let waiting = stream.waiting.take();
        let id = waiting.filter(|&id| self.invocation(id).is_some());
        let id = id.unwrap_or_else(|| self.add(stream, None));
        stream.init_broke = !init.is_ahead();
        let invocation = self.invocation_mut(id)?;
        invocation.readiness.initialised = true;
        invocation.readiness.init = Some(init);
        invocation.ended_ms = Some(time_ms);
        match init.end {
            InitEnd::TimedOut => invocation.trouble = Some(Trouble::TimedOut),
            _ => invocation.fail(None),
        }
        Some(id)
    }

    fn note_init(&mut self, stream: &mut StreamInvocations, init: InitReport) -> InvocationId {
        self.prepare_on(stream, |it| {
            it.readiness.initialised = true;
            it.readiness.ahead |= init.is_ahead();
            it.readiness.init = Some(init);
        })
    }

    /// An invocation begins. Its record may come late, after its REPORT.
    fn begin(
        &mut self,
        stream: &mut StreamInvocations,
        request_id: &str,
        time_ms: i64,
    ) -> InvocationId {
        let unseen = |&id: &InvocationId| {
            let invocation = self.invocation(id);
            invocation.is_some_and(|it| it.is(request_id) && it.started_ms.is_none())
        };
        let late = stream.known().find(unseen);
        let id = late.unwrap_or_else(|| self.begin_new(stream, request_id));
        if let Some(invocation) = self.invocation_mut(id) {
            invocation.started_ms = Some(time_ms);
        }
        id
    }

    fn begin_new(&mut self, stream: &mut StreamInvocations, request_id: &str) -> InvocationId {
        // Who has its REPORT ended, even if END was not seen.
        let reported =
            |id: &InvocationId| self.invocation(*id).is_none_or(|it| it.report.is_some());
        let over: Vec<InvocationId> = stream.open.iter().copied().filter(reported).collect();
        for id in over {
            stream.close(id);
        }
        let id = self.name_row(stream, request_id);
        stream.begin(id);
        id
    }

    /// The row of the environment that got ready, else a new one.
    fn name_row(&mut self, stream: &mut StreamInvocations, request_id: &str) -> InvocationId {
        let waiting = stream
            .waiting
            .take()
            .filter(|&id| self.invocation(id).is_some());
        let id = waiting.unwrap_or_else(|| self.add(stream, None));
        let initialises = std::mem::take(&mut stream.init_broke);
        if let Some(invocation) = self.invocation_mut(id) {
            invocation.request_id = Some(request_id.into());
            invocation.readiness.initialised |= initialises;
        }
        id
    }

    /// The figures of an invocation. A REPORT before END may be the function's own imitation: the invocation stays
    /// open then, and the next REPORT replaces this one.
    fn report(
        &mut self,
        stream: &mut StreamInvocations,
        report: &Report,
        time_ms: i64,
    ) -> InvocationId {
        let same = |&id: &InvocationId| {
            self.invocation(id).is_some_and(|it| {
                it.is(&report.request_id)
                    && (it.report.is_none()
                        || stream.open.contains(&id)
                        || it.is_covered_by(report, time_ms))
            })
        };
        let known = stream.known().find(same);
        let id = known.unwrap_or_else(|| self.name_row(stream, &report.request_id));
        let Some(invocation) = self.invocation_mut(id) else {
            return id;
        };
        let ended = invocation.ended_ms.is_some() || invocation.started_ms.is_none();
        invocation.hear(report.status.as_ref(), report.error_type.as_deref());
        if let Some(tenant) = &report.tenant_id {
            invocation.tenant_id = Some(tenant.as_str().into());
        }
        invocation.report = Some(report.clone());
        invocation.ended_ms = Some(time_ms);
        if ended || report.status.is_some() {
            stream.close(id);
        }
        id
    }
}
