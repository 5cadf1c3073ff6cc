//! One request on the wire, taken apart: the operation it asks for, and what it brings.

use std::collections::HashMap;

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::account::Account;
use super::arn::NamedFunction;
use super::errors::ApiError;
use super::faults::Fault;
use super::operation::OperationTarget;

/// The largest body that is read, in bytes; operations have limits of their own below it.
const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// One request, taken apart.
#[derive(Debug)]
pub(super) struct WireRequest {
    pub(super) target: OperationTarget,
    pub(super) query: HashMap<String, String>,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) request_id: String,
    /// What goes wrong with it.
    pub(super) fault: Option<Fault>,
}

impl WireRequest {
    /// Takes a request apart and finds the operation it asks for.
    pub(super) async fn read(parts: Parts, body: Body, request_id: &str) -> Result<Self, ApiError> {
        let body = axum::body::to_bytes(body, LARGEST_BODY)
            .await
            .map_err(|cause| {
                let message = format!("The request body could not be read: {cause}");
                ApiError::new(
                    StatusCode::PAYLOAD_TOO_LARGE,
                    "RequestTooLargeException",
                    message,
                )
            })?;
        let path = parts.uri.path();
        let target = OperationTarget::of(&parts.method, path, &parts.headers).ok_or_else(|| {
            let message = OperationTarget::unknown(&parts.method, path, &parts.headers);
            ApiError::new(StatusCode::NOT_FOUND, "UnknownOperationException", message)
        })?;
        let query = axum::extract::Query::try_from_uri(&parts.uri)
            .map_err(|cause| ApiError::invalid(format!("The query could not be read: {cause}")))?;
        Ok(Self {
            target,
            query: query.0,
            headers: parts.headers,
            body,
            request_id: request_id.to_owned(),
            fault: None,
        })
    }

    /// The function the call names, in the path and the query.
    pub(super) fn named(&self, account: &Account) -> Result<NamedFunction, ApiError> {
        let qualifier = self.query.get("Qualifier").map(String::as_str);
        let place = account.place();
        place.resolve(&self.target.function, qualifier)
    }

    /// A header as text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The body as JSON; an empty one counts as `{}`.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        let body: &[u8] = if self.body.is_empty() {
            b"{}"
        } else {
            &self.body
        };
        serde_json::from_slice(body)
            .map_err(|cause| ApiError::unreadable_body("SerializationException", &cause))
    }
}
