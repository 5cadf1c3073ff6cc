//! Prints what a tail tells: events as data, the rest as notes.

use tokio::sync::mpsc;

use super::super::Failure;
use super::super::args::TailArgs;
use super::super::output::Output;
use super::{line, notes};
use crate::aws::AwsError;
use crate::logs::{Event, Mode, Tailing};

/// Prints, filters and counts.
pub(super) struct Printer<'a> {
    args: &'a TailArgs,
    with_group: bool,
    json: bool,
    left: Option<u64>,
    mode: Option<Mode>,
    output: &'a mut Output,
}

impl<'a> Printer<'a> {
    pub(super) fn new(
        args: &'a TailArgs,
        groups: usize,
        json: bool,
        output: &'a mut Output,
    ) -> Self {
        Self {
            args,
            with_group: groups > 1,
            json,
            left: args.limit,
            mode: None,
            output,
        }
    }

    /// Prints until there is no more, or enough is printed; whoever tells notices that nobody reads any more.
    ///
    /// # Errors
    /// When standard output takes no more.
    pub(super) async fn all(&mut self, mut told: mpsc::Receiver<Tailing>) -> Result<(), Failure> {
        while self.left != Some(0)
            && let Some(news) = told.recv().await
        {
            match news {
                Tailing::Events(events) => self.events(events).await?,
                Tailing::Ruler(ruler) => self.output.note(format!("-- {} --", ruler.text)),
                Tailing::Standing(standing) => {
                    self.output.progress(&notes::line(&standing), false);
                    self.change(standing.mode);
                }
            }
        }
        Ok(())
    }

    async fn events(&mut self, mut events: Vec<Event>) -> Result<(), Failure> {
        events.sort_by_key(|event| (event.time_ms, event.ingested_ms));
        let mut text = String::new();
        for event in events.iter().filter(|event| fits(self.args, event)) {
            match &mut self.left {
                Some(0) => break,
                Some(left) => *left -= 1,
                None => {}
            }
            if self.json {
                line::json(event, &mut text);
            } else {
                line::text(event, self.with_group, &mut text);
            }
        }
        if text.is_empty() {
            return Ok(());
        }
        self.output.stream(text).await
    }

    /// Says what went wrong.
    pub(super) fn note(&mut self, error: &AwsError) {
        self.output.note(error);
    }

    fn change(&mut self, mode: Mode) {
        if self.mode.as_ref() == Some(&mode) {
            return;
        }
        if let Some(sentence) = notes::change(&mode) {
            self.output.note(sentence);
        }
        self.mode = Some(mode);
    }
}

fn fits(args: &TailArgs, event: &Event) -> bool {
    let pattern = args.matching.as_ref();
    pattern.is_none_or(|pattern| pattern.0.is_match(&event.message))
}
