//! A loopback server that gives every request the same bytes, right or wrong.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

use iacstone::aws::{AwsError, LambdaClient, Session, SessionOptions, https_client};
use iacstone::lambda::FunctionRef;

/// A loopback server that gives every request the same bytes.
pub(super) struct Server {
    pub(super) endpoint: String,
    /// What was asked, in order.
    pub(super) requests: Receiver<String>,
}

impl Server {
    /// Serves these bytes and closes; `None` never answers.
    pub(super) fn saying(answer: Option<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let (seen, requests) = channel();
        std::thread::spawn(move || {
            let mut silent = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                if seen.send(read_request(&mut stream)).is_err() {
                    return;
                }
                match &answer {
                    Some(answer) => stream.write_all(answer.as_bytes()).unwrap(),
                    None => silent.push(stream),
                }
            }
        });
        Self { endpoint, requests }
    }

    /// Serves an error as AWS's REST JSON protocol words it.
    pub(super) fn refusing(status: u16, code: &str, message: &str) -> Self {
        let body = serde_json::json!({"Type": "User", "Message": message}).to_string();
        Self::saying(Some(response(
            status,
            &format!("x-amzn-errortype: {code}\r\n"),
            &body,
        )))
    }

    pub(super) async fn session(&self) -> Session {
        session(&self.endpoint).await
    }

    pub(super) async fn lambda(&self) -> LambdaClient {
        self.session().await.lambda()
    }

    /// The error of a read, after checking that it was asked for once.
    pub(super) async fn read_error(&self) -> AwsError {
        let lambda = self.lambda().await;
        let error = lambda.configuration(&busy()).await.unwrap_err();
        assert_eq!(self.requests.try_iter().count(), 1, "asked twice: {error}");
        let text = error.to_string();
        assert!(
            text.contains("GetFunctionConfiguration of 'busy'"),
            "{text}"
        );
        assert!(!text.chars().any(char::is_control), "{text:?}");
        error
    }
}

fn read_request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let read = stream.read(&mut piece).unwrap_or(0);
        request.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&request).into_owned();
        if read == 0 || is_whole(&text) {
            return text;
        }
    }
}

fn is_whole(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, length)| length.parse().unwrap());
    body.len() >= length
}

pub(super) fn response(status: u16, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n{body}"
    )
}

pub(super) async fn session(endpoint: &str) -> Session {
    let options = SessionOptions {
        endpoint_url: Some(endpoint.to_owned()),
        http: Some(https_client().unwrap()),
        ..SessionOptions::default()
    };
    Session::connect(options).await.unwrap()
}

pub(super) fn busy() -> FunctionRef {
    FunctionRef::parse("busy").unwrap()
}
