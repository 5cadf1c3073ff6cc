//! The way from a program to the account: takes time, loses things, and keeps what was sent when the program dies.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use axum::Router;
use axum::body::{Body, Bytes};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Response;
use tokio::sync::{oneshot, watch};
use tower::ServiceExt as _;

use super::super::Steps;
use super::call::{Call, Operation};
use super::ledger::{Knows, Ledger};
use super::troubles::Mishap;
use super::weather::Weather;

/// How long a call takes each way, at most, in milliseconds.
const USUAL_MS: u64 = 30;

/// The world between programs and the account.
#[derive(Debug)]
pub(crate) struct Between {
    pub(crate) router: Router,
    pub(crate) weather: Weather,
    pub(crate) ledger: Ledger,
    pub(crate) steps: Steps,
}

/// The wire of one program.
#[derive(Debug, Clone)]
pub(crate) struct Wire {
    between: Arc<Between>,
    /// Who calls, in the steps; the run whose invocations these are.
    run: String,
    /// The calls made so far.
    calls: watch::Sender<u64>,
}

impl Wire {
    /// A wire for one run of the program; `calls` counts.
    pub(crate) fn new(between: &Arc<Between>, run: &str, calls: watch::Sender<u64>) -> Self {
        Self {
            between: Arc::clone(between),
            run: run.to_owned(),
            calls,
        }
    }

    /// The client the SDK speaks through.
    pub(crate) fn client(&self) -> SharedHttpClient {
        let wire = self.clone();
        http_client_fn(move |_: &HttpConnectorSettings, _| SharedHttpConnector::new(wire.clone()))
    }

    async fn carry(self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let call = Call::of(&request);
        let Between {
            weather,
            ledger,
            steps,
            ..
        } = &*self.between;
        let mishap = weather.mishap(call.operation);
        let place = (call.operation == Operation::Invoke)
            .then(|| ledger.sends(&self.run, &call.qualifier, &call.body));
        let tells = |what| {
            if let Some(place) = place {
                ledger.tells(place, what);
            }
        };
        self.calls.send_modify(|calls| *calls += 1);
        let meets = mishap.map(|it| format!(" [{it}]")).unwrap_or_default();
        steps.note(format_args!("{} > {call}{meets}", self.run));
        let up = weather.usually(USUAL_MS);
        let down = weather.usually(USUAL_MS);
        match mishap {
            Some(Mishap::Refused) => {
                tokio::time::sleep(up).await;
                tells(Knows::NotRun);
                return Err(broken(io::ErrorKind::ConnectionRefused));
            }
            Some(Mishap::Broken) => {
                tokio::time::sleep(up).await;
                return Err(broken(io::ErrorKind::ConnectionReset));
            }
            Some(mishap @ (Mishap::Throttled | Mishap::Failed | Mishap::Expired)) => {
                tokio::time::sleep(up + down).await;
                if mishap != Mishap::Failed {
                    tells(Knows::NotRun);
                }
                return Ok(refusal(mishap));
            }
            _ => {}
        }
        let (late_up, late_down) = match mishap {
            Some(Mishap::Queued(by)) => (by, Duration::ZERO),
            Some(Mishap::Late(by)) => (Duration::ZERO, by),
            _ => (Duration::ZERO, Duration::ZERO),
        };
        let served = self.serve(request, up + late_up, place);
        let Ok((parts, body)) = served.await else {
            return Err(broken(io::ErrorKind::ConnectionReset));
        };
        tokio::time::sleep(down + late_down).await;
        match mishap {
            Some(Mishap::Lost) => return Err(broken(io::ErrorKind::ConnectionReset)),
            Some(Mishap::FailedAfter) => return Ok(refusal(Mishap::Failed)),
            _ => {}
        }
        let answered = parts.status.as_u16();
        tells(match answered {
            200..300 => Knows::Result,
            400..500 => Knows::NotRun,
            _ => Knows::Nothing,
        });
        steps.note(format_args!(
            "{} < {:?} {answered}",
            self.run, call.operation
        ));
        let response = Response::from_parts(parts, SdkBody::from(body));
        HttpResponse::try_from(response).map_err(|cause| ConnectorError::user(cause.into()))
    }

    /// Has the account serve it after a while, whether or not anybody waits for the answer by then.
    fn serve(
        &self,
        request: HttpRequest,
        after: Duration,
        place: Option<usize>,
    ) -> oneshot::Receiver<(http::response::Parts, Bytes)> {
        let (answer, answered) = oneshot::channel();
        let between = Arc::clone(&self.between);
        tokio::spawn(async move {
            tokio::time::sleep(after).await;
            let request = request.try_into_http1x().expect("a request");
            let request = request.map(Body::new);
            let response = between.router.clone().oneshot(request).await;
            let (parts, body) = response.expect("an answer").into_parts();
            let body = axum::body::to_bytes(body, usize::MAX)
                .await
                .expect("a body");
            let log = parts.headers.get("x-amz-log-result");
            if let (Some(place), Some(log)) = (place, log) {
                let log = STANDARD.decode(log).expect("base64");
                between.ledger.ran(place, &String::from_utf8_lossy(&log));
            }
            answer.send((parts, body)).ok();
        });
        answered
    }
}

impl HttpConnector for Wire {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new_boxed(Box::pin(self.clone().carry(request)))
    }
}

fn broken(kind: io::ErrorKind) -> ConnectorError {
    ConnectorError::io(io::Error::new(kind, "the storm").into())
}

/// What AWS says when it does not carry out a call.
fn refusal(mishap: Mishap) -> HttpResponse {
    let (status, kind, words) = match mishap {
        Mishap::Throttled => (429, "TooManyRequestsException", "Rate exceeded"),
        Mishap::Expired => (
            403,
            "ExpiredTokenException",
            "The security token included in the request is expired",
        ),
        _ => (500, "ServiceException", "The storm."),
    };
    let body = format!(r#"{{"Type":"User","Message":"{words}"}}"#);
    let response = Response::builder()
        .status(status)
        .header("x-amzn-errortype", kind)
        .header("content-type", "application/json")
        .body(SdkBody::from(body));
    HttpResponse::try_from(response.expect("a response")).expect("a response")
}
