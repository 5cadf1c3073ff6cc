//! The one seam to AWS: own types in and out, SDK types inside.

mod call;
mod code;
mod credentials;
mod describe;
mod error;
mod explain;
mod failure;
mod lambda;
mod logs;
pub mod policy;
mod profiles;
mod remedy;
mod session;
mod session_config;
mod transport;
mod words;

pub use call::AwsCall;
pub use error::AwsError;
pub use failure::CallFailure;
pub use lambda::{Alias, FunctionPage, InvokeResponse, LambdaClient};
pub use logs::{
    FilterPage, FilterRequest, GroupArn, GroupPage, GroupScope, InsightsClient, LiveRequest,
    LiveSession, LiveUpdate, LogStream, LogsClient, Quota, Quotas, StreamOrder, StreamPage,
};
pub use session::Session;
pub use session_config::SessionOptions;
pub use transport::https_client;

/// The versions of the clients of Lambda, CloudWatch Logs and STS.
#[must_use]
pub fn sdk_versions() -> [&'static str; 3] {
    [
        aws_sdk_lambda::meta::PKG_VERSION,
        aws_sdk_cloudwatchlogs::meta::PKG_VERSION,
        aws_sdk_sts::meta::PKG_VERSION,
    ]
}

/// Who the credentials are, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallerIdentity {
    /// The account number.
    pub account: String,
    /// The ARN of the user or role.
    pub arn: String,
}
