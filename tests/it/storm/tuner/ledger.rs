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

    /// An invocation of a run that was sent again though it may have been carried out before.
    ///
    /// The payloads of a size's invocations are numbered and go round, and each size has its version: none may be two
    /// rounds ahead of another that was not given up. A cold start has a version of its own.
    pub(crate) fn repeated(&self, run: &str, cold: bool) -> Option<Sent> {
        let mut versions: BTreeMap<String, BTreeMap<u64, Vec<Sent>>> = BTreeMap::new();
        for sent in self.of(run) {
            let turn = number(&sent.payload).0;
            let turns = versions.entry(sent.version.clone()).or_default();
            turns.entry(turn).or_default().push(sent);
        }
        versions.into_values().find_map(|turns| again(&turns, cold))
    }

    fn all(&self) -> MutexGuard<'_, Vec<Sent>> {
        self.0.lock().unwrap()
    }
}

/// The invocation of one version that was carried out, or may have been, once too often.
fn again(turns: &BTreeMap<u64, Vec<Sent>>, cold: bool) -> Option<Sent> {
    let ran = |sent: &[Sent]| sent.iter().filter(|it| it.knows != Knows::NotRun).count();
    let round = turns
        .values()
        .flatten()
        .map(|it| number(&it.payload).1)
        .max()?;
    let counts = (0..round).map(|turn| turns.get(&turn).map(|sent| (turn, ran(sent))));
    let counts: Vec<(u64, usize)> = counts
        .enumerate()
        .map(|(turn, it)| it.unwrap_or((turn as u64, 0)))
        .collect();
    let given_up = |turn: u64| turns.get(&turn).is_some_and(|sent| ran(sent) < sent.len());
    let is_again = |&(turn, count): &(u64, usize)| {
        let others = counts
            .iter()
            .filter(|(other, _)| *other != turn && !given_up(*other));
        let least = others.map(|(_, count)| *count).min().unwrap_or(0);
        count > if cold { 1 } else { least + 1 }
    };
    let (turn, _) = counts.iter().find(|it| is_again(it))?;
    turns.get(turn)?.last().cloned()
}

/// The turn of a payload such as `"3/7"`, and after how many turns they begin again.
fn number(payload: &str) -> (u64, u64) {
    let (turn, round) = payload
        .trim_matches('"')
        .split_once('/')
        .unwrap_or_default();
    (turn.parse().unwrap_or(0), round.parse().unwrap_or(1))
}
