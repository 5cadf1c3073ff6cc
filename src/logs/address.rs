//! A log group by its ARN, as a user gives it. The name alone would mean this session's own group of that name.

use super::{Glob, LogGroup, group_of};
use crate::lambda::{FunctionRef, partition};

/// The account and the region an ARN names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// The account number.
    pub account: String,
    /// The region.
    pub region: String,
}

/// Which group, or which groups, an ARN means, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupAddress {
    /// Where.
    pub home: Home,
    /// The name, perhaps with wildcards.
    pub name: String,
}

impl Home {
    /// The account and the region of an ARN that names both.
    #[must_use]
    pub fn of_arn(arn: &str) -> Option<Self> {
        let mut parts = arn.split(':');
        let is_arn = parts.next() == Some("arn");
        // Both become part of addresses that are called with the user's credentials.
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        let is_word = |word: &&str| !word.is_empty() && word.bytes().all(is_plain);
        let region = parts.nth(2).filter(|region| is_arn && is_word(region))?;
        let account = parts.next().filter(is_word)?;
        Some(Self {
            account: account.to_owned(),
            region: region.to_owned(),
        })
    }

    /// The key of the log group of this name there, for a session of an account and a region, as far as these are known.
    #[must_use]
    pub fn key(&self, name: String, account: Option<&str>, region: Option<&str>) -> String {
        let is_account = account.is_none_or(|account| account == self.account);
        if is_account && region.is_none_or(|region| region == self.region) {
            name
        } else {
            self.log_group(&name)
        }
    }

    /// The ARN of the log group of this name there.
    #[must_use]
    pub fn log_group(&self, name: &str) -> String {
        let partition = partition(&self.region);
        let Self { account, region } = self;
        format!("arn:{partition}:logs:{region}:{account}:log-group:{name}")
    }
}

impl GroupAddress {
    /// Reads the ARN of a log group, or of a function, which stands for the group that it writes to.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let home = Home::of_arn(text)?;
        let name = match text.split_once(":log-group:") {
            // What follows the name is a stream, or the `:*` of policies.
            Some((_, rest)) => rest.split(':').next().unwrap_or_default().to_owned(),
            None => group_of(FunctionRef::parse(text).ok()?.name()),
        };
        (!name.is_empty()).then_some(Self { home, name })
    }

    /// Whether a group has this name, wherever it is.
    #[must_use]
    pub fn names(&self, group: &LogGroup) -> bool {
        Glob::of_name(&self.name).matches(&group.name)
    }

    /// Whether it means this group. One whose place is not known is taken for one of this place.
    #[must_use]
    pub fn means(&self, group: &LogGroup) -> bool {
        self.names(group) && group.home().is_none_or(|home| home == self.home)
    }

    /// The ARN of the group, or of those its name fits.
    #[must_use]
    pub fn arn(&self) -> String {
        self.home.log_group(&self.name)
    }
}

impl LogGroup {
    /// Where it is, when the service told.
    #[must_use]
    pub fn home(&self) -> Option<Home> {
        Home::of_arn(self.arn.as_deref()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/web";

    #[test]
    fn an_arn_is_taken_apart_whatever_follows_the_name() {
        let function = "arn:aws:lambda:eu-west-1:123456789012:function:web:prod";
        let address = GroupAddress::parse(ARN).unwrap();
        assert_eq!(address.name, "/ecs/web");
        assert_eq!(
            (&*address.home.account, &*address.home.region),
            ("123456789012", "eu-west-1")
        );
        for more in [":*", ":log-stream:web/1"] {
            let same = GroupAddress::parse(&format!("{ARN}{more}"));
            assert_eq!(same.as_ref(), Some(&address));
        }
        let of_function = GroupAddress::parse(function).unwrap();
        assert_eq!(of_function.name, "/aws/lambda/web");
        assert_eq!(of_function.home, address.home);
        for other in [
            "/ecs/web",
            "arn:aws:s3:::bucket",
            "arn:aws:logs:::log-group:/x",
        ] {
            assert_eq!(GroupAddress::parse(other), None, "{other}");
        }
    }

    #[test]
    fn an_address_leads_back_to_its_arn_and_to_no_host_of_a_stranger() {
        assert_eq!(GroupAddress::parse(ARN).unwrap().arn(), ARN);
        let home = Home::of_arn(&ARN.replace("eu-west-1", "us-gov-west-1")).unwrap();
        assert!(home.log_group("x").starts_with("arn:aws-us-gov:logs:"));
        for region in ["evil.example/", "evil.example", "a b", "x@y", ""] {
            assert_eq!(Home::of_arn(&ARN.replace("eu-west-1", region)), None);
        }
    }

    #[test]
    fn an_arn_means_no_group_of_the_same_name_elsewhere() {
        let group = |arn: Option<&str>| LogGroup {
            name: "/ecs/web".to_owned(),
            arn: arn.map(str::to_owned),
            created_ms: None,
            is_own: true,
            stored: None,
            class: crate::logs::LogClass::Standard,
        };
        let address = GroupAddress::parse(ARN).unwrap();
        assert!(address.means(&group(Some(ARN))) && address.means(&group(None)));
        let elsewhere = group(Some(&ARN.replace("123456789012", "999999999999")));
        assert!(address.names(&elsewhere) && !address.means(&elsewhere));
    }
}
