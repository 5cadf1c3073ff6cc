//! What each action does among the rows of the tail.

use crate::app::{Outbox, Prompt, PromptPurpose, Severity, Visit};
use crate::keys::Action;
use crate::logs::function_of;
use crate::panes::logs::tail::{Phase, Tail};
use crate::panes::logs::{LogsPane, LogsPrompt, LogsScreen, OpenedEvent};
use crate::text::thousands;

impl LogsPane {
    pub(super) fn act_on_tail(&mut self, action: Action, out: &mut Outbox<'_>) {
        let Some(tail) = &mut self.tail else { return };
        if moved(tail, action, out) || looked(tail, action, out) {
            return;
        }
        match action {
            Action::Open => self.open(),
            Action::ShowGroups => {
                self.screen = LogsScreen::Groups;
                self.enter_groups(out);
            }
            Action::ShowStatistics => self.count(false, out),
            Action::FilterList => self.screen = LogsScreen::Filters,
            Action::StopTail => {
                let words = if tail.stop(out) {
                    let key = out.context.keymap.hint(Action::Refresh);
                    format!("Stopped following; {key} follows again.")
                } else {
                    "Nothing is being followed.".to_owned()
                };
                out.notice(Severity::Info, words);
            }
            Action::Refresh if !matches!(tail.phase, Phase::Following(_)) => tail.restart(out),
            Action::TuneFunction => self.tune(out),
            Action::Back => self.leave_tail(out),
            _ => self.ask(action, out),
        }
    }

    fn enter_groups(&mut self, out: &mut Outbox<'_>) {
        if let Some(tail) = &self.tail {
            self.picker.open(&tail.wanted.groups);
        }
        self.enter(out);
    }

    /// Opens the text prompt an action needs.
    fn ask(&mut self, action: Action, out: &mut Outbox<'_>) {
        let Some(tail) = &self.tail else { return };
        let Some((question, title, hint)) = question(action) else {
            return;
        };
        let selected = tail.selected_count().map(|count| match count {
            1 => "Export 1 selected row to".to_owned(),
            count => format!("Export {} selected rows to", thousands(count)),
        });
        let title = match (action, &selected) {
            (Action::ExportRows, Some(title)) => title,
            _ => title,
        };
        let text = match action {
            Action::ServerPattern => tail.wanted.pattern.clone(),
            Action::ExportRows => out.now.strftime("log-%Y%m%d-%H%M%S.txt").to_string(),
            _ => String::new(),
        };
        out.prompt(Prompt::line(
            PromptPurpose::Logs(question),
            title,
            hint,
            &text,
        ));
    }

    /// Opens the event under the cursor, or unfolds the invocation.
    fn open(&mut self) {
        let Some(tail) = &mut self.tail else { return };
        if tail.is_on_invocation() {
            tail.turn_fold();
        } else if let Some(message) = tail.message_here() {
            tail.pause();
            let wrap = tail.look.wraps_event;
            self.screen = LogsScreen::Event(Box::new(OpenedEvent::new(message, wrap)));
        }
    }

    /// Plans a tuning run of the function the row under the cursor is of.
    fn tune(&self, out: &mut Outbox<'_>) {
        let group = self.tail().and_then(Tail::group);
        match group.as_deref().and_then(function_of) {
            Some(function) => out.visit(Visit::Plan(function.to_owned())),
            None => out.notice(
                Severity::Info,
                "Only rows of a Lambda log group (/aws/lambda/...) lead to a function.",
            ),
        }
    }

    /// Undoes the innermost thing the reader did; a reader who is held stays where they are, one who follows goes to
    /// the groups at last.
    fn leave_tail(&mut self, out: &mut Outbox<'_>) {
        let Some(tail) = &mut self.tail else { return };
        if tail.unselect() {
            return;
        }
        if tail.is_in_context() {
            tail.turn_context(out);
        } else if tail.fold_here() {
            // Nothing else: what is around the invocation stays.
        } else if tail.searched().is_some() {
            tail.search_for(None, out);
        } else if tail.is_following() {
            self.screen = LogsScreen::Groups;
            self.enter_groups(out);
        } else {
            let key = |action| out.context.keymap.hint(action);
            let words = format!(
                "Nothing to undo; {} goes to the newest rows and follows, {} shows the groups.",
                key(Action::Bottom),
                key(Action::ShowGroups)
            );
            out.notice(Severity::Info, words);
        }
    }
}

