//! `iacstone runs recover`: undoes what cut-off runs left behind in the account.

use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::super::interrupt::until_interrupted;
use super::super::office::Office;
use super::super::output::Output;
use super::super::{Answer, Failure};
use crate::jobs::elsewhere;
use crate::power::{Journal, RunId};
use crate::store::Store;
use crate::tuner::{self, Tuner};

/// Recovers one run, or every one that was cut off.
///
/// # Errors
/// When the store or the account cannot be asked. Exit code 1 when a recovery failed, 3 when something had to be
/// left for another account or a later time.
pub(super) async fn run(
    word: Option<&str>,
    office: &Office,
    output: &mut Output,
) -> Result<Answer, Failure> {
    let store = office.store()?;
    let (journals, unread) = store.open_journals().await.map_err(Failure::work)?;
    let readable = unread.is_empty();
    for sentence in unread {
        output.note(sentence);
    }
    let journals = chosen(journals, word, &store).await?;
    if journals.is_empty() {
        output.note("Nothing to recover: no run was cut off.");
    } else {
        office.needs_leave_to_change("runs recover")?;
        office.needs_network("runs recover")?;
    }
    let outcomes = recover_all(&journals, office, &store, output).await?;
    if office.json() {
        output.json(&outcomes)?;
    }
    Ok(answer(&outcomes, readable))
}

/// What became of one journal.
#[derive(Debug, Serialize)]
struct Outcome {
    run: RunId,
    function: String,
    state: State,
    restored: bool,
    versions_left: u32,
    reason: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    Recovered,
    /// Some versions could not be deleted yet.
    Partial,
    /// Another process is still at it.
    Running,
    /// It belongs to another account, region or endpoint.
    Elsewhere,
    Failed,
}

/// The journals a word means; all without one.
async fn chosen(
    journals: Vec<Journal>,
    word: Option<&str>,
    store: &Store,
) -> Result<Vec<Journal>, Failure> {
    let Some(word) = word else {
        return Ok(journals);
    };
    let exact = journals.iter().position(|journal| journal.run.0 == word);
    let begins = |journal: &&Journal| journal.run.0.starts_with(word);
    let mut found: Vec<Journal> = match exact.and_then(|at| journals.get(at)) {
        Some(journal) => vec![journal.clone()],
        None => journals.iter().filter(begins).cloned().collect(),
    };
    if found.is_empty() {
        // A saved run without a journal left nothing behind; a word that means no run at all is an error.
        let run = store.find_run(word).await.map_err(Failure::work)?;
        found = journals
            .into_iter()
            .filter(|journal| journal.run == run.id)
            .collect();
    }
    match found.as_slice() {
        [] | [_] => Ok(found),
        several => {
            let ids: Vec<&str> = several
                .iter()
                .map(|journal| journal.run.0.as_str())
                .collect();
            Err(Failure::usage(format!(
                "'{word}' can be any of these runs: {}; give more of the id",
                ids.join(", ")
            )))
        }
    }
}

async fn recover_all(
    journals: &[Journal],
    office: &Office,
    store: &Store,
    output: &mut Output,
) -> Result<Vec<Outcome>, Failure> {
    if journals.is_empty() {
        return Ok(Vec::new());
    }
    let session = office.connection().session().await.map_err(Failure::work)?;
    let tuner = office
        .connection()
        .tuner(store)
        .await
        .map_err(Failure::work)?;
    let stop = CancellationToken::new();
    // A signal lets the recovery under way come to its end: half of one would be no better than none.
    until_interrupted(stop.clone(), async {
        let mut outcomes = Vec::new();
        for journal in journals {
            if stop.is_cancelled() {
                break;
            }
            let other = elsewhere(session, journal).await.map_err(Failure::work)?;
            let outcome = match other {
                Some(reason) => outcome(journal, State::Elsewhere, Some(reason)),
                None => recover(journal, &tuner).await,
            };
            output.note(outcome.words());
            outcomes.push(outcome);
        }
        Ok(outcomes)
    })
    .await
}

async fn recover(journal: &Journal, tuner: &Tuner) -> Outcome {
    match Box::pin(tuner.recover(&journal.run)).await {
        Ok(cleanup) => Outcome {
            restored: cleanup.restored,
            versions_left: cleanup.versions_left,
            ..outcome(
                journal,
                if cleanup.versions_left == 0 {
                    State::Recovered
                } else {
                    State::Partial
                },
                None,
            )
        },
        Err(error @ tuner::Error::StillRunning(_)) => {
            outcome(journal, State::Running, Some(error.to_string()))
        }
        Err(error) => outcome(journal, State::Failed, Some(error.to_string())),
    }
}

fn outcome(journal: &Journal, state: State, reason: Option<String>) -> Outcome {
    Outcome {
        run: journal.run.clone(),
        function: journal.original.function_arn.clone(),
        state,
        restored: false,
        versions_left: u32::try_from(journal.own_versions().len()).unwrap_or(u32::MAX),
        reason,
    }
}

impl Outcome {
    fn words(&self) -> String {
        let reason = self.reason.as_deref().unwrap_or_default();
        let (run, function) = (&self.run, &self.function);
        match self.state {
            State::Recovered => {
                format!("Run {run}: '{function}' is as it was; no version is left.")
            }
            State::Partial => format!(
                "Run {run}: '{function}' has its memory size again, but {} versions could not be deleted; try again later.",
                self.versions_left
            ),
            State::Running | State::Elsewhere | State::Failed => format!("Run {run}: {reason}"),
        }
    }
}

fn answer(outcomes: &[Outcome], readable: bool) -> Answer {
    let any = |state: State| outcomes.iter().any(|outcome| outcome.state == state);
    if any(State::Failed) {
        return Answer::Failed;
    }
    let whole = outcomes
        .iter()
        .all(|outcome| outcome.state == State::Recovered);
    if whole && readable {
        Answer::Done
    } else {
        Answer::Partial
    }
}
