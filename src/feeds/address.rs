//! Which addresses may be asked: a feed must not make this machine talk to what only this machine can reach.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::FeedError;

/// Where an address lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AddressKind {
    /// On the open internet.
    Public,
    /// On this machine or in a network of its own; asked only when the user's own feed names the host.
    Near(&'static str),
    /// Never asked.
    Never(&'static str),
}

const LINK_LOCAL: &str = "a link-local address, where machines keep their credentials";
const METADATA: &str = "the metadata service of a cloud, where machines keep their credentials";
const LOOPBACK: &str = "this machine, which only a feed may ask that you add by its own address";
const PRIVATE: &str =
    "a private network, which only a feed may ask that you add by its own address";
const NO_HOST: &str = "an address that belongs to no single machine";

/// The metadata service of Google at an address of its own; those of AWS have a whole network.
const METADATA_V6: Ipv6Addr = Ipv6Addr::new(0xfd20, 0x00ce, 0, 0, 0, 0, 0, 0x0254);
/// Those of Alibaba, Oracle, Azure.
const METADATA_V4: [Ipv4Addr; 3] = [
    Ipv4Addr::new(100, 100, 100, 200),
    Ipv4Addr::new(192, 0, 0, 192),
    Ipv4Addr::new(168, 63, 129, 16),
];

/// Tells where an address lies; an IPv4 address inside an IPv6 one counts as itself.
pub(super) fn standing(address: IpAddr) -> AddressKind {
    match address {
        IpAddr::V4(address) => standing_v4(address),
        IpAddr::V6(address) => match embedded(address) {
            Some(inner) => standing_v4(inner),
            None => standing_v6(address),
        },
    }
}

fn standing_v4(address: Ipv4Addr) -> AddressKind {
    let [first, second, third, _] = address.octets();
    match (first, second) {
        _ if METADATA_V4.contains(&address) => AddressKind::Never(METADATA),
        (169, 254) => AddressKind::Never(LINK_LOCAL),
        (224.., _) => AddressKind::Never(NO_HOST),
        (0 | 127, _) => AddressKind::Near(LOOPBACK),
        (10, _) | (172, 16..=31) | (192, 168) | (100, 64..=127) | (198, 18 | 19) => {
            AddressKind::Near(PRIVATE)
        }
        (192, 0) if third == 0 => AddressKind::Near(PRIVATE),
        _ => AddressKind::Public,
    }
}

fn standing_v6(address: Ipv6Addr) -> AddressKind {
    let [first, second, ..] = address.segments();
    match first {
        _ if address == METADATA_V6 => AddressKind::Never(METADATA),
        0xfd00 if second == 0x0ec2 => AddressKind::Never(METADATA),
        _ if address.is_unspecified() || address.is_loopback() => AddressKind::Near(LOOPBACK),
        0xfe80..=0xfebf => AddressKind::Never(LINK_LOCAL),
        0xff00.. => AddressKind::Never(NO_HOST),
        0xfc00..=0xfdff | 0xfec0..=0xfeff => AddressKind::Near(PRIVATE),
        _ => AddressKind::Public,
    }
}

/// The IPv4 address that mapped, compatible, NAT64 and 6to4 addresses lead to.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let tail = |high: u16, low: u16| Some(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => None,
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0, 0, 0, 0, 0xffff, 0, high, low] => {
            tail(high, low)
        }
        [0x64, 0xff9b, .., high, low] | [0x2002, high, low, ..] => tail(high, low),
        _ => None,
    }
}

/// Which addresses a hop may lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// The open internet only.
    Public,
    /// Also this machine and private networks: the user named the host.
    Near,
}

impl Reach {
    /// What a hop may reach: more than the open internet only at a host and port the user named knowing that they are
    /// near. What listens at another port is another program.
    pub(super) fn of(hop: &Url, near: Option<&Url>) -> Self {
        match near {
            Some(near) if is_same_host(hop, near) && is_same_service(hop, near) => Self::Near,
            _ => Self::Public,
        }
    }

