//! The books over all feeds: what the program may remember of each, and whether what it does fits to that.
//!
//! A fetch that was broken off has come to its end or not, and only what the program does next tells: then several
//! memories are possible, and each request and report leaves those it fits to.

use std::collections::{BTreeMap, BTreeSet};

use iacstone::articles::FeedId;
use iacstone::feeds::{FeedError, RefreshOutcome};
use jiff::Timestamp;

use super::fetch::{Fetch, Given};
use super::memory::{Asked, LATE, Memory, Why};
use crate::storm::Broken;

/// What is known of one feed that is followed.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) id: FeedId,
    pub(super) source: String,
    /// At least one.
    pub(super) possible: Vec<Memory>,
    /// The fetch that is under way.
    open: Option<Fetch>,
    /// Keys of articles that are read, and starred.
    pub(super) read: BTreeSet<String>,
    pub(super) starred: BTreeSet<String>,
    /// Keys of articles whose marks were being changed when the program died.
    pub(super) unsure: BTreeSet<String>,
}

/// The books.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// By the number of the site.
    pub(super) accounts: BTreeMap<usize, Account>,
    /// Who wants the fetches that are under way.
    why: Option<Why>,
    /// Feeds that were being removed or followed when the program died.
    pub(super) unsure: BTreeSet<usize>,
    /// Feeds that were asked since they were wanted.
    asked: BTreeSet<usize>,
    /// The first promise that was broken.
    pub(super) broken: Option<Broken>,
}

impl Ledger {
    /// The feed is followed.
    pub(super) fn followed(&mut self, number: usize, id: FeedId, source: String) {
        let account = Account {
            id,
            source,
            possible: vec![Memory::new()],
            open: None,
            read: BTreeSet::new(),
            starred: BTreeSet::new(),
            unsure: BTreeSet::new(),
        };
        self.accounts.insert(number, account);
    }

    /// Fetches begin for this reason.
    pub(super) fn begin(&mut self, why: Why) {
        self.why = Some(why);
        self.asked.clear();
    }

    /// All fetches came to their end: what was due has been asked.
    pub(super) fn end(&mut self, began: Timestamp) {
        if self.why.take() != Some(Why::Due) {
            return;
        }
        for (number, account) in &self.accounts {
            let is_due =
                |memory: &Memory| !memory.gone && memory.due_by.is_none_or(|due| due <= began);
            if !self.asked.contains(number) && account.possible.iter().all(is_due) {
                let words = format!("feed {number} was due and was not asked");
                self.broken.get_or_insert(Broken(words));
            }
        }
    }

    /// The fetches that are under way are broken off: what they brought may be saved, or not.
    pub(super) fn break_off(&mut self, now: Timestamp) {
        self.why = None;
        for account in self.accounts.values_mut() {
            let other = match account.open.take() {
                Some(fetch) => {
                    let other = account.outcomes(&fetch, now);
                    account.leave(fetch.began);
                    other
                }
                // It may have been about to be asked.
                None => account
                    .possible
                    .iter()
                    .map(|it| it.after_nothing(now))
                    .collect(),
            };
            account.possible.extend(other);
        }
    }

    /// A server is asked; the disk takes what comes, or does not.
    pub(super) fn asked(&mut self, number: usize, asked: &Asked, now: Timestamp, in_vain: bool) {
        let why = self.why.unwrap_or(Why::Named);
        let Some(account) = self.accounts.get_mut(&number) else {
            // Removed while it was fetched.
            return;
        };
        let first = account
            .open
            .as_ref()
            .is_none_or(|open| open.at != asked.url);
        self.asked.insert(number);
        let asked = Asked {
            first,
            ..asked.clone()
        };
        if let Err(why) = account.fit(&asked, why, now) {
            self.broken.get_or_insert(Broken(why));
        }
        if first && in_vain {
            let words = format!("feed {number} is asked though nothing of it can be saved");
            self.broken.get_or_insert(Broken(words));
        }
        if first {
            account.open = Some(Fetch::begin(asked.url, now));
        }
    }

    /// A server redirects.
    pub(super) fn redirected(&mut self, number: usize, status: u16, to: &str) {
        if let Some(open) = self.open(number) {
            let from = std::mem::replace(&mut open.at, to.to_owned());
            open.hops.push((from, status));
        }
    }

    /// A server answers.
    pub(super) fn gave(&mut self, number: usize, given: Given) {
        if let Some(open) = self.open(number) {
            open.given = given;
        }
    }

    /// The fetch of a feed that is under way.
    pub(super) fn open(&mut self, number: usize) -> Option<&mut Fetch> {
        self.accounts.get_mut(&number)?.open.as_mut()
    }

    /// The program says what became of a feed; the disk took nothing a moment ago, or did.
    pub(super) fn reported(
        &mut self,
        id: FeedId,
        outcome: &RefreshOutcome,
        now: Timestamp,
        refused: bool,
    ) {
        let mut accounts = self.accounts.iter_mut();
        let Some((number, account)) = accounts.find(|(_, account)| account.id == id) else {
            return;
        };
        let unsavable = matches!(outcome, RefreshOutcome::Failed(FeedError::Unsavable(_)));
        if unsavable && refused && account.open.is_none() {
            self.asked.insert(*number);
            return;
        }
        if let Err(why) = account.close(outcome, now) {
            let words = format!("feed {number}: {why}");
            self.broken.get_or_insert(Broken(words));
        }
    }
}

