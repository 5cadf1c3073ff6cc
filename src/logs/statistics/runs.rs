//! Which lines of a log group come from tuning runs: those of versions that a run published, while it had them.

use crate::lambda::FunctionRef;
use crate::logs::{Home, function_of};
use crate::power::RunId;

/// How far this machine's clock and the service's may be apart, in milliseconds.
const SLACK_MS: i64 = 600_000;

/// A version that a tuning run published, and deletes again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunVersion {
    /// The run.
    pub run: RunId,
    /// Its name; `None` when it was deleted.
    pub name: Option<String>,
    /// The function's unqualified ARN.
    pub function_arn: String,
    /// The version's number.
    pub version: String,
    /// When the run began, in Unix milliseconds.
    pub from_ms: i64,
    /// When the version was deleted, in Unix milliseconds; `None` while the run, or what it left behind, is not over.
    pub to_ms: Option<i64>,
}

impl RunVersion {
    /// Whether the run had it at some time of this stretch, in Unix milliseconds.
    fn was_its_own(&self, from_ms: i64, to_ms: i64) -> bool {
        self.from_ms - SLACK_MS <= to_ms
            && self.to_ms.is_none_or(|end_ms| from_ms <= end_ms + SLACK_MS)
    }

    /// Whether its lines may be in a group of this name: one of its function, or one that functions share.
    #[must_use]
    pub fn may_be_in(&self, group: &str) -> bool {
        let name = self.name();
        function_of(group).is_none_or(|function| name.as_deref() == Some(function))
    }

    /// The name of its function.
    fn name(&self) -> Option<String> {
        let function = FunctionRef::parse(&self.function_arn).ok()?;
        Some(function.name().to_owned())
    }
}

/// The versions of runs whose lines are in one log group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunVersions {
    /// The function all of the group's streams are of; several functions may share a group of another name.
    function: Option<String>,
    /// Each with the name of its function.
    versions: Vec<(String, RunVersion)>,
    /// Whether it could not be told which versions these are.
    is_unknown: bool,
}

impl RunVersions {
    /// Those of `versions` whose lines may be in a group of this account and region.
    #[must_use]
    pub fn of_group(group: &str, home: &Home, versions: Vec<RunVersion>) -> Self {
        let function = function_of(group).map(str::to_owned);
        let named = |version: RunVersion| {
            let is_here = Home::of_arn(&version.function_arn).as_ref() == Some(home);
            let is_meant = is_here && version.may_be_in(group);
            Some((version.name().filter(|_| is_meant)?, version))
        };
        Self {
            versions: versions.into_iter().filter_map(named).collect(),
            function,
            is_unknown: false,
        }
    }

    /// None are known, and there may be some: whatever runs wrote is counted.
    #[must_use]
    pub fn unknown() -> Self {
        Self {
            is_unknown: true,
            ..Self::default()
        }
    }

    /// Whether the lines of runs can be told from others.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        !self.is_unknown
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.versions.is_empty()
    }

    /// Whether a line of this stream, written at this time in Unix milliseconds, comes from a run.
    #[must_use]
    pub fn claims(&self, stream: &str, time_ms: i64) -> bool {
        self.run_of(stream, time_ms).is_some()
    }

    /// The version of a run that wrote a line of this stream at this time in Unix milliseconds.
    #[must_use]
    pub fn run_of(&self, stream: &str, time_ms: i64) -> Option<&RunVersion> {
        let (function, version) = origin(stream)?;
        let function = match function {
            "" => self.function.as_deref(),
            named => Some(named),
        };
        let mut versions = self.versions.iter();
        let (_, run) = versions.find(|(name, run)| {
            let is_meant = run.version == version && function == Some(name);
            is_meant && run.was_its_own(time_ms, time_ms)
        })?;
        Some(run)
    }

    /// What the names of the streams of runs hold between two times in Unix milliseconds, as regular
    /// expressions.
    #[must_use]
    pub fn streams(&self, from_ms: i64, to_ms: i64) -> Vec<String> {
        let versions = self.versions.iter();
        let meeting = versions.filter(|(_, run)| run.was_its_own(from_ms, to_ms));
        let mut streams: Vec<String> = meeting
            .map(|(name, run)| match &self.function {
                Some(_) => format!(r"\/\[{}\]", run.version),
                None => format!(r"\/{name}\[{}\]", run.version),
            })
            .collect();
        streams.sort_unstable();
        streams.dedup();
        streams
    }
}

