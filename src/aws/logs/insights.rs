//! Logs Insights queries: started, asked after, stopped.

use aws_sdk_cloudwatchlogs::error::SdkError;
use aws_sdk_cloudwatchlogs::operation::start_query::StartQueryError;
use aws_sdk_cloudwatchlogs::types::{
    QueryCompileErrorLocation, QueryStatistics, QueryStatus, ResultField,
};
use futures::FutureExt;

use super::LogsClient;
use crate::aws::error::AwsError;
use crate::aws::explain::{explain, garbled};
use crate::logs::is_arn;
use crate::logs::query::{AnswerFields, QueryAnswer, QueryFigures, QueryProgress, QueryRequest};

/// Characters of a query that an error shows.
const MOST_SHOWN: usize = 40;

/// The calls of Logs Insights.
#[derive(Debug, Clone)]
pub struct InsightsClient {
    logs: LogsClient,
}

impl InsightsClient {
    /// The same account, credentials and region as these log calls.
    #[must_use]
    pub const fn new(logs: LogsClient) -> Self {
        Self { logs }
    }

    /// Starts a query; gives its id.
    ///
    /// # Errors
    /// [`AwsError::NotFound`] when there is no such group, [`AwsError::Refused`] for a malformed query, with the place
    /// of the mistake, [`AwsError::LimitExceeded`] when too many queries run.
    pub async fn start(&self, request: &QueryRequest) -> Result<String, AwsError> {
        let call = || self.logs.call("StartQuery", &request.groups.join(", "));
        let (names, arns) = groups(&request.groups);
        let started = self
            .logs
            .client
            .start_query()
            .set_log_group_names(names)
            .set_log_group_identifiers(arns)
            .query_string(&request.query)
            .start_time(request.from_s)
            .end_time(request.to_s)
            .set_limit(request.limit)
            .send()
            .boxed()
            .await
            .map_err(|error| {
                let place = mistake(&error, &request.query);
                with_place(explain(call(), error), place)
            })?;
        started
            .query_id
            .ok_or_else(|| garbled(call(), "the query that was started has no id"))
    }

    /// What a query has found so far.
    ///
    /// # Errors
    /// [`AwsError::NotFound`] when there is no such query.
    pub async fn results(&self, id: &str) -> Result<QueryAnswer, AwsError> {
        let call = self.logs.call("GetQueryResults", &id);
        let asked = self
            .logs
            .client
            .get_query_results()
            .query_id(id)
            .send()
            .boxed();
        let found = asked.await.map_err(|error| explain(call, error))?;
        let statistics = found.statistics.as_ref();
        Ok(QueryAnswer {
            progress: progress(found.status.as_ref()),
            figures: statistics.map(figures).unwrap_or_default(),
            rows: found
                .results
                .unwrap_or_default()
                .into_iter()
                .map(row)
                .collect(),
        })
    }

    /// The fields of the event that `@ptr` of a row points to, in order of name.
    ///
    /// # Errors
    /// [`AwsError::Refused`] for a pointer that is too old, [`AwsError::AccessDenied`] without the right.
    pub async fn record(&self, pointer: &str) -> Result<AnswerFields, AwsError> {
        let call = self.logs.call("GetLogRecord", &"");
        let asked = self.logs.client.get_log_record();
        let asked = asked.log_record_pointer(pointer).send().boxed();
        let found = asked.await.map_err(|error| explain(call, error))?;
        let mut fields: AnswerFields = found.log_record.unwrap_or_default().into_iter().collect();
        fields.sort();
        Ok(fields)
    }

    /// Stops a query, so that it scans and costs no more.
    ///
    /// # Errors
    /// [`AwsError::Refused`] when it has ended already.
    pub async fn stop(&self, id: &str) -> Result<(), AwsError> {
        let call = self.logs.call("StopQuery", &id);
        let stopped = self.logs.client.stop_query().query_id(id).send().boxed();
        stopped
            .await
            .map(drop)
            .map_err(|error| explain(call, error))
    }
}

/// The names of groups, or their identifiers when one of them is an ARN: AWS takes either, not both.
fn groups(wanted: &[String]) -> (Option<Vec<String>>, Option<Vec<String>>) {
    if wanted.is_empty() {
        return (None, None);
    }
    if !wanted.iter().any(|key| is_arn(key)) {
        return (Some(wanted.to_vec()), None);
    }
    let plain = |group: &String| group.trim_end_matches(":*").to_owned();
    (None, Some(wanted.iter().map(plain).collect()))
}

