//! Prints what a tail tells: events as data, the rest as notes.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::super::CommandFailure;
use super::super::args::TailArgs;
use super::super::output::Output;
use super::order::ReorderBuffer;
use super::{line, notes};
use crate::aws::AwsError;
use crate::logs::{Home, LogEvent, TailMode, TailTarget, Tailing, group_label};

/// Prints, filters and counts.
pub(super) struct Printer<'a> {
    args: &'a TailArgs,
    with_group: bool,
    /// Where the session works.
    home: Home,
    json: bool,
    left: Option<u64>,
    order: ReorderBuffer,
    mode: Option<TailMode>,
    output: &'a mut Output,
}

impl<'a> Printer<'a> {
    /// Prints what is wanted; what ends at `until_ms` comes in order by itself.
    pub(super) fn new(
        args: &'a TailArgs,
        wanted: &TailTarget,
        home: Home,
        until_ms: Option<i64>,
        json: bool,
        output: &'a mut Output,
    ) -> Self {
        Self {
            args,
            with_group: wanted.groups.len() > 1 || !wanted.watched.is_empty(),
            home,
            json,
            left: args.limit,
            order: match until_ms {
                Some(_) => ReorderBuffer::as_it_comes(),
                None => ReorderBuffer::of_tail(wanted.since.is_some(), wanted.groups.len()),
            },
            mode: None,
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
        while self.left != Some(0)
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
            Tailing::Marker(marker) => self.output.note(format!("-- {} --", marker.text)),
            Tailing::Status(standing) => {
                self.output.progress(&notes::line(&standing), false);
                self.change(standing.mode);
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
        for event in events.iter().filter(|event| fits(self.args, event)) {
            if !self.order.admits(event) {
                continue;
            }
            match &mut self.left {
                Some(0) => break,
                Some(left) => *left -= 1,
                None => {}
            }
            if self.json {
                line::json(event, &mut text);
            } else {
                let label = self
                    .with_group
                    .then(|| group_label(&event.group, Some(&self.home)));
                line::text(event, label.as_deref(), &mut text);
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

    /// Says what went wrong.
    pub(super) fn note(&mut self, error: &AwsError) {
        self.output.note(error);
    }

    fn change(&mut self, mode: TailMode) {
        if self.mode.as_ref() == Some(&mode) {
            return;
        }
        if let Some(sentence) = notes::change(&mode) {
            self.output.note(sentence);
        }
        self.mode = Some(mode);
    }
}

fn fits(args: &TailArgs, event: &LogEvent) -> bool {
    let pattern = args.matching.as_ref();
    pattern.is_none_or(|pattern| pattern.0.is_match(&event.message))
}