    /// Why an address may not be asked.
    pub(super) fn refuses(self, address: IpAddr) -> Option<&'static str> {
        match (standing(address), self) {
            (AddressKind::Public, _) | (AddressKind::Near(_), Self::Near) => None,
            (AddressKind::Near(why), Self::Public) | (AddressKind::Never(why), _) => Some(why),
        }
    }

    /// Checks an address that is written in the URL itself; names are for the resolver.
    ///
    /// # Errors
    /// [`FeedError::Refused`].
    pub(super) fn check(self, url: &Url) -> Result<(), FeedError> {
        let address = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
            _ => return Ok(()),
        };
        self.refuses(address).map_or(Ok(()), |why| {
            Err(FeedError::Refused {
                host: url.host_str().unwrap_or_default().to_owned(),
                address,
                why,
            })
        })
    }
}

/// Whether two addresses are of one host.
pub(super) fn is_same_host(one: &Url, other: &Url) -> bool {
    one.host().is_some() && one.host() == other.host()
}

/// Whether an address of the same host is of the same program: at its port, or where it serves https beside http.
fn is_same_service(hop: &Url, named: &Url) -> bool {
    let ports = (named.port_or_known_default(), hop.port_or_known_default());
    ports.0 == ports.1 || ports == (Some(80), Some(443))
}

/// Whether a source names this machine or a private network by what is written in it: such feeds are not taken from
/// lists and pages of others.
pub(super) fn is_near(source: &Url) -> bool {
    match source.host() {
        Some(Host::Ipv4(address)) => standing(IpAddr::V4(address)) != AddressKind::Public,
        Some(Host::Ipv6(address)) => standing(IpAddr::V6(address)) != AddressKind::Public,
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost"
                || [".localhost", ".local", ".internal", ".lan"]
                    .iter()
                    .any(|end| name.ends_with(end))
        }
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> AddressKind {
        standing(text.parse().unwrap())
    }

    #[test]
    fn metadata_and_link_local_addresses_are_never_asked() {
        for text in [
            "169.254.169.254",
            "169.254.170.2",
            "fe80::1",
            "fd00:ec2::254",
            "fd00:ec2:ffff::1",
            "100.100.100.200",
            "::ffff:169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "2002:a9fe:a9fe::",
            "255.255.255.255",
            "168.63.129.16",
            "fd20:ce::254",
            "224.0.0.1",
            "ff02::1",
            "::169.254.169.254",
        ] {
            assert!(matches!(of(text), AddressKind::Never(_)), "{text}");
            assert!(Reach::Near.refuses(text.parse().unwrap()).is_some());
        }
    }

    #[test]
    fn near_addresses_are_asked_only_when_the_user_names_them() {
        for text in [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.0.0.1",
            "172.31.0.1",
            "192.168.1.1",
            "100.64.0.1",
            "::1",
            "::",
            "fc00::1",
            "::ffff:10.0.0.1",
            "198.18.0.1",
        ] {
            assert!(matches!(of(text), AddressKind::Near(_)), "{text}");
        }
        for text in [
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1111",
            "192.0.2.1",
        ] {
            assert_eq!(of(text), AddressKind::Public, "{text}");
        }
        let url = |text: &str| Url::parse(text).unwrap();
        let source = url("http://127.0.0.1:8080/feed");
        let reach = |hop: &str, near| Reach::of(&url(hop), near);
        assert_eq!(
            reach("http://127.0.0.1:8080/other", Some(&source)),
            Reach::Near
        );
        assert_eq!(
            reach("http://127.0.0.1:9/other", Some(&source)),
            Reach::Public,
            "another program"
        );
        let lan = url("http://10.1.1.1/feed");
        assert_eq!(reach("https://10.1.1.1/feed", Some(&lan)), Reach::Near);
        assert_eq!(reach("http://127.0.0.2/", Some(&source)), Reach::Public);
        assert_eq!(reach("http://127.0.0.1:8080/feed", None), Reach::Public);
        assert!(
            Reach::Public.check(&url("http://2130706433/")).is_err(),
            "written as one number"
        );
        assert!(
            Reach::Public
                .check(&url("http://[::ffff:7f00:1]/"))
                .is_err()
        );
        assert!(Reach::Near.check(&source).is_ok());
    }

    #[test]
    fn a_list_of_feeds_may_not_name_what_is_near() {
        for near in [
            "http://localhost/",
            "http://printer.local/",
            "http://10.1.1.1/",
            "http://[::1]/",
            "http://a.internal./",
        ] {
            assert!(is_near(&Url::parse(near).unwrap()), "{near}");
        }
        assert!(!is_near(&Url::parse("https://example.org/").unwrap()));
    }
}
