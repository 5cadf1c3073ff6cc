//! Where a page run is: at the token of a page, or at a time when it has to begin anew.

use std::collections::HashSet;

use super::Stage;
use crate::logs::LogEvent;

/// How often one page run starts anew where it was, after a token that leads nowhere.
const RESTARTS: u32 = 3;

/// The place of the next page.
#[derive(Debug)]
pub(super) struct PageCursor {
    token: Option<String>,
    /// Where the pages that belong to the token began.
    base_ms: i64,
    /// Up to which time events were read, and the ids of those at that very time.
    position_ms: i64,
    at_position: HashSet<Box<str>>,
    /// The ids of the page before: pages may overlap.
    before: HashSet<Box<str>>,
    restarts: u32,
}

impl PageCursor {
    /// Before the first page.
    pub(super) fn new(from_ms: i64) -> Self {
        Self {
            token: None,
            base_ms: from_ms,
            position_ms: from_ms,
            at_position: HashSet::new(),
            before: HashSet::new(),
            restarts: 0,
        }
    }

    pub(super) const fn base_ms(&self) -> i64 {
        self.base_ms
    }

    pub(super) const fn token(&self) -> Option<&String> {
        self.token.as_ref()
    }

    /// Leaves out the events that were read before, and goes on to the last of the others.
    pub(super) fn pass(&mut self, events: &mut Vec<LogEvent>) {
        let is_known = |id: &str| self.at_position.contains(id) || self.before.contains(id);
        events.retain(|event| !event.id.as_deref().is_some_and(is_known));
        if events.is_empty() {
            return;
        }
        // Wherever it was restarted, it got on.
        self.restarts = 0;
        self.before = events.iter().filter_map(|event| event.id.clone()).collect();
        for event in events {
            if event.time_ms > self.position_ms {
                self.position_ms = event.time_ms;
                self.at_position.clear();
            }
            if event.time_ms == self.position_ms {
                self.at_position.extend(event.id.clone());
            }
        }
    }

    /// Goes to the page of this token.
    pub(super) fn follow(&mut self, token: String) {
        self.token = Some(token);
    }

    /// Begins anew where the last event was. Too often at one place, it is stuck; it may be tried again later.
    pub(super) fn restart(&mut self) -> Stage {
        self.token = None;
        self.base_ms = self.position_ms;
        self.restarts += 1;
        if self.restarts > RESTARTS {
            self.restarts = 0;
            Stage::Stuck
        } else {
            Stage::Going
        }
    }
}
