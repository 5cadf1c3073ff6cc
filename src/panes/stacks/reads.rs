//! The reads that a stack's own tool does: shown first, run once the user said yes.

use super::{StackRow, StacksPane, StacksScreen};
use crate::effect::{
    Backend, CodeJob, CodeReport, Confirm, ConfirmAction, Job, JobReport, Outbox, Severity,
};
use crate::iac::{StackIntent, StackRead};
use crate::task::TaskId;

/// What is run at all.
const ONLY_READS: &str = "Only 'terraform output', 'pulumi stack output' and 'pulumi stack export' are run from here; the others are copied.";

impl StacksPane {
    /// The command that would be run here: the one in front among the commands, else the one that reads the outputs, or,
    /// where resources are shown, all that the tool knows.
    #[must_use]
    pub fn read(&self) -> Option<StackRead> {
        let intent = match self.screen {
            StacksScreen::Commands => self.commands.selected()?.intent,
            StacksScreen::Resources => StackIntent::Export,
            StacksScreen::List | StacksScreen::Outputs => StackIntent::Outputs,
        };
        self.known.read(self.read_row()?, intent)
    }

    /// The stack that would be read.
    fn read_row(&self) -> Option<StackRow<'_>> {
        match self.screen {
            StacksScreen::Outputs => {
                let (_, column) = self.outputs.position();
                self.list.compared(&self.known).nth(column)
            }
            _ => self.selected(),
        }
    }

    /// Asks whether to run it.
    pub(super) fn ask_read(&mut self, out: &mut Outbox<'_>) {
        let Some(read) = self.read() else {
            let is_command = self.screen == StacksScreen::Commands;
            let row = self.read_row().filter(|_| !is_command);
            let stateless = row.and_then(|row| row.project.without_state(row.stack?));
            let why = stateless.unwrap_or_else(|| ONLY_READS.to_owned());
            return out.notice(Severity::Info, why);
        };
        if out.context.source == Backend::Demo {
            let text =
                "These are the demo's own files: nothing is run of them; c shows the commands.";
            return out.notice(Severity::Info, text);
        }
        if out.context.offline {
            let text = "This session is offline, and the command may ask the network; start iacstone without --offline.";
            return out.notice(Severity::Warning, text);
        }
        let dir = read.dir.display();
        out.confirm(Confirm {
            question: format!("Run this command of {}?", read.tool.name()),
            details: vec![
                read.text.clone(),
                format!("in {dir}, without a shell, with the environment of iacstone; it reads and changes nothing, and is ended after a minute."),
            ],
            answer: ConfirmAction::ReadStack(Box::new(read)),
        });
    }

    /// Runs a command that the user said yes to.
    pub fn run_read(&mut self, read: StackRead, out: &mut Outbox<'_>) {
        let is_under_way = self.reads.any(|known| known.text == read.text);
        if is_under_way || out.leaving {
            return;
        }
        out.notice(Severity::Info, format!("Running {} ...", read.text));
        let task = out.spawn(Job::Code(CodeJob::Read(Box::new(read.clone()))));
        self.reads.add(task, read);
    }

    /// Takes what such a command answered.
    pub(super) fn read_report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        let Some(read) = self.reads.end(id) else {
            return;
        };
        match report {
            JobReport::Code(CodeReport::Answered(answer)) => {
                let (outputs, stack) = (answer.outputs.len(), read.key.title());
                out.notice(
                    Severity::Success,
                    format!("{stack} has {outputs} outputs, as its tool knows it now."),
                );
                self.known.take(read, *answer, out.now);
                self.renew();
            }
            JobReport::Failed(why) => out.notice(Severity::Error, why),
            _ => {}
        }
    }
}
