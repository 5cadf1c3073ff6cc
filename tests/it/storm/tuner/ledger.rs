//! Every invocation that was sent, by whom and to what end: the truth that a run's record is held against.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard};

use iacstone::power::Plan;

/// USD per GB-second, per request, and per GB of a snapshot that is restored, in us-east-1 on `x86_64`, from AWS's list.
const GIGABYTE_SECOND: f64 = 0.000_016_666_7;
const RESTORED_GIGABYTE: f64 = 0.000_139_799_8;
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
        let (restored_ms, snapshot) = if log.contains("Billed Restore Duration: ") {
            (figure("Billed Restore Duration: "), RESTORED_GIGABYTE)
        } else {
            (0.0, 0.0)
        };
        let seconds = (figure("\tBilled Duration: ") + restored_ms) / 1000.0;
        let gigabytes = figure("Memory Size: ") / 1024.0;
        let compute = gigabytes * (seconds * GIGABYTE_SECOND + snapshot);
        self.all()[place].usd = Some(compute + REQUEST);
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
    /// Each size has its version; a cold start has one of its own.
    pub(crate) fn repeated(&self, run: &str, plan: &Plan) -> Option<Sent> {
        let mut versions: BTreeMap<String, Vec<Sent>> = BTreeMap::new();
        for sent in self.of(run) {
            versions.entry(sent.version.clone()).or_default().push(sent);
        }
        versions.into_values().find_map(|sent| {
            if plan.sampling.only_cold_starts {
                twice(sent)
            } else {
                out_of_turn(sent, u64::from(plan.sampling.environments))
            }
        })
    }

    fn all(&self) -> MutexGuard<'_, Vec<Sent>> {
        self.0.lock().unwrap()
    }
}

/// The invocation of one version with a payload that another may have been carried out with before.
fn twice(sent: Vec<Sent>) -> Option<Sent> {
    let mut ran = BTreeSet::new();
    let mut sent = sent.into_iter().filter(|sent| sent.knows != Knows::NotRun);
    sent.find(|sent| !ran.insert(sent.payload.clone()))
}

/// The invocation of one version, in the order they were sent, that is neither the next turn nor a turn once more that was
/// surely not run. The payloads are numbered and go round, and as many turns are under way as there are lanes.
fn out_of_turn(sent: Vec<Sent>, lanes: u64) -> Option<Sent> {
    let mut begun = BTreeSet::new();
    let mut not_run: Vec<u64> = Vec::new();
    sent.into_iter().find(|sent| {
        let (payload, round) = number(&sent.payload);
        let low = begun
            .iter()
            .zip(0..)
            .take_while(|(begun, turn)| **begun == *turn)
            .count() as u64;
        let mut next = (low..low + lanes).filter(|turn| !begun.contains(turn));
        if let Some(turn) = next.find(|turn| turn % round == payload) {
            begun.insert(turn);
        } else if let Some(place) = not_run.iter().position(|it| *it == payload) {
            not_run.remove(place);
        } else {
            return true;
        }
        if sent.knows == Knows::NotRun {
            not_run.push(payload);
        }
        false
    })
}

/// The turn of a payload such as `"3/7"`, and after how many turns they begin again.
fn number(payload: &str) -> (u64, u64) {
    let (turn, round) = payload
        .trim_matches('"')
        .split_once('/')
        .unwrap_or_default();
    (turn.parse().unwrap_or(0), round.parse().unwrap_or(1))
}
