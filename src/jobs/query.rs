//! Logs Insights queries: asked until they are answered, stopped when nobody waits any more, and what belongs to them.

mod around;

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;

use super::account::Connection;
use super::files::write_beside;
use super::problem::failed;
use super::runs::ended;
use crate::aws::{AwsError, InsightsClient, LogsClient};
use crate::effect::{JobReport, Problem, QueryJob, QueryOutcome, QueryReading, QueryReport};
use crate::insights::{PATIENT, QueryEvent, QueryFailure, ask, where_asked};
use crate::logs::query::{
    AnswerExport, AnswerTable, LogPlace, QueryAnswer, QueryRequest, ScanPrice,
};
use crate::store::Store;
use crate::task::{JobContext, JobEnding, Rules, TaskKind, retry};

/// The rules a job about queries runs under. A query that is cancelled is stopped first: else it costs on.
pub(super) const fn rules(job: &QueryJob, account_limit: Duration, store_limit: Duration) -> Rules {
    let (kind, time_limit, ending) = match job {
        QueryJob::Ask(_) => (TaskKind::Logs, None, JobEnding::CleanUp),
        QueryJob::Locate { .. } | QueryJob::ReadAround(_) => {
            (TaskKind::Logs, Some(account_limit), JobEnding::Abort)
        }
        QueryJob::LoadKnown => (TaskKind::Store, Some(store_limit), JobEnding::Abort),
        QueryJob::Export(_) | QueryJob::Keep(_) | QueryJob::Forget(_) => {
            (TaskKind::Store, Some(store_limit), JobEnding::Complete)
        }
    };
    Rules::of(kind, time_limit, ending)
}

/// Does a job about queries.
pub(super) async fn perform(
    connection: &Connection,
    store: &Store,
    job: QueryJob,
    context: &JobContext<JobReport>,
) -> JobReport {
    let logs = async || Ok::<_, AwsError>(connection.session().await?.logs());
    match job {
        QueryJob::Ask(request) => match logs().await {
            Ok(logs) => answered(&logs, request, context).await,
            Err(error) => failed(error),
        },
        QueryJob::Locate { pointer, groups } => match logs().await {
            Ok(logs) => locate(&where_asked(&logs, &groups), &pointer, &groups).await,
            Err(error) => failed(error),
        },
        QueryJob::ReadAround(place) => match logs().await {
            Ok(logs) => around::read(&logs, &place, context).await,
            Err(error) => failed(error),
        },
        QueryJob::Export(export) => write(*export).await,
        QueryJob::LoadKnown => load(store, context).await,
        QueryJob::Keep(query) => ended(store.queries().keep(&query).await),
        QueryJob::Forget(query) => ended(store.queries().forget(&query).await),
    }
}

/// Asks until there is an answer.
async fn answered(
    logs: &LogsClient,
    request: QueryRequest,
    context: &JobContext<JobReport>,
) -> JobReport {
    let there = where_asked(logs, &request.groups);
    let mut told = std::pin::pin!(ask(logs, request, context.cancellation()));
    while let Some(told) = told.next().await {
        match told {
            QueryEvent::Progress(answer) => {
                let reading = reading(&answer, there.region());
                let report = JobReport::Query(QueryReport::Progress(reading));
                context.report(report).await;
            }
            QueryEvent::Ended(Ok(answer)) => {
                let outcome = QueryOutcome {
                    reading: reading(&answer, there.region()),
                    progress: answer.progress,
                    table: Arc::new(AnswerTable::of(answer.rows)),
                };
                return JobReport::Query(QueryReport::Answered(Box::new(outcome)));
            }
            QueryEvent::Ended(Err(QueryFailure::Interrupted)) => return JobReport::Cancelled,
            QueryEvent::Ended(Err(QueryFailure::Aws(error))) => return failed(error),
            QueryEvent::Ended(Err(
                error @ (QueryFailure::Apart(_) | QueryFailure::NoGroup | QueryFailure::Unstopped),
            )) => {
                return failed(Problem::other(error.to_string()));
            }
        }
    }
    JobReport::Cancelled
}

fn reading(answer: &QueryAnswer, region: &str) -> QueryReading {
    QueryReading {
        figures: answer.figures,
        rows: answer.rows.len(),
        price: ScanPrice::of(answer.figures.bytes, Some(region)),
    }
}

/// Asks for the record of a row.
async fn locate(logs: &LogsClient, pointer: &str, groups: &[String]) -> JobReport {
    let insights = InsightsClient::new(logs.clone());
    let asking = retry(PATIENT, AwsError::is_transient, || insights.record(pointer));
    let fields = match asking.await {
        Ok(fields) => fields,
        Err(error) => return failed(error),
    };
    let find = |name: &str| {
        let found = fields.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.as_str())
    };
    JobReport::Query(QueryReport::Located(LogPlace::of(find, groups)))
}

async fn write(export: AnswerExport) -> JobReport {
    write_beside(export.path.clone(), move || export.text()).await
}

async fn load(store: &Store, context: &JobContext<JobReport>) -> JobReport {
    match store.queries().all().await {
        Ok(known) => {
            let report = JobReport::Query(QueryReport::Known(known));
            context.report(report).await;
            JobReport::Done
        }
        Err(error) => failed(error),
    }
}
