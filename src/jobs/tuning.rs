//! Tuning runs and recoveries as jobs of the interface.

use tokio::sync::mpsc;

use super::account::Connection;
use super::blocking::blocking;
use super::files::{self, FileFailure, at_home};
use super::problem::failed;
use crate::aws::{AwsError, Session};
use crate::effect::{JobReport, Problem};
use crate::lambda::FunctionRef;
use crate::power::{Journal, Plan, Resumption, Run, RunEvent, RunId, RunState};
use crate::store::Store;
use crate::task::JobContext;
use crate::text::counted;
use crate::tuner::{self, RunSwitches, Tuner};

/// Events of a run that may wait to be passed on.
const EVENTS: usize = 64;

/// Lambda takes no larger payload, in MiB.
const LARGEST_PAYLOAD_MIB: u64 = 6;

/// Reads a payload from a file, beside the event loop.
pub(super) async fn read_payload(path: String) -> JobReport {
    let path = at_home(&path);
    let read = blocking(move || {
        let instead = "give the path of a JSON file";
        let text = files::read(
            &path,
            LARGEST_PAYLOAD_MIB,
            instead,
            "Lambda takes no such payload",
        )?;
        Ok::<_, FileFailure>((path, text))
    });
    match read.await {
        Ok(Ok((path, text))) => JobReport::Payload(path, text),
        Ok(Err(error)) => failed(error),
        Err(broken) => failed(broken),
    }
}

/// Tunes; every event becomes a report.
pub(super) async fn tune(
    connection: &Connection,
    store: &Store,
    id: RunId,
    plan: Plan,
    context: &JobContext<JobReport>,
) -> JobReport {
    let tuner = match connection.tuner_of(&plan.function, store).await {
        Ok(tuner) => tuner,
        Err(error) => return failed(error),
    };
    let (sender, events) = mpsc::channel(EVENTS);
    let switches = switches(context);
    watched(tuner.tune(id, plan, sender, switches), events, context).await
}

/// Goes on with a run; every event becomes a report.
pub(super) async fn resume(
    connection: &Connection,
    store: &Store,
    wanted: &Resumption,
    context: &JobContext<JobReport>,
) -> JobReport {
    let id = &wanted.run;
    match is_elsewhere(connection, store, id).await {
        Ok(None) => {}
        Ok(Some(sentence)) => return failed(Problem::other(sentence)),
        Err(report) => return report,
    }
    let tuner = match tuner_of(connection, store, id).await {
        Ok(tuner) => tuner,
        Err(report) => return report,
    };
    let (sender, events) = mpsc::channel(EVENTS);
    let resuming = tuner.resume(wanted, sender, switches(context));
    watched(resuming, events, context).await
}

/// How the run of a job is stopped or held.
fn switches(context: &JobContext<JobReport>) -> RunSwitches {
    RunSwitches {
        stop: context.cancellation().clone(),
        pause: context.pause().clone(),
    }
}

/// A tuner where the function of a run is.
async fn tuner_of(connection: &Connection, store: &Store, id: &RunId) -> Result<Tuner, JobReport> {
    let run = store.runs().with_id(id).await.map_err(failed)?;
    let measured = run.as_ref().and_then(Run::measured);
    let arn = measured.map_or("", |measured| measured.function_arn.as_str());
    let function = FunctionRef::parse(arn);
    let function = function.map_err(|error| failed(Problem::other(error.to_string())))?;
    let tuner = connection.tuner_of(&function, store).await;
    tuner.map_err(failed)
}

/// Passes on what happens until a run ends.
async fn watched(
    tuning: impl Future<Output = Result<Run, tuner::Error>>,
    mut events: mpsc::Receiver<RunEvent>,
    context: &JobContext<JobReport>,
) -> JobReport {
    let passing = async {
        while let Some(event) = events.recv().await {
            context.report(JobReport::Tuning(event)).await;
        }
    };
    let (ended, ()) = tokio::join!(Box::pin(tuning), passing);
    match ended {
        Ok(run)
            if run
                .measured()
                .is_some_and(|measured| measured.state == RunState::Cancelled) =>
        {
            JobReport::Cancelled
        }
        Ok(_) => JobReport::Done,
        Err(error) => {
            tracing::warn!(error = ?error, "a run failed");
            failed(error)
        }
    }
}

/// Why a journal cannot be undone with this session: it is of another account or region. A function that is not found
/// there counts as gone, so a recovery must never ask the wrong account.
///
/// # Errors
/// [`AwsError`] when the account cannot be told.
pub async fn elsewhere(session: &Session, journal: &Journal) -> Result<Option<String>, AwsError> {
    let arn = &journal.original.function_arn;
    let mut parts = arn.split(':').skip(3);
    let (Some(region), Some(account)) = (parts.next(), parts.next()) else {
        return Ok(None);
    };
    if region != session.region() {
        return Ok(Some(format!(
            "'{arn}' is in region {region}, not in {}; recover it with --region {region}",
            session.region()
        )));
    }
    let own = session.identity().await?.account;
    Ok((account != own).then(|| {
        format!(
            "'{arn}' is in account {account}, these credentials are of {own}; recover it with a profile of that account"
        )
    }))
}

/// Undoes what a killed run left behind.
pub(super) async fn recover(connection: &Connection, store: &Store, id: &RunId) -> JobReport {
    match is_elsewhere(connection, store, id).await {
        Ok(None) => {}
        Ok(Some(sentence)) => return failed(Problem::other(sentence)),
        Err(report) => return report,
    }
    let tuner = match connection.tuner(store).await {
        Ok(tuner) => tuner,
        Err(error) => return failed(error),
    };
    match tuner.recover(id).await {
        Ok(cleanup) if cleanup.versions_left == 0 => JobReport::Done,
        Ok(cleanup) => failed(Problem::other(format!(
            "the function {}, but {} of the run could not be deleted; try again",
            cleanup.words(),
            counted(cleanup.versions_left, "version", "versions").unwrap_or_default()
        ))),
        Err(error) => failed(error),
    }
}

async fn is_elsewhere(
    connection: &Connection,
    store: &Store,
    id: &RunId,
) -> Result<Option<String>, JobReport> {
    let journal = store.journals().of_run(id).await;
    let Some(journal) = journal.map_err(failed)? else {
        return Ok(None);
    };
    let session = connection.session().await;
    let session = session.map_err(failed)?;
    let other = elsewhere(session, &journal).await;
    other.map_err(failed)
}
