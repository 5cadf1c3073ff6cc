//! The texts the pane asks for, and what it does with them.

use super::pending::LogsPendingJob;
use super::screens::tail::LOAD_FROM;
use super::tail::{copies, filters};
use super::{LogsPane, LogsPrompt, Tail};
use crate::effect::{Job, Outbox, Prompt, Severity};
use crate::logs::{FilterPattern, Matcher, written_time};

impl LogsPane {
    /// Asks for a text.
    pub(super) fn ask(&mut self, question: LogsPrompt, prompt: Prompt, out: &mut Outbox<'_>) {
        self.asked = Some(question);
        out.prompt(prompt);
    }

    /// Follows a text while it is typed.
    ///
    /// # Errors
    /// A sentence that says why the text cannot be taken as it stands, or would not do what it seems to.
    pub(super) fn text_edited(
        &mut self,
        question: &LogsPrompt,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        match question {
            LogsPrompt::FilterGroups => self.picker.narrow(text),
            LogsPrompt::Search => return self.search(text, out),
            LogsPrompt::Filter { .. } if !text.trim().is_empty() => {
                filters::read(text)?;
            }
            LogsPrompt::ServerPattern if read_pattern(text)?.ignores_optional_terms() => {
                return Err("CloudWatch Logs ignores ?terms beside other terms".to_owned());
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes a text the user is done with.
    ///
    /// # Errors
    /// A sentence that says why not; the prompt stays open then.
    pub(super) fn text_submitted(
        &mut self,
        question: &LogsPrompt,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        if let LogsPrompt::NameSet = question {
            return self.save_set(text, out);
        }
        let Some(tail) = &mut self.tail else {
            self.picker.narrow(text);
            return Ok(());
        };
        match *question {
            LogsPrompt::FilterGroups | LogsPrompt::NameSet => self.picker.narrow(text),
            LogsPrompt::Search => {
                self.search(text, out)?;
                self.find_first(out);
            }
            LogsPrompt::Filter { place, hides } => {
                let condition = filters::read(text)?;
                tail.change_filters(|filters| filters.put(place, condition, hides), out);
            }
            LogsPrompt::ServerPattern => {
                read_pattern(text)?;
                let pattern = text.trim();
                tail.begin_anew(|target| pattern.clone_into(&mut target.pattern), out);
            }
            LogsPrompt::GoToTime => return go_to_time(tail, text, out),
            LogsPrompt::LoadFrom => return load_from(tail, text, out),
            LogsPrompt::Export => return self.export(text.trim(), out),
        }
        Ok(())
    }

    /// Goes to a match of what is searched for.
    fn find_first(&mut self, out: &mut Outbox<'_>) {
        let tail = self.tail.as_mut();
        if let Some(tail) = tail.filter(|tail| tail.rows().searched().is_some()) {
            tail.find_first(out);
        }
    }

    /// Writes the selected rows to a new file and ends the selection, or all rows that pass the filters.
    fn export(&mut self, path: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        if path.is_empty() {
            return Err("give the path of a file".to_owned());
        }
        if let Some(tail) = &mut self.tail {
            let task = out.spawn(Job::ExportRows(Box::new(copies::export(tail, path))));
            self.pending.add(task, LogsPendingJob::Export);
            tail.reader_mut().unselect();
        }
        Ok(())
    }

    /// Clears what its prompt was given up for.
    pub(super) fn text_closed(&mut self, question: &LogsPrompt, out: &mut Outbox<'_>) {
        match question {
            LogsPrompt::FilterGroups => self.picker.narrow(""),
            LogsPrompt::Search => {
                if let Some(tail) = &mut self.tail {
                    tail.search_for(None, out);
                }
            }
            _ => {}
        }
    }

    /// Searches while the words are typed; the cursor stays.
    fn search(&mut self, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        let Some(tail) = &mut self.tail else {
            return Ok(());
        };
        let matcher = match text {
            "" => None,
            text => Some(Matcher::regex(text).map_err(|error| error.to_string())?),
        };
        tail.search_for(matcher, out);
        Ok(())
    }
}

/// Goes to the time a user typed; says so when the rows begin later.
fn go_to_time(tail: &mut Tail, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
    let time_ms = tail.typed_time(text, out.now)?.as_millisecond();
    tail.move_reader(|reader, order| reader.go_to_time(order, time_ms));
    let oldest_ms = tail.rows().oldest_ms();
    if let Some(oldest_ms) = oldest_ms.filter(|oldest_ms| *oldest_ms > time_ms) {
        let begin = written_time(oldest_ms);
        let key = out.context.keymap.hint(LOAD_FROM);
        let words = format!("The rows here begin at {begin}; {key} loads earlier ones.");
        out.notice(Severity::Info, words);
    }
    Ok(())
}

/// Follows anew, with every event since the time a user typed.
fn load_from(tail: &mut Tail, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
    let at = tail.typed_time(text, out.now)?;
    if at > out.now {
        return Err("that time is still to come; type an earlier one".to_owned());
    }
    tail.begin_anew(|target| target.since = Some(at), out);
    Ok(())
}

fn read_pattern(text: &str) -> Result<FilterPattern, String> {
    FilterPattern::parse(text.trim()).map_err(|error| error.to_string())
}
