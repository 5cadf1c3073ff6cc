//! The account under the SDK's HTTP connector: real requests, no port.

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use axum::Router;
use axum::body::Body;
use futures::{StreamExt as _, TryStreamExt as _};
use http_body::Frame;
use http_body_util::StreamBody;
use std::time::Duration;
use sync_wrapper::SyncStream;
use tower::ServiceExt as _;

use super::account::Account;
use super::wire::router;

/// An HTTP client for SDK configurations that reaches this account and nothing else.
///
/// A caller that drops its request has hung up: what was applied stays applied, a running function runs on.
#[must_use]
pub fn http_client(account: &Account) -> SharedHttpClient {
    let router = router(account.clone());
    http_client_fn(move |settings: &HttpConnectorSettings, _| {
        SharedHttpConnector::new(InProcess {
            router: router.clone(),
            read_timeout: settings.read_timeout(),
        })
    })
}

#[derive(Debug)]
struct InProcess {
    router: Router,
    read_timeout: Option<Duration>,
}

impl HttpConnector for InProcess {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let answer = answer(self.router.clone(), request);
        let limit = self.read_timeout;
        HttpConnectorFuture::new(async move {
            let Some(limit) = limit else {
                return answer.await;
            };
            let late = |cause: tokio::time::error::Elapsed| ConnectorError::timeout(cause.into());
            tokio::time::timeout(limit, answer).await.map_err(late)?
        })
    }
}

async fn answer(router: Router, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
    let request = request
        .try_into_http1x()
        .map_err(|cause| ConnectorError::user(cause.into()))?;
    let response = match router.oneshot(request.map(Body::new)).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    HttpResponse::try_from(response.map(shared)).map_err(|cause| ConnectorError::user(cause.into()))
}

/// The body as the SDK wants it: `Sync`, and safe to poll after its end.
fn shared(body: Body) -> SdkBody {
    let frames = body.into_data_stream().fuse().map_ok(Frame::data);
    SdkBody::from_body_1_x(StreamBody::new(SyncStream::new(frames)))
}