/// What an action asks for, with the title and the hint of the prompt.
fn question(action: Action) -> Option<(LogsPrompt, &'static str, &'static str)> {
    let filter = |hides| LogsPrompt::Filter { place: None, hides };
    let condition = "a regular expression, or level>=warn, stream=NAME, request=ID, $.field=value";
    Some(match action {
        Action::Filter => (
            LogsPrompt::Search,
            "Search",
            "a regular expression; small letters find capitals too; esc leaves it",
        ),
        Action::FilterIn => (filter(false), "Show only", condition),
        Action::FilterOut => (filter(true), "Hide", condition),
        Action::ServerPattern => (
            LogsPrompt::ServerPattern,
            "Pattern",
            "CloudWatch Logs filter pattern, such as ERROR -health or { $.level = \"ERROR\" }; empty takes all",
        ),
        Action::GoToTime => (
            LogsPrompt::GoToTime,
            "Go to",
            "a time such as 14:05:30, an age such as 10m, or RFC 3339",
        ),
        Action::LoadFrom => (
            LogsPrompt::LoadFrom,
            "Load from",
            "follows anew with all events since a time such as 14:05:30, an age such as 2h, or RFC 3339",
        ),
        Action::ExportRows => (LogsPrompt::Export, "Export to", "the path of a new file"),
        _ => return None,
    })
}

/// Moves in the tail; says whether the action was a move.
fn moved(tail: &mut Tail, action: Action, out: &mut Outbox<'_>) -> bool {
    match action {
        Action::Down => tail.step(1),
        Action::Up => tail.step(-1),
        Action::PageDown => tail.page(1),
        Action::PageUp => tail.page(-1),
        Action::Top => tail.go_to_first(),
        Action::Left => tail.scroll(false),
        Action::Right => tail.scroll(true),
        Action::FollowPause if tail.is_following() => tail.pause(),
        Action::FollowPause | Action::Bottom => tail.follow(),
        Action::NextMatch => tail.find_next(true, out),
        Action::PreviousMatch => tail.find_next(false, out),
        Action::NextError => tail.find_error(true, out),
        Action::PreviousError => tail.find_error(false, out),
        Action::NextMinute => tail.find_minute(true),
        Action::PreviousMinute => tail.find_minute(false),
        Action::NextMark => tail.find_mark(true, out),
        Action::PreviousMark => tail.find_mark(false, out),
        _ => return false,
    }
    true
}

/// Changes what is shown of the rows; says whether the action did that.
fn looked(tail: &mut Tail, action: Action, out: &mut Outbox<'_>) -> bool {
    match action {
        Action::MarkRow => tail.turn_mark(),
        Action::SelectRows => tail.turn_selection(),
        Action::CopyRows => {
            if let Some((text, what)) = tail.copy() {
                out.copy(text, what);
                tail.unselect();
            }
        }
        Action::Secrets => {
            tail.look.secrets = !tail.look.secrets;
            let words = if tail.look.secrets {
                "Copies and exports hold secrets as they are."
            } else {
                "Copies and exports have secrets taken out."
            };
            out.notice(Severity::Info, words);
        }
        Action::TimeMode => tail.look.time = tail.look.time.next(tail.has_mark()),
        Action::WrapLines => tail.look.wrap = !tail.look.wrap,
        Action::Histogram => tail.look.histogram = !tail.look.histogram,
        Action::FoldInvocations => tail.look.folds = !tail.look.folds,
        Action::UnfoldRow => {
            if !tail.turn_fold() {
                out.notice(Severity::Info, "The row is of no folded invocation.");
            }
        }
        Action::FiltersOff => tail.turn_all_filters(out),
        Action::StreamContext => tail.turn_context(out),
        _ => return false,
    }
    true
}
