//! Notices: the newest is on screen. Good news passes by itself; warnings and errors stay until dismissed. What answers a
//! key is about the screen that is in front then, and leaves with it; what a job tells stays.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

use super::{Problem, Severity};
use crate::keys::Scope;

/// How long good news stays on screen, at least.
const PASSING: SignedDuration = SignedDuration::from_secs(12);

/// The most notices kept; the oldest goes first.
const KEPT: usize = 20;

/// What a notice says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeText {
    /// The sentence.
    pub sentence: String,
    /// The command that looks into the failure it tells of, if one does.
    pub command: Option<&'static str>,
}

impl From<String> for NoticeText {
    fn from(sentence: String) -> Self {
        Self {
            sentence,
            command: None,
        }
    }
}

impl From<&str> for NoticeText {
    fn from(sentence: &str) -> Self {
        sentence.to_owned().into()
    }
}

impl From<Problem> for NoticeText {
    fn from(problem: Problem) -> Self {
        Self {
            sentence: problem.sentence,
            command: problem.kind.command(),
        }
    }
}

/// One sentence for the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub severity: Severity,
    /// The sentence.
    pub text: String,
    /// The command that looks into the failure it tells of, if one does.
    pub command: Option<&'static str>,
    shown: Timestamp,
    /// The scope of the screen it is about; nothing when it is about more than that.
    screen: Option<&'static str>,
}

/// The notices that wait to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notices(VecDeque<Notice>);

impl Notices {
    /// Adds a notice, about a screen or more than that. It replaces good news, and an equal sentence is not repeated.
    pub fn push(
        &mut self,
        (severity, text): (Severity, NoticeText),
        screen: Option<&Scope>,
        now: Timestamp,
    ) {
        let NoticeText { sentence, command } = text;
        self.0
            .retain(|notice| notice.stays() && notice.text != sentence);
        self.0.push_back(Notice {
            severity,
            text: sentence,
            command,
            shown: now,
            screen: screen.map(|screen| screen.name),
        });
        if self.0.len() > KEPT {
            self.0.pop_front();
        }
    }

    /// The notice on screen: the newest.
    #[must_use]
    pub fn current(&self) -> Option<&Notice> {
        self.0.back()
    }

    /// How many wait, the one on screen included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Drops the notice on screen; says whether it would have stayed. Good news goes with whatever the key does.
    pub fn dismiss(&mut self) -> bool {
        self.0.pop_back().is_some_and(|notice| notice.stays())
    }

    /// Drops good news: it was about what is not in front any more.
    pub fn hush(&mut self) {
        self.0.retain(Notice::stays);
    }

    /// Drops what is about other screens than this one.
    pub fn leave_behind(&mut self, screen: &Scope) {
        self.0
            .retain(|notice| notice.screen.is_none_or(|about| about == screen.name));
    }

    /// How long until good news passes by itself; `None` without any.
    #[must_use]
    pub fn passes_in(&self, now: Timestamp) -> Option<SignedDuration> {
        let passing = self.0.iter().filter(|notice| !notice.stays());
        let left = passing.map(|notice| PASSING - now.duration_since(notice.shown));
        left.min().map(|left| left.max(SignedDuration::ZERO))
    }

    /// Drops good news whose time is over; says whether anything changed.
    pub fn pass(&mut self, now: Timestamp) -> bool {
        let before = self.0.len();
        self.0
            .retain(|notice| notice.stays() || now.duration_since(notice.shown) < PASSING);
        self.0.len() != before
    }
}

impl Notice {
    fn stays(&self) -> bool {
        self.severity >= Severity::Warning
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn good_news_passes_and_errors_stay() {
        let mut notices = Notices::default();
        notices.push((Severity::Error, "broken".into()), None, at(0));
        notices.push((Severity::Success, "saved".into()), None, at(0));
        assert_eq!(notices.current().unwrap().text, "saved");
        assert_eq!(notices.passes_in(at(5)), Some(SignedDuration::from_secs(7)));
        assert!(!notices.pass(at(5)));
        assert!(notices.pass(at(12)));
        assert_eq!(notices.passes_in(at(12)), None);
        assert_eq!(notices.current().unwrap().text, "broken");
        assert!(notices.dismiss());
        assert!(!notices.dismiss());
    }

    #[test]
    fn good_news_is_dropped_without_taking_the_key() {
        let mut notices = Notices::default();
        notices.push((Severity::Info, "copied".into()), None, at(0));
        assert!(!notices.dismiss());
        assert!(notices.is_empty());
    }

    #[test]
    fn what_is_about_a_screen_leaves_with_it() {
        const HERE: &Scope = &Scope::of_screen("here", "Here");
        const THERE: &Scope = &Scope::of_screen("there", "There");
        let mut notices = Notices::default();
        notices.push((Severity::Error, "a job failed".into()), None, at(0));
        notices.push((Severity::Warning, "not here".into()), Some(HERE), at(0));
        notices.leave_behind(HERE);
        assert_eq!(notices.current().unwrap().text, "not here");
        notices.leave_behind(THERE);
        assert_eq!(notices.current().unwrap().text, "a job failed");
    }

    #[test]
    fn newer_good_news_replaces_older_and_nothing_grows_without_bound() {
        let mut notices = Notices::default();
        notices.push((Severity::Info, "one".into()), None, at(0));
        notices.push((Severity::Info, "two".into()), None, at(0));
        assert_eq!(notices.len(), 1);
        for number in 0..100 {
            notices.push(
                (Severity::Error, format!("error {number}").into()),
                None,
                at(0),
            );
        }
        assert_eq!(notices.len(), KEPT);
        assert_eq!(notices.current().unwrap().text, "error 99");
    }
}
