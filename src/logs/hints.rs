//! Explanations of lines whose words do not tell the cause, from `assets/hints.toml`.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::facts::head;
use super::group_name;

/// How much of an event is looked at, in bytes.
const LOOK: usize = 16 << 10;

const TEXT: &str = include_str!("../../assets/hints.toml");

static BUNDLED: LazyLock<Vec<LogHint>> = LazyLock::new(|| {
    // The text is part of the program and a test reads it: the default is hardly met.
    read(TEXT).unwrap_or_default()
});

/// What a line means.
#[derive(Debug, Clone)]
pub struct LogHint {
    message: Option<Regex>,
    group: Option<Regex>,
    /// The explanation, one or two sentences.
    pub explanation: String,
    /// The address of a page that tells more.
    pub page: String,
}

/// The explanation of an event of a group, when there is one.
#[must_use]
pub fn hint(group: &str, message: &str) -> Option<&'static LogHint> {
    let message = head(message, LOOK);
    let group = group_name(group);
    BUNDLED.iter().find(|hint| hint.fits(group, message))
}

impl LogHint {
    fn fits(&self, group: &str, message: &str) -> bool {
        let fits = |pattern: &Option<Regex>, text: &str| {
            pattern
                .as_ref()
                .is_none_or(|pattern| pattern.is_match(text))
        };
        fits(&self.message, message) && fits(&self.group, group)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HintsFile {
    hint: Vec<HintEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HintEntry {
    pattern: Option<String>,
    group: Option<String>,
    explanation: String,
    page: String,
}

/// Reads the document; `None` when it, or one of its patterns, is not right.
fn read(text: &str) -> Option<Vec<LogHint>> {
    let document: HintsFile = toml::from_str(text).ok()?;
    document.hint.into_iter().map(HintEntry::compiled).collect()
}

impl HintEntry {
    fn compiled(self) -> Option<LogHint> {
        let compiled = |pattern: Option<String>| pattern.map(|it| Regex::new(&it)).transpose();
        Some(LogHint {
            message: compiled(self.pattern).ok()?,
            group: compiled(self.group).ok()?,
            explanation: self.explanation,
            page: self.page,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_hints_are_right_and_none_fits_everything() {
        let hints = read(TEXT).unwrap();
        assert!(hints.len() > 5);
        for hint in hints {
            assert!(hint.message.is_some() || hint.group.is_some(), "{hint:?}");
            assert!(!hint.fits("/ecs/web", "GET / 200"), "{hint:?}");
            assert!(
                hint.explanation.ends_with('.') && hint.page.starts_with("https://"),
                "{hint:?}"
            );
        }
    }

    const ECR: &str = "Amazon ECR gives no image";
    const START: &str = "The task did not get what it needs";
    const CONTAINER: &str = "The container used more memory";
    const ROLE: &str = "The policies of the role";
    const QUEUE: &str = "The queue's own policy";
    const TIME_OUT: &str = "The function reached its time-out";
    const MEMORY: &str = "The environment was ended from outside";
    const EXIT: &str = "The function's process ended by itself";
    const INIT: &str = "The initialisation reached its limit";
    const DROPPED: &str = "The platform could not deliver";
    const EDGE: &str = "This is a Lambda@Edge function";

    /// Messages as ECS, containerd, Lambda and the SDKs write them; only accounts and names are made up.
    const REAL: [(&str, &str); 28] = [
        (
            ECR,
            "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 123456789012.dkr.ecr.us-east-1.amazonaws.com/docker-hub/library/nginx:latest: 123456789012.dkr.ecr.us-east-1.amazonaws.com/docker-hub/library/nginx:latest: not found",
        ),
        (
            ECR,
            r#"{"version":"0","detail-type":"ECS Task State Change","detail":{"stoppedReason":"CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref 123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:v3: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:v3: not found","stopCode":"TaskFailedToStart"}}"#,
        ),
        (
            ECR,
            r#"Failed to pull image "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:v3": rpc error: code = NotFound desc = failed to pull and unpack image "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:v3": failed to resolve reference "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:v3": 123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:v3: not found"#,
        ),
        (
            ECR,
            "CannotPullContainerError: failed to resolve ref 123456789012.dkr-ecr.eu-west-1.on.aws/web:v3: not found",
        ),
        (
            START,
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post \"https://api.ecr.eu-west-1.amazonaws.com/\": dial tcp 198.51.100.7:443: i/o timeout",
        ),
        (
            START,
            "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref docker.io/library/nginx:latest: failed to do request: Head \"https://registry-1.docker.io/v2/library/nginx/manifests/latest\": dial tcp 198.51.100.7:443: i/o timeout",
        ),
        (
            CONTAINER,
            r#"{"detail-type":"ECS Task State Change","detail":{"containers":[{"name":"web","exitCode":137,"reason":"OutOfMemoryError: Container killed due to memory usage"}]}}"#,
        ),
        (
            ROLE,
            "botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the SendMessageBatch operation: User: arn:aws:sts::123456789012:assumed-role/orders/orders is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:eu-west-1:123456789012:orders because no identity-based policy allows the sqs:sendmessage action",
        ),
        (
            QUEUE,
            "User: arn:aws:iam::111111111111:user/relay is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:eu-west-1:222222222222:orders because no resource-based policy allows the sqs:sendmessage action",
        ),
        (
            QUEUE,
            "AccessDenied: User: arn:aws:sts::123456789012:assumed-role/orders/orders is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:eu-west-1:123456789012:orders with an explicit deny in a resource-based policy",
        ),
        (
            QUEUE,
            r#"{"message":"SQS receive message failed: Access to the resource https://sqs.eu-west-1.amazonaws.com/ is denied.","level":"error"}"#,
        ),
        (
            QUEUE,
            "botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the CreateQueue operation: Access to the resource https://eu-west-1.queue.amazonaws.com/ is denied.",
        ),
        (
            QUEUE,
            r#"{"errorMessage":"Access to the resource https://sqs.us-west-2.amazonaws.com/ is denied. (Service: AmazonSQS; Status Code: 403; Error Code: AccessDenied; Request ID: c61c0698-505c-50fe-8c67-5602cb84e824)","errorType":"com.amazonaws.services.sqs.model.AmazonSQSException"}"#,
        ),
        (
            TIME_OUT,
            "2026-11-21T12:00:03.012Z 8f5b1c0e-5d4b-4a53-9f7e-2f1f6d1c9c11 Task timed out after 3.00 seconds\n\n",
        ),
        (
            TIME_OUT,
            "REPORT RequestId: 8f5b1c0e-5d4b-4a53-9f7e-2f1f6d1c9c11\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 33 MB\tStatus: timeout\n",
        ),
        (
            TIME_OUT,
            "INIT_REPORT Init Duration: 3000.11 ms\tPhase: invoke\tStatus: timeout\n",
        ),
        (
            TIME_OUT,
            r#"{"time":"2026-11-21T12:00:03.012Z","type":"platform.report","record":{"requestId":"8f5b1c0e-5d4b-4a53-9f7e-2f1f6d1c9c11","metrics":{"durationMs":3000.0,"billedDurationMs":3000,"memorySizeMB":128,"maxMemoryUsedMB":33},"status":"timeout"}}"#,
        ),
        (
            MEMORY,
            "RequestId: 8f5b1c0e-5d4b-4a53-9f7e-2f1f6d1c9c11 Error: Runtime exited with error: signal: killed\nRuntime.ExitError\n",
        ),
        (
            MEMORY,
            "REPORT RequestId: 8f5b1c0e-5d4b-4a53-9f7e-2f1f6d1c9c11\tDuration: 812.44 ms\tBilled Duration: 813 ms\tMemory Size: 128 MB\tMax Memory Used: 128 MB\tStatus: error\tError Type: Runtime.OutOfMemory\n",
        ),
        (
            EXIT,
            "RequestId: 8f5b1c0e-5d4b-4a53-9f7e-2f1f6d1c9c11 Error: Runtime exited with error: exit status 1\nRuntime.ExitError\n",
        ),
        (
            EXIT,
            "RequestId: 8f5b1c0e-5d4b-4a53-9f7e-2f1f6d1c9c11 Error: Runtime exited without providing a reason\nRuntime.ExitError\n",
        ),
        (
            EXIT,
            "RequestId: 89894b68-4c17-4ea6-b6e6-91bca83ae5b1 Error: Runtime exited with error: signal: segmentation fault (core dumped)\nRuntime.ExitError",
        ),
        (
            EXIT,
            "INIT_REPORT Init Duration: 206.72 ms\tPhase: init\tStatus: error\tError Type: Runtime.ExitError\n",
        ),
        (
            INIT,
            "INIT_REPORT Init Duration: 10008.54 ms\tPhase: init\tStatus: timeout\n",
        ),
        (
            INIT,
            r#"{"time":"2026-11-21T12:00:10.012Z","type":"platform.initReport","record":{"initializationType":"on-demand","phase":"init","status":"timeout","metrics":{"durationMs":10008.54}}}"#,
        ),
        (
            DROPPED,
            r#"{"time":"2026-11-21T12:00:03.012Z","type":"platform.logsDropped","record":{"droppedBytes":12345,"droppedRecords":123,"reason":"Some logs were dropped because the downstream consumer is slower than the logs production rate"}}"#,
        ),
        (
            EDGE,
            "START RequestId: 8f5b1c0e-5d4b-4a53-9f7e-2f1f6d1c9c11 Version: 7",
        ),
        (
            EDGE,
            "2026-11-21T12:00:03.012Z\t8f5b1c0e-5d4b-4a53-9f7e-2f1f6d1c9c11\tINFO\tviewer-request",
        ),
    ];

    #[test]
    fn every_hint_is_found_for_a_real_message() {
        for (words, message) in REAL {
            let group = match words {
                EDGE => "/aws/lambda/us-east-1.viewer-request",
                ECR => "/ecs/web",
                _ => "/aws/lambda/orders",
            };
            let found = hint(group, message).unwrap_or_else(|| panic!("no hint for {message}"));
            assert!(found.explanation.starts_with(words), "{message}: {found:?}");
        }
        for hint in read(TEXT).unwrap() {
            let told = REAL
                .iter()
                .any(|(words, _)| hint.explanation.starts_with(words));
            assert!(told, "no real message for {hint:?}");
        }
    }

    #[test]
    fn what_only_looks_alike_has_no_hint() {
        for message in [
            "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref docker.io/library/nginx:nope: docker.io/library/nginx:nope: not found",
            "INIT_REPORT Init Duration: 206.72 ms\tPhase: init\tStatus: error\tError Type: Runtime.Unknown\n",
            "REPORT RequestId: 8f5b1c0e-5d4b-4a53-9f7e-2f1f6d1c9c11\tDuration: 3.00 ms\tBilled Duration: 3 ms\tMemory Size: 128 MB\tMax Memory Used: 33 MB\n",
            "AccessDenied: User: arn:aws:sts::123456789012:assumed-role/orders/orders is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::orders/1",
            "hello",
        ] {
            assert!(hint("/aws/lambda/orders", message).is_none(), "{message}");
        }
    }
}