/// The version in the name of a function's log stream, such as `36` or `$LATEST`.
#[must_use]
pub fn version_of(stream: &str) -> Option<&str> {
    origin(stream).map(|(_, version)| version)
}

/// Whether a word is the version of a function: a number, or `$LATEST`.
#[must_use]
pub fn is_version(word: &str) -> bool {
    let is_number = !word.is_empty() && word.bytes().all(|digit| digit.is_ascii_digit());
    is_number || word == "$LATEST"
}

/// The function, when it is named, and the version in the name of a stream: `2026/11/29/[36]5f0c…`, and in a group that
/// functions share `2026/11/29/checkout[36]5f0c…`.
fn origin(stream: &str) -> Option<(&str, &str)> {
    let (before, rest) = stream.split_once('[')?;
    let (version, _) = rest.split_once(']')?;
    let (_, function) = before.rsplit_once('/')?;
    Some((function, version))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:lambda:us-east-1:123456789012:function:checkout";

    fn version(arn: &str, to_ms: Option<i64>) -> RunVersion {
        RunVersion {
            run: RunId("r1".to_owned()),
            name: None,
            function_arn: arn.to_owned(),
            version: "36".to_owned(),
            from_ms: 10_000_000,
            to_ms,
        }
    }

    fn versions(group: &str, to_ms: Option<i64>) -> RunVersions {
        let home = Home::of_arn(ARN).unwrap();
        let elsewhere = ARN.replace("us-east-1", "eu-west-1");
        let other = ARN.replace("checkout", "other");
        let all = [ARN, &elsewhere, &other].map(|arn| version(arn, to_ms));
        RunVersions::of_group(group, &home, all.to_vec())
    }

    #[test]
    fn a_line_is_of_a_run_by_its_version_while_the_run_had_it() {
        let runs = versions("/aws/lambda/checkout", Some(20_000_000));
        assert!(runs.claims("2026/11/29/[36]5f0c", 15_000_000));
        for (stream, time_ms) in [
            ("2026/11/29/[35]5f0c", 15_000_000),
            ("2026/11/29/[$LATEST]5f0c", 15_000_000),
            ("2026/11/29/other[36]5f0c", 15_000_000),
            ("2026/11/29/[36]5f0c", 9_000_000),
            ("2026/11/29/[36]5f0c", 21_000_000),
            ("36", 15_000_000),
        ] {
            assert!(!runs.claims(stream, time_ms), "{stream} {time_ms}");
        }
        assert!(versions("/aws/lambda/checkout", None).claims("a/[36]b", i64::MAX / 2));
        assert!(versions("/aws/lambda/none", None).is_empty());
    }

    #[test]
    fn functions_that_share_a_group_are_told_apart_by_their_streams() {
        let runs = versions("/shared", Some(20_000_000));
        assert!(runs.claims("2026/11/29/checkout[36]5f0c", 15_000_000));
        assert!(!runs.claims("2026/11/29/unknown[36]5f0c", 15_000_000));
        assert!(!runs.claims("2026/11/29/[36]5f0c", 15_000_000));
        assert_eq!(
            runs.streams(15_000_000, 16_000_000),
            [r"\/checkout\[36\]", r"\/other\[36\]"]
        );
    }

    #[test]
    fn a_query_leaves_out_the_versions_that_runs_had_in_its_range() {
        let streams = |to_ms| versions("/aws/lambda/checkout", to_ms).streams(1, 12_000_000);
        assert_eq!(streams(Some(20_000_000)), [r"\/\[36\]"]);
        assert_eq!(streams(None), streams(Some(20_000_000)));
        assert!(
            versions("/aws/lambda/checkout", Some(11_000_000))
                .streams(12_000_000, 13_000_000)
                .is_empty()
        );
    }
}
