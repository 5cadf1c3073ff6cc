//! Prints what a tail tells: events as data, the rest as notes.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::super::CommandFailure;
use super::super::args::{EventField, LineFormat, TailArgs};
use super::super::output::Output;
use super::context::{ContextLine, MatchContext};
use super::line::{PlacedEvent, TextLine};
use super::order::ReorderBuffer;
use super::{line, notes};
use crate::aws::AwsError;
use crate::logs::query::ScanCost;
use crate::logs::{
    Home, LogEvent, Marker, MarkerKind, Redactor, TailMode, TailStatus, TailTarget, Tailing,
    Watermark, holds_secret, safe_text,
};

/// Stretches nobody will look through again that are named in the end; the first of them.
const UNCHECKED: usize = 20;

/// What standard output is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OutputForm {
    /// A line of JSON for each event.
    Json,
    /// Text.
    Plain,
    /// Text for a terminal with colours.
    Coloured,
}

/// How much there was and how much is printed.
#[derive(Debug, Default)]
struct PrintCount {
    /// Events that may still be printed; without a limit nothing.
    left: Option<u64>,
    /// Events that came.
    seen: u64,
    /// Events that are printed.
    printed: u64,
}

/// Prints, filters and counts.
pub(super) struct Printer<'a> {
    args: &'a TailArgs,
    /// Where the session works.
    home: Home,
    /// How a line is written; none for JSON.
    line: Option<TextLine<'a>>,
    context: MatchContext,
    /// Whether it was said that there are secrets.
    has_warned: bool,
    redactor: Redactor,
    count: PrintCount,
    order: ReorderBuffer,
    watermark: Watermark,
    /// As told last.
    standing: Option<TailStatus>,
    /// Stretches that nobody will look through again.
    unchecked: Vec<Marker>,
    output: &'a mut Output,
}

impl<'a> Printer<'a> {
    /// Prints what is wanted; what ends at `until_ms` comes in order by itself.
    pub(super) fn new(
        args: &'a TailArgs,
        wanted: &TailTarget,
        home: Home,
        until_ms: Option<i64>,
        form: OutputForm,
        output: &'a mut Output,
    ) -> Self {
        let format = args.format.clone();
        let with_group = wanted.groups.len() > 1 || !wanted.watched.is_empty();
        let line = (form != OutputForm::Json).then(|| TextLine {
            format: format.unwrap_or_else(|| LineFormat::usual(with_group)),
            highlights: match form {
                OutputForm::Coloured => &args.highlights,
                OutputForm::Plain | OutputForm::Json => &[],
            },
        });
        Self {
            args,
            home,
            line,
            context: MatchContext::new(args.context),
            has_warned: false,
            redactor: Redactor::default(),
            count: PrintCount {
                left: args.limit,
                ..PrintCount::default()
            },
            order: match until_ms {
                Some(_) => ReorderBuffer::as_it_comes(),
                None => ReorderBuffer::of_tail(wanted.since.is_some(), wanted.groups.len()),
            },
            watermark: Watermark::default(),
            standing: None,
            unchecked: Vec::new(),
            output,
        }
    }

    /// Prints until there is no more, or enough is printed, or it is over.
    ///
    /// # Errors
    /// When standard output takes no more; silently when nobody reads it.
    pub(super) async fn all(
        &mut self,
        mut told: mpsc::Receiver<Tailing>,
        over: &CancellationToken,
    ) -> Result<(), CommandFailure> {
        while self.count.left != Some(0)
            && let Some(news) = over.run_until_cancelled(told.recv()).await
        {
            let Some(news) = news else {
                let rest = self.order.open();
                return self.events(rest, over).await;
            };
            self.hear(news, over).await?;
        }
        Ok(())
    }

    async fn hear(
        &mut self,
        news: Tailing,
        over: &CancellationToken,
    ) -> Result<(), CommandFailure> {
        match news {
            Tailing::Events(events) => {
                let events = self.order.take(events);
                self.events(events, over).await?;
            }
            Tailing::Opened => {
                let events = self.order.open();
                self.events(events, over).await?;
            }
            Tailing::Marker(marker) => self.mark(marker),
            Tailing::Status(standing) => {
                self.output.progress(&notes::line(&standing), false);
                self.change(&standing.mode);
                self.standing = Some(standing);
            }
        }
        Ok(())
    }

