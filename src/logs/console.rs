//! Addresses of the AWS console: of a function, of a log group, and of a stream from a time on.

use std::fmt::Write as _;

use super::{Home, group_name};
use crate::lambda::{FunctionRef, partition};

/// A page of the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsolePage {
    region: String,
    content: ConsoleContent,
}

/// What a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ConsoleContent {
    /// The function of this name.
    Function(String),
    /// The log group of this name.
    Group(String),
    /// The events of a stream of a group, from a time in Unix milliseconds on.
    Stream(String, String, i64),
}

impl ConsolePage {
    /// That of a function, by its ARN.
    #[must_use]
    pub fn of_function(arn: &str) -> Option<Self> {
        let function = FunctionRef::parse(arn).ok()?;
        Some(Self {
            region: Home::of_arn(arn)?.region,
            content: ConsoleContent::Function(function.name().to_owned()),
        })
    }

    /// That of a log group, by its key; `own` is the session's region, as far as that is known.
    #[must_use]
    pub fn of_group(key: &str, own: Option<&str>) -> Option<Self> {
        Some(Self {
            region: region(key, own)?,
            content: ConsoleContent::Group(group_name(key).to_owned()),
        })
    }

    /// That of a stream of a log group from a time in Unix milliseconds on; `own` is the session's region.
    #[must_use]
    pub fn of_stream(key: &str, stream: &str, time_ms: i64, own: Option<&str>) -> Option<Self> {
        let group = group_name(key).to_owned();
        Some(Self {
            region: region(key, own)?,
            content: ConsoleContent::Stream(group, stream.to_owned(), time_ms),
        })
    }

    /// Its region.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.region
    }

    /// Its address; `None` in a partition whose console is not known here.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        let region = &self.region;
        let host = match partition(region) {
            "aws" => format!("{region}.console.aws.amazon.com"),
            "aws-cn" => "console.amazonaws.cn".to_owned(),
            "aws-us-gov" => "console.amazonaws-us-gov.com".to_owned(),
            _ => return None,
        };
        let groups = format!("cloudwatch/home?region={region}#logsV2:log-groups/log-group");
        let page = match &self.content {
            ConsoleContent::Function(name) => {
                format!("lambda/home?region={region}#/functions/{name}")
            }
            ConsoleContent::Group(group) => format!("{groups}/{}", twice(group)),
            ConsoleContent::Stream(group, stream, time_ms) => {
                let (group, stream) = (twice(group), twice(stream));
                format!("{groups}/{group}/log-events/{stream}$3Fstart$3D{time_ms}")
            }
        };
        Some(format!("https://{host}/{page}"))
    }
}

/// The region of the group of a key.
fn region(key: &str, own: Option<&str>) -> Option<String> {
    let of_key = Home::of_arn(key).map(|home| home.region);
    of_key.or_else(|| own.map(str::to_owned))
}

/// A name as the console of `CloudWatch` has it in the part behind `#`: percent-encoded twice, with `$` for each `%`. What
/// separates the parts there is encoded once.
fn twice(name: &str) -> String {
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "$25{byte:02X}").ok();
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    const FUNCTION: &str = "arn:aws:lambda:eu-west-1:123456789012:function:checkout";
    const GROUP: &str = "/aws/lambda/checkout";
    const STREAM: &str = "2026/11/21/[$LATEST]0123456789abcdef";

    fn of_function(arn: &str) -> Option<String> {
        ConsolePage::of_function(arn)?.address()
    }

    #[test]
    fn a_function_has_its_page_in_each_partition() {
        assert_eq!(
            of_function(FUNCTION).unwrap(),
            "https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/checkout"
        );
        assert_eq!(of_function(&format!("{FUNCTION}:7")), of_function(FUNCTION));
        let china = "arn:aws-cn:lambda:cn-north-1:123456789012:function:checkout";
        assert_eq!(
            of_function(china).unwrap(),
            "https://console.amazonaws.cn/lambda/home?region=cn-north-1#/functions/checkout"
        );
        let gov = "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:checkout";
        assert_eq!(
            of_function(gov).unwrap(),
            "https://console.amazonaws-us-gov.com/lambda/home?region=us-gov-west-1#/functions/checkout"
        );
        let secret = ConsolePage::of_function(
            "arn:aws-iso:lambda:us-iso-east-1:123456789012:function:checkout",
        );
        let secret = secret.unwrap();
        assert_eq!((secret.region(), secret.address()), ("us-iso-east-1", None));
        assert_eq!(of_function("checkout"), None);
    }

    #[test]
    fn names_of_logs_are_encoded_twice_and_their_separators_once() {
        let groups = "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group";
        let group = ConsolePage::of_group(GROUP, Some("eu-west-1")).unwrap();
        assert_eq!(
            group.address().unwrap(),
            format!("{groups}/$252Faws$252Flambda$252Fcheckout")
        );
        let stream = ConsolePage::of_stream(GROUP, STREAM, 1_795_000_000_123, Some("eu-west-1"));
        assert_eq!(
            stream.unwrap().address().unwrap(),
            format!(
                "{groups}/$252Faws$252Flambda$252Fcheckout/log-events/2026$252F11$252F21$252F$255B$2524LATEST$255D0123456789abcdef$3Fstart$3D1795000000123"
            )
        );
        let odd = ConsolePage::of_stream("g#1", "a b%/ü?", 5, Some("eu-west-1"));
        assert_eq!(
            odd.unwrap().address().unwrap(),
            format!("{groups}/g$25231/log-events/a$2520b$2525$252F$25C3$25BC$253F$3Fstart$3D5")
        );
    }

    #[test]
    fn a_group_elsewhere_is_looked_at_where_it_is() {
        let key = "arn:aws:logs:us-east-2:999999999999:log-group:/ecs/web";
        let page = ConsolePage::of_group(key, Some("eu-west-1")).unwrap();
        assert_eq!(
            page.address().unwrap(),
            "https://us-east-2.console.aws.amazon.com/cloudwatch/home?region=us-east-2#logsV2:log-groups/log-group/$252Fecs$252Fweb"
        );
        assert_eq!(ConsolePage::of_group("/ecs/web", None), None);
    }
}
