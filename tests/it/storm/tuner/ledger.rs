//! Every invocation that was sent, by whom and to what end: the truth that a run's record is held against.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

/// USD per GB-second, and per request, in us-east-1 on x86_64, from AWS's list.
const GIGABYTE_SECOND: f64 = 0.000_016_666_7;
const REQUEST: f64 = 0.000_000_2;

/// The invocations of a storm, in the order they were sent.
#[derive(Debug, Default)]
pub(crate) struct Ledger(Mutex<Vec<Sent>>);

/// One invocation.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    /// The run that sent it.
    pub(crate) run: String,
    pub(crate) version: String,
    pub(crate) payload: String,
    pub(crate) knows: Knows,
    /// What AWS charges for it, in USD; none when the function was not run.
    pub(crate) usd: Option<f64>,
}

/// What the sender was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Knows {
    /// Nothing, or nothing that says whether the function was run.
    Nothing,
    /// That the function was surely not run.
    NotRun,
    /// The result.
    Result,
}

impl Ledger {
    /// An invocation goes out; gives its place.
    pub(crate) fn sends(&self, run: &str, version: &str, payload: &str) -> usize {
        let mut all = self.all();
        all.push(Sent {
            run: run.to_owned(),
            version: version.to_owned(),
            payload: payload.to_owned(),
            knows: Knows::Nothing,
            usd: None,
        });
        all.len() - 1
    }

    /// The function was run, with this at the end of its log.
    pub(crate) fn ran(&self, place: usize, log: &str) {
        let figure = |name: &str| -> f64 {
            let rest = log.rsplit(name).next().unwrap_or_default();
            let number = rest.split_whitespace().next().unwrap_or_default();
            number.parse().unwrap_or(0.0)
        };
        assert!(log.contains("REPORT RequestId"), "no record in '{log}'");
        let restored = if log.contains("Billed Restore Duration: ") {
            figure("Billed Restore Duration: ")
        } else {
            0.0
        };
        let seconds = (figure("\tBilled Duration: ") + restored) / 1000.0;
        let gigabytes = figure("Memory Size: ") / 1024.0;
        self.all()[place].usd = Some(seconds * gigabytes * GIGABYTE_SECOND + REQUEST);
    }

    /// The sender is told.
    pub(crate) fn tells(&self, place: usize, what: Knows) {
        self.all()[place].knows = what;
    }

    /// What a run sent.
    pub(crate) fn of(&self, run: &str) -> Vec<Sent> {
        let all = self.all();
        all.iter().filter(|sent| sent.run == run).cloned().collect()
    }

    /// The first invocation of a run that was sent again though the first may have been carried out.
    ///
    /// The payloads of a size's invocations are numbered and go round: what is not the next number on its version is a
    /// repetition, which is allowed only when everything before it was surely not carried out.
    pub(crate) fn repeated(&self, run: &str) -> Option<Sent> {
        let mut turns: BTreeMap<String, Vec<Sent>> = BTreeMap::new();
        for sent in self.of(run) {
            let turns = turns.entry(sent.version.clone()).or_default();
            let next = turns.last().map(|last| number(&last.payload));
            let next = next.map(|(turn, round)| (turn + 1) % round);
            if next.is_none_or(|next| next == number(&sent.payload).0) {
                turns.push(sent);
                continue;
            }
            let earlier = turns.iter_mut().rev().find(|it| it.payload == sent.payload);
            match earlier {
                Some(earlier) if earlier.knows == Knows::NotRun => *earlier = sent,
                _ => return Some(sent),
            }
        }
        None
    }

    fn all(&self) -> MutexGuard<'_, Vec<Sent>> {
        self.0.lock().unwrap()
    }
}

/// The turn of a payload such as `"3/7"`, and after how many turns they begin again.
fn number(payload: &str) -> (u64, u64) {
    let (turn, round) = payload
        .trim_matches('"')
        .split_once('/')
        .unwrap_or_default();
    (turn.parse().unwrap_or(0), round.parse().unwrap_or(1))
}
