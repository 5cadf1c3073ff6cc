//! IP addresses in queries: what is one, and which lie in a subnet.

use std::net::IpAddr;

/// Which addresses a function takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AddressFamily {
    Any,
    V4,
    V6,
}

impl AddressFamily {
    /// The address that a text is.
    pub(super) fn reads(self, text: &str) -> Option<IpAddr> {
        let address: IpAddr = text.parse().ok()?;
        let fits = match self {
            Self::Any => true,
            Self::V4 => address.is_ipv4(),
            Self::V6 => address.is_ipv6(),
        };
        fits.then_some(address)
    }

    /// Whether an address lies in a subnet such as `10.0.0.0/8`; what is neither lies nowhere.
    pub(super) fn is_within(self, address: &str, subnet: &str) -> bool {
        let within = || {
            let (network, length) = subnet.split_once('/')?;
            let network = bits(self.reads(network)?);
            let address = bits(self.reads(address)?);
            let length: u32 = length.parse().ok()?;
            let free = network.1.checked_sub(length)?;
            let prefix = |bits: u128| bits.checked_shr(free).unwrap_or(0);
            Some(network.1 == address.1 && prefix(network.0) == prefix(address.0))
        };
        within().unwrap_or(false)
    }
}

/// The bits of an address, and how many there are.
fn bits(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    }
}
