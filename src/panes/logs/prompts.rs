//! The texts the pane asks for, and what it does with them.

use super::picker::LONGEST_NAME;
use super::query::QueryPrompt;
use super::screens::tail::LOAD_FROM;
use super::statistics::ColumnSplit;
use super::tail::highlights::{Highlights, TermChange};
use super::tail::{copies, filters};
use super::{LogsPane, LogsScreen, Tail};
use crate::effect::{Job, Outbox, Severity};
use crate::logs::{FilterPattern, ListKind, Matcher, SavedList, written_time};
use crate::panes::check_name;

/// What a prompt says that asks for the time before which and since which is compared.
pub(super) const SINCE_HINT: &str =
    "since a time such as 14:05:30, or an age such as 10m; empty compares no more";

/// What a text of the logs pane is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogsPrompt {
    /// Words or a wildcard the groups in the list must match.
    FilterGroups,
    /// The name of a set of groups.
    NameSet,
    /// What to search for.
    Search,
    /// A filter: a new one, or the one at this place in the list.
    Filter {
        /// The place of the filter that is edited.
        place: Option<usize>,
        /// Whether matching rows are hidden.
        hides: bool,
    },
    /// The name under which the filters are saved.
    NameFilters,
    /// A term to highlight.
    Highlight,
    /// The filter pattern `CloudWatch` Logs applies.
    ServerPattern {
        /// Whether the text as it stands was submitted and not understood: `CloudWatch` Logs decides next time.
        is_doubted: bool,
    },
    /// The time to go to.
    GoToTime,
    /// The time from which events are loaded.
    LoadFrom,
    /// The time from which on patterns are compared with those before.
    ComparePatterns,
    /// The time from which on statistics are compared with those before.
    CompareSpans,
    /// The versions of functions whose statistics stand side by side.
    CompareVersions,
    /// The memory sizes of functions whose statistics stand side by side.
    CompareMemory,
    /// The path of a file for the rows.
    Export,
    /// A text of the query screen.
    Query(QueryPrompt),
}