/// Where the service says that a query is malformed, in words.
fn mistake<R>(error: &SdkError<StartQueryError, R>, query: &str) -> Option<String> {
    let StartQueryError::MalformedQueryException(malformed) = error.as_service_error()? else {
        return None;
    };
    let location = malformed.query_compile_error()?.location()?;
    place(query, location)
}

/// A place in a query in words: line and column, counted from 1, and what stands there.
fn place(query: &str, location: &QueryCompileErrorLocation) -> Option<String> {
    let offset = |offset: Option<i32>| usize::try_from(offset?).ok();
    let start = offset(location.start_char_offset())?;
    let end = offset(location.end_char_offset()).unwrap_or(start);
    let before: Vec<char> = query.chars().take(start).collect();
    let line = before.iter().filter(|it| **it == '\n').count() + 1;
    let column = before.iter().rev().take_while(|it| **it != '\n').count() + 1;
    let there = query.chars().skip(start).take(end.saturating_sub(start));
    let there: String = there.take(MOST_SHOWN).collect();
    let there = there.trim();
    let word = if there.is_empty() {
        String::new()
    } else {
        format!(", at '{there}'")
    };
    Some(format!("line {line}, column {column}{word}"))
}

/// The error with the place of a mistake behind what AWS said, in place of the one that AWS tells.
fn with_place(mut error: AwsError, place: Option<String>) -> AwsError {
    if let (AwsError::Refused(failure), Some(place)) = (&mut error, place) {
        failure.said = format!("{} ({place})", without_position(&failure.said));
    }
    error
}

/// What AWS said without the position at its end, which it counts from 0: `at line 2 and position 2`.
fn without_position(said: &str) -> &str {
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let positioned = said.rsplit_once("at line ").filter(|(_, position)| {
        let numbers = position.trim_end_matches('.').split_once(" and position ");
        numbers.is_some_and(|(line, place)| is_number(line) && is_number(place))
    });
    positioned.map_or(said, |(words, _)| words.trim_end_matches([',', ' ']))
}

fn figures(statistics: &QueryStatistics) -> QueryFigures {
    QueryFigures {
        matched: count(statistics.records_matched),
        scanned: count(statistics.records_scanned),
        bytes: count(statistics.bytes_scanned),
    }
}

fn progress(status: Option<&QueryStatus>) -> QueryProgress {
    match status {
        Some(QueryStatus::Scheduled | QueryStatus::Running) => QueryProgress::UnderWay,
        Some(QueryStatus::Complete) => QueryProgress::Complete,
        Some(other) => QueryProgress::Broken(other.as_str().to_owned()),
        None => QueryProgress::Broken("Unknown".to_owned()),
    }
}

fn row(fields: Vec<ResultField>) -> AnswerFields {
    let pairs = fields.into_iter();
    pairs
        .filter_map(|field| Some((field.field?, field.value?)))
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of events or bytes; `as` saturates"
)]
fn count(number: f64) -> u64 {
    number as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_placed_by_line_and_column() {
        let query = "fields @message\n| filtre x = 1";
        let at = |start, end| {
            let location = QueryCompileErrorLocation::builder();
            let location = location
                .set_start_char_offset(start)
                .set_end_char_offset(end);
            place(query, &location.build())
        };
        let told = at(Some(18), Some(24)).unwrap();
        assert_eq!(told, "line 2, column 3, at 'filtre'");
        assert_eq!(at(Some(0), None).unwrap(), "line 1, column 1");
        assert_eq!(at(Some(999), Some(1_200)).unwrap(), "line 2, column 15");
        assert_eq!(at(None, Some(3)), None);
        assert_eq!(at(Some(-1), None), None);
    }

    #[test]
    fn one_position_is_told() {
        for (said, words) in [
            (
                "unexpected symbol found f at line 1 and position 0",
                "unexpected symbol found f",
            ),
            ("no 'pattern', at line 2 and position 2.", "no 'pattern'"),
            (
                "look at line 2 and position of it",
                "look at line 2 and position of it",
            ),
            ("nothing", "nothing"),
        ] {
            assert_eq!(without_position(said), words);
        }
    }

    #[test]
    fn an_arn_among_the_groups_makes_all_of_them_identifiers() {
        let owned = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let arn = "arn:aws:logs:eu-west-1:222222222222:log-group:/x";
        assert_eq!(groups(&[]), (None, None));
        assert_eq!(groups(&owned(&["/a"])), (Some(owned(&["/a"])), None));
        let mixed = owned(&["/a", &format!("{arn}:*")]);
        assert_eq!(groups(&mixed), (None, Some(owned(&["/a", arn]))));
    }
}
