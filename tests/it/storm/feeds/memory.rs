//! What the program must remember of a feed, by what its servers told it: the truth the program is measured by.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::cast::Item;
use super::fetch::{Fetch, Given, Served};

/// Failures in a row after which a remembered redirect may be forgotten.
const FAILURES_OF_A_MOVE: u32 = 3;
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// How long a fetch may take, in seconds.
pub(super) const LATE: i64 = 30;
/// For how long a fetch that began is taken to be under way, but for the moment in which that is noted.
const UNDER_WAY: SignedDuration = SignedDuration::from_secs(29);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// What an answer was known by: its address, `ETag` and `Last-Modified`.
pub(super) type Known = (String, Option<String>, Option<String>);

/// What is remembered of one feed.
#[derive(Debug, Clone)]
pub(super) struct Memory {
    /// When the program may ask by itself.
    pub(super) not_before: Option<Timestamp>,
    /// From when it has to, if it looks.
    pub(super) due_by: Option<Timestamp>,
    /// The server said that it is gone.
    pub(super) gone: bool,
    /// Failures in a row.
    pub(super) failures: u32,
    /// Where permanent redirects led.
    pub(super) moved_to: Option<String>,
    /// What the last good answer was known by.
    pub(super) known: Option<Known>,
    /// The `ttl` of its last document.
    pub(super) ttl: SignedDuration,
    /// Its articles.
    pub(super) articles: BTreeMap<String, Item>,
    /// Articles of documents that broke off: they may be there.
    pub(super) loose: BTreeMap<String, Item>,
    /// The last status.
    pub(super) status: Status,
    /// Whether the last fetch failed.
    pub(super) failed: bool,
}

/// The last status of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// This one; none when nothing was answered, or nothing asked.
    Is(Option<u16>),
    /// That of an answer that took too long in all, or none.
    Either,
}

/// Who wants a fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// Nobody: it is due.
    Due,
    /// The user asked for all feeds.
    All,
    /// The user asked for this one.
    Named,
}

/// One request, as a server sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) url: String,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    /// Whether it begins a fetch.
    pub(super) first: bool,
}

impl Memory {
    /// Nothing is known yet.
    pub(super) const fn new() -> Self {
        Self {
            not_before: None,
            due_by: None,
            gone: false,
            failures: 0,
            moved_to: None,
            known: None,
            ttl: SignedDuration::ZERO,
            articles: BTreeMap::new(),
            loose: BTreeMap::new(),
            status: Status::Is(None),
            failed: false,
        }
    }

    /// Whether a program that remembers this may send the request.
    ///
    /// # Errors
    /// Why not.
    pub(super) fn permits(
        &self,
        asked: &Asked,
        source: &str,
        why: Why,
        now: Timestamp,
    ) -> Result<(), String> {
        if asked.first {
            self.permits_to_begin(asked, source, why, now)?;
        }
        let sent = (&asked.etag, &asked.last_modified);
        let none = (&None, &None);
        let expected = match &self.known {
            Some((url, etag, last_modified)) if *url == asked.url => (etag, last_modified),
            _ => none,
        };
        if sent == expected {
            return Ok(());
        }
        Err(format!(
            "'{}' was asked with the validators {sent:?}; of that address {expected:?} were given",
            asked.url
        ))
    }

    fn permits_to_begin(
        &self,
        asked: &Asked,
        source: &str,
        why: Why,
        now: Timestamp,
    ) -> Result<(), String> {
        if self.gone && why != Why::Named {
            return Err(format!(
                "'{}' was asked though it is gone for good",
                asked.url
            ));
        }
        if let Some(at) = self.not_before.filter(|at| why == Why::Due && now < *at) {
            let early = at.duration_since(now);
            return Err(format!(
                "'{}' was asked {early:#} before it may be",
                asked.url
            ));
        }
        let moved_to = self.moved_to.as_deref();
        let home = moved_to.unwrap_or(source);
        let may_forget = self.failures >= FAILURES_OF_A_MOVE && asked.url == source;
        if asked.url == home || may_forget {
            return Ok(());
        }
        Err(format!(
            "'{}' was asked, and the feed is at '{home}'",
            asked.url
        ))
    }

