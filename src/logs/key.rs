//! The key of a log group: its name, and for a group of another account or region than the session's its ARN. Two groups
//! of one name in two places have two keys.

use std::borrow::Cow;

use super::Home;

/// Whether a key, or a word of a user, is an ARN.
#[must_use]
pub fn is_arn(key: &str) -> bool {
    key.starts_with("arn:")
}

/// The name of the group a key is of.
#[must_use]
pub fn group_name(key: &str) -> &str {
    let name = key.split_once(":log-group:").filter(|_| is_arn(key));
    let name = name.map_or(key, |(_, name)| name);
    name.split_once(':').map_or(name, |(name, _)| name)
}

/// What the group of a key is called where there are others: its name, after its region and its account where these are
/// not those of `own`, such as `eu-west-1:222222222222:/ecs/web`.
#[must_use]
pub fn group_label<'k>(key: &'k str, own: Option<&Home>) -> Cow<'k, str> {
    let name = group_name(key);
    let Some(home) = Home::of_arn(key) else {
        return Cow::Borrowed(name);
    };
    let region = own.is_none_or(|own| own.region != home.region);
    let account = own.is_none_or(|own| own.account != home.account);
    let mut label = String::new();
    for (differs, part) in [(region, home.region), (account, home.account)] {
        if differs {
            label.push_str(&part);
            label.push(':');
        }
    }
    Cow::Owned(label + name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_elsewhere_is_called_by_what_differs() {
        let key = "arn:aws:logs:eu-west-1:222222222222:log-group:/ecs/web";
        let own = |account: &str, region: &str| Home {
            account: account.to_owned(),
            region: region.to_owned(),
        };
        let called = |own: Option<Home>| group_label(key, own.as_ref()).into_owned();
        assert_eq!(group_name(key), "/ecs/web");
        assert_eq!(group_name("/ecs/web"), "/ecs/web");
        assert_eq!(called(None), "eu-west-1:222222222222:/ecs/web");
        assert_eq!(called(Some(own("222222222222", "eu-west-1"))), "/ecs/web");
        assert_eq!(
            called(Some(own("222222222222", "us-east-1"))),
            "eu-west-1:/ecs/web"
        );
        assert_eq!(called(Some(own("1", "eu-west-1"))), "222222222222:/ecs/web");
        assert_eq!(group_label("/ecs/web", None), "/ecs/web");
    }
}
