//! The address of something that answers like AWS.

use http::Uri;

/// An `http` or `https` address with a host and nothing after the path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EndpointUrl(String);

/// Why a text is not an endpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not an endpoint: {reason}; give an address such as 'http://127.0.0.1:4599'")]
pub struct EndpointError {
    text: String,
    reason: &'static str,
}

impl EndpointUrl {
    /// The address, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for EndpointUrl {
    type Err = EndpointError;

    fn from_str(text: &str) -> Result<Self, EndpointError> {
        match fault(text) {
            None => Ok(Self(text.trim_end_matches('/').to_owned())),
            Some(reason) => Err(EndpointError {
                text: text.to_owned(),
                reason,
            }),
        }
    }
}

fn fault(text: &str) -> Option<&'static str> {
    let Ok(uri) = text.parse::<Uri>() else {
        return Some("it is not an address");
    };
    let Some(authority) = uri.authority() else {
        return Some("it has no 'http://' or 'https://' and host");
    };
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Some("it begins neither with 'http://' nor with 'https://'");
    }
    if authority.as_str().contains('@') {
        return Some("it holds a user name");
    }
    let port = authority.as_str().rsplit_once(':').map(|(_, port)| port);
    if port.is_some_and(|port| !port.ends_with(']') && port.parse::<u16>().is_err()) {
        return Some("its port is not a number from 0 to 65535");
    }
    (authority.host().is_empty() || uri.query().is_some() || text.contains('#'))
        .then_some("only scheme, host, port and path may be given")
}

impl std::fmt::Display for EndpointUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_without_their_last_slash() {
        for (text, kept) in [
            ("http://127.0.0.1:4599/", "http://127.0.0.1:4599"),
            ("https://moto.example/aws", "https://moto.example/aws"),
            ("http://[::1]:5000", "http://[::1]:5000"),
            ("http://[::1]", "http://[::1]"),
        ] {
            assert_eq!(text.parse::<EndpointUrl>().unwrap().as_str(), kept);
        }
    }

    #[test]
    fn what_is_no_address_is_refused_with_the_reason() {
        for wrong in [
            "",
            "localhost",
            "localhost:4599",
            "ftp://host",
            "http://",
            "http://a b",
            "http://host?x=1",
            "http://me:secret@host",
            "http://host:99999",
            "http://host/#top",
        ] {
            let error = wrong.parse::<EndpointUrl>().unwrap_err().to_string();
            assert!(error.contains("give an address"), "{wrong}: {error}");
        }
    }
}