    /// What is remembered after a fetch that brought something, or found all as it was.
    pub(super) fn after_success(&self, fetch: &Fetch, source: &str, now: Timestamp) -> Self {
        let Given { at, wishes, .. } = &fetch.given;
        // What is as it was has the `ttl` it had.
        let ttl = if fetch.given.status == 304 {
            self.ttl
        } else {
            wishes.ttl
        };
        // Of half a document the half without the `ttl` may have come.
        let surely = if fetch.given.is_half() {
            SignedDuration::ZERO
        } else {
            ttl
        };
        let (wished, at_most) = (wishes.longest().max(surely), wishes.longest().max(ttl));
        let mut after = Self {
            not_before: Some((fetch.began + HOUR).max(*at + wished.min(DAY))),
            due_by: Some(now + at_most.clamp(HOUR, DAY)),
            gone: false,
            failures: 0,
            ttl: surely,
            moved_to: moved_after(fetch, source),
            known: Some(fetch.given.known()),
            status: Status::Is(Some(fetch.given.status)),
            failed: false,
            ..self.clone()
        };
        if fetch.given.status == 304 {
            after.known = after.known.map(|(url, etag, last_modified)| {
                let old = self.known.clone().unwrap_or_default();
                (url, etag.or(old.1), last_modified.or(old.2))
            });
        }
        if let Some(served) = &fetch.given.served {
            after.take(served);
        }
        after
    }

    fn take(&mut self, served: &Served) {
        if let Some(complete) = served.complete {
            let items = served.items.iter().take(complete).cloned();
            self.loose
                .extend(items.map(|item| (item.key.clone(), item)));
            // Whoever kept what it was known by would never see the rest.
            self.known = None;
            return;
        }
        for item in &served.items {
            self.loose.remove(&item.key);
            self.articles.insert(item.key.clone(), item.clone());
        }
    }

    /// What is remembered of a fetch that began and whose end was not saved: that it is under way.
    pub(super) fn after_nothing(&self, began: Timestamp) -> Self {
        let (soonest, latest) = (
            began + UNDER_WAY,
            began + UNDER_WAY + SignedDuration::from_secs(2),
        );
        Self {
            not_before: Some(self.not_before.unwrap_or(soonest).max(soonest)),
            due_by: Some(self.due_by.unwrap_or(latest).max(latest)),
            ..self.clone()
        }
    }

    /// What is remembered after a fetch that failed.
    pub(super) fn after_failure(&self, fetch: &Fetch, source: &str, now: Timestamp) -> Self {
        let failures = self.failures + 1;
        let minutes = 1_i64 << (failures - 1).min(8);
        let pause = SignedDuration::from_mins(minutes.min(240));
        let answered = &fetch.given;
        let asked_for = answered.wishes.retry_after.min(DAY);
        let late = now.duration_since(fetch.began).as_secs() >= LATE;
        let gone = answered.status == 410 && fetch.first() == source;
        Self {
            not_before: Some((fetch.began + pause).max(answered.at + asked_for)),
            due_by: (!gone).then(|| now + pause.max(asked_for)),
            gone,
            failures,
            status: if late {
                Status::Either
            } else {
                Status::Is((answered.status > 0).then_some(answered.status))
            },
            failed: true,
            ..self.clone()
        }
    }
}

/// Where the permanent beginning of the way led.
fn moved_after(fetch: &Fetch, source: &str) -> Option<String> {
    let permanent = |hop: &&(String, u16)| matches!(hop.1, 301 | 308);
    let hops = fetch.hops.iter().take_while(permanent).count();
    if hops > 0 {
        let next = fetch.hops.get(hops).map(|(url, _)| url.clone());
        return Some(next.unwrap_or_else(|| fetch.given.url.clone()));
    }
    (fetch.first() != source).then(|| fetch.first().to_owned())
}