impl Account {
    /// Keeps the memories that permit the request.
    fn fit(&mut self, asked: &Asked, why: Why, now: Timestamp) -> Result<(), String> {
        let permits = |memory: &Memory| memory.permits(asked, &self.source, why, now);
        let refused = self.possible.iter().map(permits).find_map(Result::err);
        let fitting: Vec<Memory> = self
            .possible
            .iter()
            .filter(|memory| permits(memory).is_ok())
            .cloned()
            .collect();
        match refused {
            Some(why) if fitting.is_empty() => Err(why),
            _ => {
                self.possible = fitting;
                Ok(())
            }
        }
    }

    /// A fetch that began is remembered for what it was.
    fn leave(&mut self, began: Timestamp) {
        for memory in &mut self.possible {
            *memory = memory.after_nothing(began);
        }
    }

    /// What may be remembered once the fetch has come to its end, whatever its outcome.
    fn outcomes(&self, fetch: &Fetch, now: Timestamp) -> Vec<Memory> {
        let mut all = Vec::new();
        for memory in &self.possible {
            let source = &self.source;
            if fetch.given.is_good() || fetch.given.is_half() {
                all.extend(successes(memory, fetch, source, now));
            }
            if !fetch.given.is_good() {
                all.push(memory.after_failure(fetch, source, now));
            }
        }
        all
    }

    /// Keeps what fits to the outcome.
    fn close(&mut self, outcome: &RefreshOutcome, now: Timestamp) -> Result<(), String> {
        let Some(fetch) = self.open.take() else {
            return Err(format!(
                "it was not asked, and yet there is an outcome: {outcome:?}"
            ));
        };
        let late = now.duration_since(fetch.began).as_secs() >= LATE;
        let after: Vec<Memory> = match outcome {
            // All of it is stored, or nothing.
            RefreshOutcome::Failed(FeedError::Unsaved(_)) => {
                self.leave(fetch.began);
                return Ok(());
            }
            RefreshOutcome::Failed(error) if !fetch.given.is_good() || late => {
                check(error, &fetch)?;
                let failed = |it: &Memory| it.after_failure(&fetch, &self.source, now);
                self.possible.iter().map(failed).collect()
            }
            RefreshOutcome::Saved(saved) if fetch.given.served.is_some() => {
                self.count(&fetch, (saved.new, saved.changed))?;
                let saved = self.possible.iter();
                saved
                    .flat_map(|it| successes(it, &fetch, &self.source, now))
                    .collect()
            }
            RefreshOutcome::Unchanged if fetch.given.status == 304 => {
                let same = |it: &Memory| it.after_success(&fetch, &self.source, now);
                self.possible.iter().map(same).collect()
            }
            _ => return Err(format!("{outcome:?} came of {:?}", fetch.given)),
        };
        self.possible = after;
        Ok(())
    }

    /// Whether as many articles are told as new and changed as there are.
    fn count(&self, fetch: &Fetch, told: (usize, usize)) -> Result<(), String> {
        let Some(served) = fetch
            .given
            .served
            .as_ref()
            .filter(|it| it.complete.is_none())
        else {
            return Ok(());
        };
        let [memory] = self.possible.as_slice() else {
            return Ok(());
        };
        if !memory.loose.is_empty() || served.items.iter().any(|item| item.copied) {
            return Ok(());
        }
        let known = |key: &String| memory.articles.get(key);
        let new = served
            .items
            .iter()
            .filter(|item| known(&item.key).is_none());
        let changed = served
            .items
            .iter()
            .filter(|item| known(&item.key).is_some_and(|known| known.letters() != item.letters()));
        let counted = (new.count(), changed.count());
        if counted == told {
            return Ok(());
        }
        Err(format!(
            "{told:?} articles were told as new and changed, and {counted:?} are"
        ))
    }
}

fn successes(memory: &Memory, fetch: &Fetch, source: &str, now: Timestamp) -> Vec<Memory> {
    let after = memory.after_success(fetch, source, now);
    let served = fetch.given.served.as_ref();
    // Nothing is missing but the end of the document: that it was cut is no matter.
    let nothing_is_missing = served.is_some_and(|it| it.complete == Some(it.items.len()));
    let also = nothing_is_missing.then(|| Memory {
        known: Some(fetch.given.known()),
        ..after.clone()
    });
    also.into_iter().chain([after]).collect()
}

/// Whether an error tells what happened.
fn check(error: &FeedError, fetch: &Fetch) -> Result<(), String> {
    let status = fetch.given.status;
    let told = match error {
        FeedError::Busy(told) | FeedError::Status(told) => Some(*told),
        FeedError::Gone => Some(410),
        _ => None,
    };
    let is_busy = matches!(status, 429 | 503);
    let fits =
        told == (status >= 400).then_some(status) && matches!(error, FeedError::Busy(_)) == is_busy;
    if fits {
        return Ok(());
    }
    Err(format!("'{error}' was told of {:?}", fetch.given))
}
