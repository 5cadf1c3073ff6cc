//! Encryption: rustls with ring and the system's certificates, the same as for AWS.

use std::sync::Arc;

use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};

use super::FeedError;

/// What connections are encrypted with. A system without certificates reads no https feed, and still files and http.
pub(super) fn configuration() -> Result<ClientConfig, FeedError> {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    for error in found.errors {
        tracing::warn!(%error, "certificates of the system cannot be read");
    }
    let (_, unusable) = roots.add_parsable_certificates(found.certs);
    if unusable > 0 {
        tracing::debug!(unusable, "certificates of the system were passed over");
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| FeedError::internal(&error))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
