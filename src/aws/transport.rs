//! The HTTP connection to AWS: one TLS stack, the proxy from the environment, time limits.

use std::time::Duration;

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::timeout::TimeoutConfig;

use super::error::AwsError;

/// How long a connection may take to open.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);
/// How long one read or change of the account may take in all.
pub(super) const CALL_LIMIT: Duration = Duration::from_secs(30);
/// How long the first sign of a live session may take.
pub(super) const SESSION_LIMIT: Duration = Duration::from_secs(10);
/// How long a body may stand still.
const STALL_LIMIT: Duration = Duration::from_secs(10);

/// An HTTPS client with the system's root certificates; clones share its connections.
///
/// The proxy (`HTTPS_PROXY`, `NO_PROXY`) applies to `https` endpoints only: plain `http` is the
/// instance metadata service or a simulator nearby, and neither may be asked through a proxy.
///
/// # Errors
/// [`AwsError::Setting`] when `HTTPS_PROXY` is not a URL.
pub fn https_client() -> Result<SharedHttpClient, AwsError> {
    let (trust, proxy) = (trust()?, proxy(|name| std::env::var(name).ok())?);
    Ok(
        Builder::new().build_with_connector_fn(move |settings, components| {
            let mut connector = Connector::builder().proxy_config(proxy.clone());
            connector
                .set_connector_settings(settings.cloned())
                .set_sleep_impl(components.and_then(RuntimeComponents::sleep_impl));
            connector
                .tls_provider(Provider::rustls(CryptoMode::Ring))
                .tls_context(trust.clone())
                .build()
        }),
    )
}

/// Time limits of reads and changes of the account.
pub(super) fn limits() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT_LIMIT)
        .read_timeout(CALL_LIMIT)
        .operation_timeout(CALL_LIMIT)
        .build()
}

/// Time limits of an invocation: it answers when the function is done, so only the caller knows.
pub(super) fn invoke_limits() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT_LIMIT)
        .disable_read_timeout()
        .disable_operation_timeout()
        .build()
}

/// Time limits of a live session: opening has one, listening has none.
pub(super) fn session_limits() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT_LIMIT)
        .read_timeout(SESSION_LIMIT)
        .operation_timeout(SESSION_LIMIT)
        .build()
}

/// For a live session: how long silence may last is for its listener to say, who also knows what to do then.
pub(super) fn no_stall_guard() -> StalledStreamProtectionConfig {
    StalledStreamProtectionConfig::disabled()
}

/// Ends an answer whose body stands still. Uploads are small: waiting after one is the function at work.
pub(super) fn stall_guard() -> StalledStreamProtectionConfig {
    StalledStreamProtectionConfig::enabled()
        .upload_enabled(false)
        .grace_period(STALL_LIMIT)
        .build()
}

/// The system's root certificates. A machine without any can still reach plain `http` endpoints.
fn trust() -> Result<TlsContext, AwsError> {
    let found = rustls_native_certs::load_native_certs();
    let store = if found.certs.is_empty() {
        tracing::warn!(errors = ?found.errors, "no root certificates found");
        TrustStore::empty()
    } else {
        TrustStore::empty().with_native_roots(true)
    };
    TlsContext::builder()
        .with_trust_store(store)
        .build()
        .map_err(|error| {
            AwsError::setting(
                "root certificates",
                "of the system",
                "install the package ca-certificates",
                Some(error.into()),
            )
        })
}

/// The proxy for `https` endpoints, as `curl` and the AWS CLI understand the variables.
fn proxy(variable: impl Fn(&str) -> Option<String>) -> Result<ProxyConfig, AwsError> {
    let either = |lower: &str| {
        let value = variable(lower).or_else(|| variable(&lower.to_ascii_uppercase()));
        value.filter(|value| !value.trim().is_empty())
    };
    let Some(value) = either("https_proxy") else {
        return Ok(ProxyConfig::disabled());
    };
    let url = if value.contains("://") {
        value.clone()
    } else {
        format!("http://{value}")
    };
    let proxy = ProxyConfig::https(url).map_err(|error| {
        let shown = if value.contains('@') {
            "(it holds a password)"
        } else {
            &value
        };
        let cause = Some(error.into());
        AwsError::setting(
            "HTTPS_PROXY",
            shown,
            "set it to http://host:port or unset it",
            cause,
        )
    })?;
    Ok(match either("no_proxy") {
        Some(rules) => proxy.no_proxy(rules),
        None => proxy,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &[(&str, &str)]) -> Result<ProxyConfig, AwsError> {
        proxy(|name| {
            let found = pairs.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn a_proxy_comes_from_either_spelling_with_or_without_a_scheme() {
        assert!(with(&[]).unwrap().is_disabled());
        assert!(with(&[("HTTPS_PROXY", " ")]).unwrap().is_disabled());
        assert!(
            !with(&[("https_proxy", "proxy:3128")])
                .unwrap()
                .is_disabled()
        );
        assert!(
            !with(&[("HTTPS_PROXY", "http://proxy:3128")])
                .unwrap()
                .is_disabled()
        );
        assert!(
            with(&[("HTTP_PROXY", "http://proxy:3128")])
                .unwrap()
                .is_disabled()
        );
    }

    #[test]
    fn a_proxy_that_is_no_url_is_an_error_with_the_variable_and_the_value() {
        let error = with(&[("HTTPS_PROXY", "ht tp:/x")])
            .unwrap_err()
            .to_string();
        assert!(error.contains("HTTPS_PROXY"), "{error}");
        assert!(error.contains("ht tp:/x"), "{error}");
    }
}
