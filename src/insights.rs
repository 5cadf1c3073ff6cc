//! Questions to Logs Insights: a query from its start to its answer. Whoever stops waiting stops the query.

use std::collections::BTreeSet;
use std::time::Duration;

use futures::Stream;
use tokio_util::sync::CancellationToken;

use crate::aws::{AwsError, InsightsClient, LogsClient};
use crate::logs::Home;
use crate::logs::query::{QueryAnswer, QueryFigures, QueryProgress, QueryRequest};
use crate::task::{Backoff, jitter, retry};

/// Quotas are shared with everybody in the account: a query waits rather than fails.
pub const PATIENT: Backoff = Backoff::new(Duration::from_millis(250), Duration::from_secs(10), 12);
/// How long to wait between two questions.
const PAUSE: Duration = Duration::from_millis(500);
/// How long stopping may take: the user does not wait any longer.
pub const STOPPING: Duration = Duration::from_secs(5);

/// What a query under way tells.
#[derive(Debug)]
pub enum QueryEvent {
    /// How far it is; its rows are those found so far.
    Progress(QueryAnswer),
    /// It is over. Told once, as the last. One that was stopped has the rows it had found.
    Ended(Result<QueryAnswer, QueryFailure>),
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryFailure {
    /// A call failed.
    #[error(transparent)]
    Aws(#[from] AwsError),
    /// The groups are of several regions.
    #[error(
        "the groups are in {0} regions, and a query is about those of one; ask about each region by itself"
    )]
    Apart(usize),
    /// Neither the user nor the query says which groups it is about.
    #[error(
        "the query is about no log group: choose or name some, or begin it with SOURCE, as in `SOURCE logGroups(namePrefix: ['/aws/lambda/']) | fields @message`"
    )]
    NoGroup,
    /// The user broke it off before it was known to run.
    #[error("the query was broken off before it began")]
    Interrupted,
    /// The user broke it off, and it is not known to have stopped.
    #[error("the query was broken off and may still run and cost: stopping it was not confirmed")]
    Unstopped,
}

/// The calls where groups are: in the region of the first.
#[must_use]
pub fn where_asked(logs: &LogsClient, groups: &[String]) -> LogsClient {
    groups
        .first()
        .map_or_else(|| logs.clone(), |key| logs.at(key))
}

/// How many regions groups are in; a name is of the region the calls are made in.
fn regions(logs: &LogsClient, groups: &[String]) -> usize {
    let region = |key: &String| {
        Home::of_arn(key).map_or_else(|| logs.region().to_owned(), |home| home.region)
    };
    groups.iter().map(region).collect::<BTreeSet<_>>().len()
}

/// How many bytes a query may read. From one look at it to the next it is known how fast it reads.
#[derive(Debug)]
pub struct ReadLimit {
    most_bytes: u64,
    /// What it had read at the look before, once it had begun to read.
    read_bytes: Option<u64>,
}

impl ReadLimit {
    /// A query that was not looked at yet.
    #[must_use]
    pub const fn new(most_bytes: u64) -> Self {
        Self {
            most_bytes,
            read_bytes: None,
        }
    }

    /// Whether a query that goes on will have read more than it may at the next look.
    pub fn is_near(&mut self, bytes: u64) -> bool {
        let before = self.read_bytes.unwrap_or(bytes);
        let since = bytes.saturating_sub(before);
        self.read_bytes = Some(bytes).filter(|&bytes| bytes > 0);
        bytes.saturating_add(since) > self.most_bytes
    }
}

/// Whether a query that was refused so may be started again.
const fn is_passing(error: &AwsError) -> bool {
    matches!(error, AwsError::Throttled(_) | AwsError::LimitExceeded(_))
}

struct Asking {
    insights: InsightsClient,
    request: QueryRequest,
    token: CancellationToken,
    id: Option<String>,
    /// How many regions the groups are in.
    regions: usize,
}

