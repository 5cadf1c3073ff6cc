//! The account on a port of this machine, for any AWS client.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use super::account::Account;
use super::wire::router;

/// How long open connections may take to end once the server shuts down.
const FAREWELL: Duration = Duration::from_millis(500);

/// Why the account cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address can be reached from other machines.
    #[error(
        "'{0}' is not a loopback address: anybody who reaches it could use the simulated account; listen on 127.0.0.1 or [::1], or allow any address explicitly"
    )]
    NotLoopback(SocketAddr),
    /// The port cannot be opened.
    #[error("cannot listen on '{address}': {cause}; choose another port, or 0 for a free one")]
    Bind {
        /// The address asked for.
        address: SocketAddr,
        /// The system's words.
        cause: io::Error,
    },
    /// The listener failed.
    #[error("serving the simulated account failed: {0}")]
    Serve(#[from] io::Error),
}

/// Opens a port; other addresses than loopback need `allow_any`.
///
/// # Errors
/// [`ServeError::NotLoopback`] and [`ServeError::Bind`].
pub async fn bind(address: SocketAddr, allow_any: bool) -> Result<TcpListener, ServeError> {
    if !allow_any && !address.ip().to_canonical().is_loopback() {
        return Err(ServeError::NotLoopback(address));
    }
    TcpListener::bind(address)
        .await
        .map_err(|cause| ServeError::Bind { address, cause })
}

/// Serves the account until `shutdown` ends; calls still open then have half a second.
///
/// # Errors
/// [`ServeError::Serve`] when the listener fails.
pub async fn serve(
    listener: TcpListener,
    account: Account,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let (closing, mut closed) = watch::channel(false);
    let serving = axum::serve(listener, router(account)).with_graceful_shutdown(async move {
        shutdown.await;
        closing.send_replace(true);
    });
    let farewell = async move {
        // An error means that the server has ended by itself.
        if closed.wait_for(|closing| *closing).await.is_ok() {
            tokio::time::sleep(FAREWELL).await;
        }
    };
    tokio::select! {
        biased;
        served = serving.into_future() => served?,
        () = farewell => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_loopback_is_served_without_leave() {
        let open: SocketAddr = "0.0.0.0:0".parse().unwrap();
        let refused = bind(open, false).await.unwrap_err().to_string();
        assert!(
            refused.contains("'0.0.0.0:0' is not a loopback"),
            "{refused}"
        );
        assert!(bind("127.0.0.1:0".parse().unwrap(), false).await.is_ok());
        assert!(
            bind("[::ffff:127.0.0.1]:0".parse().unwrap(), true)
                .await
                .is_ok()
        );
    }

    #[tokio::test]
    async fn a_port_in_use_is_named() {
        let first = bind("127.0.0.1:0".parse().unwrap(), false).await.unwrap();
        let address = first.local_addr().unwrap();
        let error = bind(address, false).await.unwrap_err().to_string();
        assert!(
            error.contains(&format!("cannot listen on '{address}'")),
            "{error}"
        );
    }
}
