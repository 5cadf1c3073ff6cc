//! The texts the query screen asks for, and what it does with them.

use super::{LogQuery, range};
use crate::effect::{Job, Outbox, Prompt, QueryJob};
use crate::logs::query::QUERY_WORDS;
use crate::panes::check_name;
use crate::panes::logs::picker::LONGEST_NAME;
use crate::panes::logs::{LogsPane, LogsPrompt};

/// What a text of the query screen is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryPrompt {
    /// The query.
    Text,
    /// The stretch of time.
    Range,
    /// Words the rows of the answer must have.
    Filter,
    /// The name the query is saved under.
    Name,
    /// The path of a file for the rows.
    Export,
}

impl QueryPrompt {
    /// Follows a text while it is typed.
    ///
    /// # Errors
    /// A sentence that says why the text cannot be taken as it stands.
    pub(in crate::panes::logs) fn edited(
        self,
        query: &mut LogQuery,
        text: &str,
        out: &Outbox<'_>,
    ) -> Result<(), String> {
        match self {
            // What was typed stays, also when the editor is left.
            Self::Text => text.clone_into(&mut query.text),
            Self::Filter => narrow(query, text),
            Self::Range if !text.trim().is_empty() => {
                range::read(text, out.now)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes a text the user is done with.
    ///
    /// # Errors
    /// A sentence that says why not; the prompt stays open then.
    pub(in crate::panes::logs) fn submitted(
        self,
        pane: &mut LogsPane,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        let query = &mut pane.query;
        match self {
            Self::Text => {
                if text.trim().is_empty() {
                    return Err("type a query".to_owned());
                }
                text.clone_into(&mut query.text);
                query.run(out)
            }
            Self::Range => {
                range::read(text, out.now)?;
                text.trim().clone_into(&mut query.range);
                Ok(())
            }
            Self::Filter => {
                narrow(query, text);
                Ok(())
            }
            Self::Name => save(query, text.trim(), out),
            Self::Export => export(pane, text.trim(), out),
        }
    }

    /// Clears what its prompt was given up for.
    pub(in crate::panes::logs) fn closed(self, query: &mut LogQuery) {
        if self == Self::Filter {
            narrow(query, "");
        }
    }
}

/// Opens the editor.
pub(in crate::panes::logs) fn edit(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let hint =
        "ctrl-s runs it (AWS bills what it reads), tab completes a word, esc leaves the editor";
    let answer = pane.query.answer().into_iter();
    let columns = answer.flat_map(|page| page.table().columns());
    let columns = columns.map(|column| column.name.clone());
    let words = QUERY_WORDS.iter().map(|&word| word.to_owned());
    let mut words: Vec<String> = words.chain(columns).collect();
    words.sort();
    words.dedup();
    let prompt = Prompt::lines("Logs Insights query", hint, &pane.query.text).completing(words);
    pane.ask(LogsPrompt::Query(QueryPrompt::Text), prompt, out);
}

/// Asks for the name to save the query under.
pub(in crate::panes::logs) fn name(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let hint = "the name of a saved query replaces it";
    let prompt = Prompt::line("Save query as", hint, "");
    pane.ask(LogsPrompt::Query(QueryPrompt::Name), prompt, out);
}

fn narrow(query: &mut LogQuery, text: &str) {
    if let Some(page) = query.answer_mut() {
        page.narrow(text);
    }
}

fn save(query: &mut LogQuery, name: &str, out: &mut Outbox<'_>) -> Result<(), String> {
    check_name(name, LONGEST_NAME)?;
    let known = query.as_known(Some(name.to_owned()), out);
    query.known.keep(known, out);
    Ok(())
}

/// Writes the rows that are shown to a new file.
fn export(pane: &mut LogsPane, path: &str, out: &mut Outbox<'_>) -> Result<(), String> {
    if path.is_empty() {
        return Err("give the path of a file".to_owned());
    }
    let redacts = !pane.shows_secrets();
    if let Some(page) = pane.query.answer() {
        let export = Box::new(page.export(path, redacts));
        let task = out.spawn(Job::Query(QueryJob::Export(export)));
        pane.exports.add(task, ());
    }
    Ok(())
}