impl LogsPrompt {
    /// Follows a text while it is typed.
    ///
    /// # Errors
    /// A sentence that says why the text cannot be taken as it stands, or would not do what it seems to.
    pub(super) fn edited(
        self,
        pane: &mut LogsPane,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        match (self, &mut pane.tail) {
            (Self::FilterGroups, _) => pane.picker.narrow(text),
            (Self::Query(asked), _) => return asked.edited(&mut pane.query, text, out),
            (Self::Search, Some(tail)) => return search(tail, text, out),
            (Self::Filter { .. }, _) if !text.trim().is_empty() => {
                filters::read(text)?;
            }
            (Self::Highlight, _) if !text.is_empty() => {
                Matcher::regex(text).map_err(|error| error.to_string())?;
            }
            (Self::ServerPattern { .. }, _) => {
                pane.asked = Some(Self::ServerPattern { is_doubted: false });
                if read_pattern(text)?.ignores_optional_terms() {
                    return Err("CloudWatch Logs ignores ?terms beside other terms".to_owned());
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes a text the user is done with.
    ///
    /// # Errors
    /// A sentence that says why not; the prompt stays open then.
    pub(super) fn submitted(
        self,
        pane: &mut LogsPane,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        match (self, &mut pane.tail) {
            (Self::NameSet, _) => return pane.picker.save_set(text, out),
            (Self::NameFilters, _) => return save_filters(pane, text.trim(), out),
            (Self::FilterGroups, _) => pane.picker.narrow(text),
            (Self::Export, _) => return export(pane, text.trim(), out),
            (Self::ComparePatterns, _) => return compare_patterns(pane, text.trim(), out),
            (Self::CompareSpans, _) => return compare_spans(pane, text.trim(), out),
            (Self::CompareVersions, _) => compare_columns(pane, ColumnSplit::versions(text)?, out),
            (Self::CompareMemory, _) => compare_columns(pane, ColumnSplit::memory(text)?, out),
            (Self::Query(asked), _) => return asked.submitted(pane, text, out),
            (Self::Search, Some(tail)) => return find(tail, text, out),
            (Self::Filter { place, hides }, Some(tail)) => {
                let condition = filters::read(text)?;
                tail.change_filters(|filters| filters.put(place, condition, hides), out);
            }
            (Self::ServerPattern { is_doubted }, Some(tail)) => {
                if let (Err(problem), false) = (read_pattern(text), is_doubted) {
                    pane.asked = Some(Self::ServerPattern { is_doubted: true });
                    return Err(format!("enter again sends it as it is; {problem}"));
                }
                let pattern = text.trim();
                tail.begin_anew(|target| pattern.clone_into(&mut target.pattern), out);
            }
            (Self::Highlight, Some(tail)) => return highlight(tail, text),
            (Self::GoToTime, Some(tail)) => return go_to_time(tail, text, out),
            (Self::LoadFrom, Some(tail)) => return load_from(tail, text, out),
            // What is about a tail is not asked without one.
            (_, None) => {}
        }
        Ok(())
    }

    /// Clears what its prompt was given up for.
    pub(super) fn closed(self, pane: &mut LogsPane, out: &mut Outbox<'_>) {
        match (self, &mut pane.tail) {
            (Self::FilterGroups, _) => pane.picker.narrow(""),
            (Self::Query(asked), _) => asked.closed(&mut pane.query),
            (Self::Search, Some(tail)) => tail.search_for(None, out),
            _ => {}
        }
    }
}

/// Searches while the words are typed; the cursor stays.
fn search(tail: &mut Tail, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
    let matcher = match text {
        "" => None,
        text => Some(Matcher::regex(text).map_err(|error| error.to_string())?),
    };
    tail.search_for(matcher, out);
    Ok(())
}

/// Searches, and goes to the first match.
fn find(tail: &mut Tail, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
    search(tail, text, out)?;
    if tail.rows().searched().is_some() {
        tail.find_first(out);
    }
    Ok(())
}

/// Saves the filters under a name, in place of others of that name.
fn save_filters(pane: &mut LogsPane, name: &str, out: &mut Outbox<'_>) -> Result<(), String> {
    check_name(name, LONGEST_NAME)?;
    let entries = pane.tail().map(|tail| tail.filters().words());
    let list = SavedList {
        kind: ListKind::Filters,
        name: name.to_owned(),
        entries: entries.unwrap_or_default(),
    };
    pane.saved
        .save(list, format!("Saved the filters {name}."), out);
    Ok(())
}

/// Highlights a term, or no longer; nothing typed clears all.
pub(super) fn highlight(tail: &mut Tail, text: &str) -> Result<(), String> {
    let terms = &mut tail.highlights;
    if text.is_empty() {
        terms.clear();
        return Ok(());
    }
    match terms.toggle(text).map_err(|error| error.to_string())? {
        TermChange::Refused => Err(format!(
            "{} terms are highlighted, more cannot be; type one of them to take it back",
            Highlights::MOST
        )),
        TermChange::Added | TermChange::Removed => Ok(()),
    }
}

/// Writes the selected rows to a new file and ends the selection, or all rows that pass the filters.
fn export(pane: &mut LogsPane, path: &str, out: &mut Outbox<'_>) -> Result<(), String> {
    if path.is_empty() {
        return Err("give the path of a file".to_owned());
    }
    if let Some(tail) = &mut pane.tail {
        let task = out.spawn(Job::ExportRows(Box::new(copies::export(tail, path))));
        pane.exports.add(task, ());
        tail.reader_mut().unselect();
    }
    Ok(())
}

/// Goes to the time a user typed; says so when the rows begin later.
fn go_to_time(tail: &mut Tail, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
    let time_ms = tail.typed_time(text, out.now)?.as_millisecond();
    tail.move_reader(|reader, order| reader.go_to_time(order, time_ms));
    let oldest_ms = tail.rows().oldest_ms();
    if let Some(oldest_ms) = oldest_ms.filter(|oldest_ms| *oldest_ms > time_ms) {
        let begin = written_time(oldest_ms);
        let key = out.context.keymap.way_to(LOAD_FROM);
        let words = format!("The events here begin at {begin}; {key} loads earlier ones.");
        out.notice(Severity::Info, words);
    }
    Ok(())
}

/// Folds the messages anew, compared at the time a user typed.
fn compare_patterns(pane: &mut LogsPane, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
    let Some(tail) = &pane.tail else {
        return Ok(());
    };
    let split_ms = match text {
        "" => None,
        text => Some(tail.typed_time(text, out.now)?.as_millisecond()),
    };
    pane.show_patterns(split_ms, out);
    Ok(())
}

/// Counts anew, compared at the time a user typed.
fn compare_spans(pane: &mut LogsPane, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
    let (LogsScreen::Statistics(table), Some(tail)) = (&pane.screen, &pane.tail) else {
        return Ok(());
    };
    let span = table.span;
    let split_ms = match text {
        "" => None,
        text => Some(tail.typed_time(text, out.now)?.as_millisecond()),
    };
    let range_ms = span.begin_ms(out.now)..out.now.as_millisecond();
    if split_ms.is_some_and(|split_ms| split_ms == range_ms.start || !range_ms.contains(&split_ms))
    {
        return Err(format!("that time is not within the {}", span.name()));
    }
    pane.count(
        span,
        split_ms.map_or(ColumnSplit::None, ColumnSplit::Since),
        out,
    );
    Ok(())
}

/// Counts anew over the same span, with what a user typed apart.
fn compare_columns(pane: &mut LogsPane, split: ColumnSplit, out: &mut Outbox<'_>) {
    if let LogsScreen::Statistics(table) = &pane.screen {
        pane.count(table.span, split, out);
    }
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
