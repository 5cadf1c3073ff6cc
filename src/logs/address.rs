//! A log group by its ARN. The name alone would mean this session's own group of that name.

use super::{Glob, LogGroup, group_of};
use crate::lambda::FunctionRef;

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
        let region = parts.nth(2).filter(|region| is_arn && !region.is_empty())?;
        let account = parts.next().filter(|account| !account.is_empty())?;
        Some(Self {
            account: account.to_owned(),
            region: region.to_owned(),
        })
    }

    /// Why this is not where a session works, as far as that is known.
    #[must_use]
    pub fn differs_from(&self, account: Option<&str>, region: Option<&str>) -> Option<String> {
        if let Some(region) = region.filter(|region| *region != self.region) {
            let own = &self.region;
            return Some(format!(
                "is in {own} and this session is in {region}; --region {own} looks there"
            ));
        }
        let account = account.filter(|account| *account != self.account)?;
        Some(format!(
            "is of account {} and this session is of {account}; choose a --profile of that account",
            self.account
        ))
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
    fn another_region_or_account_is_told_with_the_way_there() {
        let home = Home::of_arn(ARN).unwrap();
        let differs = |account, region| home.differs_from(account, region).unwrap_or_default();
        assert_eq!(differs(Some("123456789012"), Some("eu-west-1")), "");
        assert_eq!(differs(None, None), "");
        let words = differs(Some("999999999999"), Some("us-east-1"));
        assert!(words.contains("--region eu-west-1"), "{words}");
        let words = differs(Some("999999999999"), Some("eu-west-1"));
        assert!(words.contains("of account 123456789012"), "{words}");
    }

    #[test]
    fn an_arn_means_no_group_of_the_same_name_elsewhere() {
        let group = |arn: Option<&str>| LogGroup {
            name: "/ecs/web".to_owned(),
            arn: arn.map(str::to_owned),
            stored_bytes: 0,
            retention_days: None,
            can_stream: true,
        };
        let address = GroupAddress::parse(ARN).unwrap();
        assert!(address.means(&group(Some(ARN))) && address.means(&group(None)));
        let elsewhere = group(Some(&ARN.replace("123456789012", "999999999999")));
        assert!(address.names(&elsewhere) && !address.means(&elsewhere));
    }
}
