//! `iacstone runs recover`: undoes what cut-off runs left behind in the account.

use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::super::context::CommandContext;
use super::super::interrupt::until_interrupted;
use super::super::output::Output;
use super::super::{CommandExit, CommandFailure};
use crate::jobs::elsewhere;
use crate::power::{Cleanup, Journal, RunId};
use crate::store::Store;
use crate::text::counted;
use crate::tuner::{self, Tuner};

/// Recovers one run, or every one that was cut off.
///
/// # Errors
/// When the store or the account cannot be asked. Exit code 1 when a recovery failed, 3 when something had to be
/// left for another account or a later time.
pub(super) async fn run(
    word: Option<&str>,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let store = context.store()?;
    let (journals, unread) = store.journals().all().await.map_err(CommandFailure::work)?;
    let readable = unread.is_empty();
    for sentence in unread {
        output.note(sentence);
    }
    let journals = chosen(journals, word, &store).await?;
    if journals.is_empty() {
        output.note("Nothing to recover: no run was cut off.");
    } else {
        context.needs_leave_to_change("runs recover")?;
        context.needs_network("runs recover")?;
    }
    let outcomes = recover_all(&journals, context, &store, output).await?;
    if context.json() {
        output.json(&outcomes)?;
    }
    Ok(answer(&outcomes, readable))
}

/// What became of one journal.
#[derive(Debug, Serialize)]
struct RecoverOutcome {
    run: RunId,
    function: String,
    state: RecoveryState,
    #[serde(flatten)]
    cleanup: Cleanup,
    reason: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum RecoveryState {
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
) -> Result<Vec<Journal>, CommandFailure> {
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
        let run = store
            .runs()
            .find(word)
            .await
            .map_err(CommandFailure::work)?;
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
            Err(CommandFailure::usage(format!(
                "'{word}' can be any of these runs: {}; give more of the id",
                ids.join(", ")
            )))
        }
    }
}

async fn recover_all(
    journals: &[Journal],
    context: &CommandContext,
    store: &Store,
    output: &mut Output,
) -> Result<Vec<RecoverOutcome>, CommandFailure> {
    if journals.is_empty() {
        return Ok(Vec::new());
    }
    let connection = context.connection();
    let session = connection.session().await.map_err(CommandFailure::work)?;
    let tuner = connection
        .tuner(store)
        .await
        .map_err(CommandFailure::work)?;
    let stop = CancellationToken::new();
    // A signal lets the recovery under way come to its end: half of one would be no better than none.
    until_interrupted(stop.clone(), async {
        let mut outcomes = Vec::new();
        for journal in journals {
            if stop.is_cancelled() {
                break;
            }
            let other = elsewhere(session, journal)
                .await
                .map_err(CommandFailure::work)?;
            let outcome = match other {
                Some(reason) => outcome(journal, RecoveryState::Elsewhere, Some(reason)),
                None => recover(journal, &tuner).await,
            };
            output.note(outcome.words());
            outcomes.push(outcome);
        }
        Ok(outcomes)
    })
    .await
}

async fn recover(journal: &Journal, tuner: &Tuner) -> RecoverOutcome {
    match Box::pin(tuner.recover(&journal.run)).await {
        Ok(cleanup) => RecoverOutcome {
            cleanup,
            ..outcome(
                journal,
                if cleanup.versions_left == 0 {
                    RecoveryState::Recovered
                } else {
                    RecoveryState::Partial
                },
                None,
            )
        },
        Err(error @ tuner::Error::StillRunning(_)) => {
            outcome(journal, RecoveryState::Running, Some(error.to_string()))
        }
        Err(error) => outcome(journal, RecoveryState::Failed, Some(error.to_string())),
    }
}

fn outcome(journal: &Journal, state: RecoveryState, reason: Option<String>) -> RecoverOutcome {
    RecoverOutcome {
        run: journal.run.clone(),
        function: journal.original.function_arn.clone(),
        state,
        cleanup: Cleanup {
            versions_left: u32::try_from(journal.own_versions().len()).unwrap_or(u32::MAX),
            ..Cleanup::default()
        },
        reason,
    }
}

impl RecoverOutcome {
    fn words(&self) -> String {
        let reason = self.reason.as_deref().unwrap_or_default();
        let (run, function) = (&self.run, &self.function);
        match self.state {
            RecoveryState::Recovered => {
                let words = self.cleanup.words();
                format!("Run {run}: '{function}' {words}; no version is left to undo.")
            }
            RecoveryState::Partial => {
                let left = self.cleanup.versions_left;
                let left = counted(left, "version", "versions").unwrap_or_default();
                let words = self.cleanup.words();
                format!(
                    "Run {run}: '{function}' {words}, but {left} could not be deleted; try again later."
                )
            }
            RecoveryState::Running | RecoveryState::Elsewhere | RecoveryState::Failed => {
                format!("Run {run}: {reason}")
            }
        }
    }
}

fn answer(outcomes: &[RecoverOutcome], readable: bool) -> CommandExit {
    let any = |state: RecoveryState| outcomes.iter().any(|outcome| outcome.state == state);
    if any(RecoveryState::Failed) {
        return CommandExit::Failed;
    }
    let whole = outcomes
        .iter()
        .all(|outcome| outcome.state == RecoveryState::Recovered);
    if whole && readable {
        CommandExit::Done
    } else {
        CommandExit::Partial
    }
}