    async fn events(
        &mut self,
        events: Vec<LogEvent>,
        over: &CancellationToken,
    ) -> Result<(), CommandFailure> {
        let mut text = String::new();
        for event in events {
            self.count.seen += 1;
            let is_match = fits(self.args, &event);
            let shift = self.watermark.shift(&event);
            // Also what is not printed: a key may begin in it.
            let event = self.without_secrets(event);
            if (!is_match && self.args.context == 0) || !self.order.admits(&event) {
                continue;
            }
            let placed = PlacedEvent { event, shift };
            for line in self.context.take(placed, is_match) {
                self.write(line, &mut text);
            }
        }
        if self.order.has_refused() {
            self.output.note(notes::REFUSED);
        }
        if text.is_empty() {
            return Ok(());
        }
        self.output.lines(text, over).await
    }

    /// Writes what is printed next, unless enough is printed.
    fn write(&mut self, line: ContextLine, out: &mut String) {
        match (line, &mut self.count.left) {
            (_, Some(0)) => {}
            (ContextLine::Rule, _) if self.line.is_some() => out.push_str("--\n"),
            (ContextLine::Rule, _) => {}
            (ContextLine::Event(placed), left) => {
                *left = left.map(|left| left - 1);
                self.count.printed += 1;
                self.warn_of_secrets(&placed.event);
                match &self.line {
                    Some(line) => line.write(&placed, &self.home, out),
                    None => line::json(&placed.event, &self.home, out),
                }
            }
        }
    }

    /// The event without secrets, if that is wanted.
    fn without_secrets(&mut self, mut event: LogEvent) -> LogEvent {
        if self.args.redact {
            // A colour within a name or a value must not hide it.
            let plain = safe_text(&event.message);
            let source = (&event.group, &event.stream);
            let redacted = self.redactor.redact(source, &plain);
            if redacted != plain {
                event.message = redacted.into_owned();
            }
        }
        event
    }

    /// Says once that something printed looks like a secret, where they are not taken out.
    fn warn_of_secrets(&mut self, event: &LogEvent) {
        let line = self.line.as_ref();
        let is_shown = line.is_none_or(|line| line.format.has(EventField::Message));
        if is_shown
            && !self.args.redact
            && !self.has_warned
            && holds_secret(&safe_text(&event.message))
        {
            self.has_warned = true;
            self.output.note(notes::SECRETS);
        }
    }

    /// Says what went wrong.
    pub(super) fn note(&mut self, error: &AwsError) {
        let is_agreed = self.args.max_scan.is_some();
        self.output.note(notes::failed(error, is_agreed));
    }

    /// Says in the end what queries have read.
    pub(super) fn scanned(&mut self, scanned: Option<ScanCost>) {
        if let Some(scanned) = scanned {
            self.output.note(notes::scanned(scanned));
        }
    }

    /// Says in the end which stretches are not known to be complete; and that there was nothing to print, where all was
    /// read.
    pub(super) fn close(&mut self, is_whole: bool) {
        if is_whole && self.count.printed == 0 {
            let is_narrowed = self.args.filter.is_some();
            self.output
                .note(notes::nothing(self.count.seen, is_narrowed));
        }
        let open = self.standing.as_ref().map(|standing| &*standing.open);
        let sentence = notes::incomplete(open.unwrap_or_default(), &self.unchecked);
        if let Some(sentence) = sentence {
            self.output.note(sentence);
        }
    }

    fn mark(&mut self, marker: Marker) {
        // What the tail waits for was said, and is why there is a gap.
        if marker.kind != MarkerKind::Gap || !self.waits() {
            self.output.note(format!("-- {} --", marker.text));
        }
        if marker.kind == MarkerKind::Unchecked && self.unchecked.len() < UNCHECKED {
            self.unchecked.push(marker);
        }
    }

    fn mode(&self) -> Option<&TailMode> {
        self.standing.as_ref().map(|standing| &standing.mode)
    }

    fn waits(&self) -> bool {
        matches!(self.mode(), Some(TailMode::Waiting(_)))
    }

    fn change(&mut self, mode: &TailMode) {
        let still_waits = self.waits() && matches!(mode, TailMode::Waiting(_));
        if self.mode() == Some(mode) || still_waits {
            return;
        }
        if self.waits() {
            self.output.note(notes::RENEWED);
        }
        if let Some(sentence) = notes::change(mode) {
            self.output.note(sentence);
        }
    }
}

fn fits(args: &TailArgs, event: &LogEvent) -> bool {
    let pattern = args.matching.as_ref();
    pattern.is_none_or(|pattern| pattern.0.is_match(&event.message))
}