/// Asks a query: how far it is, then the answer. Once the token is cancelled the query is stopped, so that it costs no
/// more.
pub fn ask(
    logs: &LogsClient,
    request: QueryRequest,
    token: &CancellationToken,
) -> impl Stream<Item = QueryEvent> + Send + use<> {
    let asking = Asking {
        insights: InsightsClient::new(where_asked(logs, &request.groups)),
        regions: regions(logs, &request.groups),
        request,
        token: token.clone(),
        id: None,
    };
    futures::stream::unfold(Some(asking), |asking| async {
        let mut asking = asking?;
        Some(match asking.advance().await {
            Ok(answer) if answer.progress == QueryProgress::UnderWay => {
                (QueryEvent::Progress(answer), Some(asking))
            }
            ended => (QueryEvent::Ended(ended), None),
        })
    })
}

impl Asking {
    /// Starts the query, or looks how far it is.
    async fn advance(&mut self) -> Result<QueryAnswer, QueryFailure> {
        let Some(id) = self.id.clone() else {
            self.id = Some(self.start().await?);
            return Ok(QueryAnswer {
                progress: QueryProgress::UnderWay,
                rows: Vec::new(),
                figures: QueryFigures::default(),
            });
        };
        let asking = async {
            tokio::time::sleep(PAUSE).await;
            retry(PATIENT, AwsError::is_transient, || {
                self.insights.results(&id)
            })
            .await
        };
        match self.token.run_until_cancelled(asking).await {
            Some(answer) => Ok(answer?),
            None => self.stop(&id).await,
        }
    }

    /// Starts the query. Only what was refused for a passing reason is repeated: a query whose start was not answered may
    /// run. When the user breaks that off, the answer is waited for a moment, so that the query can be stopped.
    async fn start(&self) -> Result<String, QueryFailure> {
        if self.regions > 1 {
            return Err(QueryFailure::Apart(self.regions));
        }
        if self.request.is_about_nothing() {
            return Err(QueryFailure::NoGroup);
        }
        let mut pauses = PATIENT.delays(jitter());
        loop {
            let error = match self.attempt().await {
                Err(QueryFailure::Aws(error)) if is_passing(&error) => error,
                answer => return answer,
            };
            let Some(pause) = pauses.next() else {
                return Err(error.into());
            };
            let pausing = tokio::time::sleep(pause);
            self.token.run_until_cancelled(pausing).await;
        }
    }

    /// Tries to start the query once, unless the user has broken it off.
    async fn attempt(&self) -> Result<String, QueryFailure> {
        if self.token.is_cancelled() {
            return Err(QueryFailure::Interrupted);
        }
        let mut starting = std::pin::pin!(self.insights.start(&self.request));
        if let Some(started) = self.token.run_until_cancelled(&mut starting).await {
            return Ok(started?);
        }
        match tokio::time::timeout(STOPPING, starting).await {
            Ok(Ok(id)) => Ok(id),
            Ok(Err(_)) => Err(QueryFailure::Interrupted),
            Err(_elapsed) => Err(QueryFailure::Unstopped),
        }
    }

    /// Stops the query; what it has found so far is the answer.
    async fn stop(&self, id: &str) -> Result<QueryAnswer, QueryFailure> {
        let stopping = async {
            let stopped = self.insights.stop(id).await;
            if let Err(error) = &stopped {
                tracing::warn!("the query was not stopped: {error}");
            }
            (stopped.is_ok(), self.insights.results(id).await)
        };
        let stopped = tokio::time::timeout(STOPPING, stopping).await;
        let (is_stopped, answer) = stopped.map_err(|_elapsed| QueryFailure::Unstopped)?;
        let answer = match answer {
            Err(_) if !is_stopped => return Err(QueryFailure::Unstopped),
            answer => answer?,
        };
        Ok(match answer.progress {
            QueryProgress::UnderWay if !is_stopped => return Err(QueryFailure::Unstopped),
            QueryProgress::UnderWay => QueryAnswer {
                progress: QueryProgress::Broken("Cancelled".to_owned()),
                ..answer
            },
            _ => answer,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_near_when_as_much_again_would_pass_it() {
        let mut limit = ReadLimit::new(100);
        assert!(!limit.is_near(0) && !limit.is_near(60) && !limit.is_near(75));
        assert!(limit.is_near(90));
        assert!(ReadLimit::new(100).is_near(101));
        assert!(!ReadLimit::new(u64::MAX).is_near(u64::MAX));
    }
}
