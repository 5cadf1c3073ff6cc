//! Reads of the account, and the connection they share.

use tokio::sync::OnceCell;

use super::listing::Listing;
use super::problem::failed;
use crate::aws::{AwsError, Session, SessionOptions};
use crate::effect::JobReport;
use crate::lambda::FunctionRef;
use crate::store::Store;
use crate::task::{Backoff, JobContext, retry};
use crate::tuner::{Tuner, TunerLimits};

/// The connection to the account: made on first use, so that a program without credentials still starts; tried
/// anew when it failed.
#[derive(Debug)]
pub struct Connection {
    options: SessionOptions,
    session: OnceCell<Session>,
}

impl Connection {
    /// A connection that is to be made with these options.
    #[must_use]
    pub fn new(options: SessionOptions) -> Self {
        Self {
            options,
            session: OnceCell::new(),
        }
    }

    /// The session.
    ///
    /// # Errors
    /// When there are no usable credentials, no region, or no way to speak TLS.
    pub async fn session(&self) -> Result<&Session, AwsError> {
        self.session
            .get_or_try_init(|| Session::connect(self.options.clone()))
            .await
    }

    /// The session of the region that a function is in: an ARN names it, and else it is that of [`Self::session`].
    ///
    /// # Errors
    /// Those of [`Self::session`].
    pub async fn session_of(&self, function: &FunctionRef) -> Result<Session, AwsError> {
        let Some(region) = function.region() else {
            return self.session().await.cloned();
        };
        match self.session().await {
            Ok(session) if session.region() == region => return Ok(session.clone()),
            Ok(_) | Err(AwsError::NoRegion { .. }) => {}
            Err(error) => return Err(error),
        }
        let options = SessionOptions {
            region: Some(region.to_owned()),
            ..self.options.clone()
        };
        Session::connect(options).await
    }

    /// A tuner for the account that keeps its runs in `store`.
    ///
    /// # Errors
    /// Those of [`Self::session`].
    pub async fn tuner(&self, store: &Store) -> Result<Tuner, AwsError> {
        Ok(tuner(self.session().await?, store))
    }

    /// The same in the region that a function is in.
    ///
    /// # Errors
    /// Those of [`Self::session`].
    pub async fn tuner_of(&self, function: &FunctionRef, store: &Store) -> Result<Tuner, AwsError> {
        Ok(tuner(&self.session_of(function).await?, store))
    }
}

fn tuner(session: &Session, store: &Store) -> Tuner {
    Tuner {
        lambda: session.lambda(),
        logs: session.logs(),
        store: store.clone(),
        region: session.region().to_owned(),
        endpoint: session.endpoint().map(str::to_owned),
        limits: TunerLimits::default(),
    }
}

/// Asks who the credentials are.
pub(super) async fn identify(connection: &Connection) -> JobReport {
    let identified = async {
        let session = connection.session().await?;
        let identity = retry(Backoff::READS, AwsError::is_transient, || {
            session.identity()
        })
        .await?;
        let region = session.region().to_owned();
        Ok::<_, AwsError>(JobReport::Identified(identity, region))
    };
    identified.await.unwrap_or_else(failed)
}

/// Lists the functions, a report per page.
pub(super) async fn list_functions(
    connection: &Connection,
    context: &JobContext<JobReport>,
) -> JobReport {
    let listing = async {
        let lambda = connection.session().await?.lambda();
        let mut listing = Listing::new(&lambda);
        while let Some(functions) = listing.page().await? {
            context.report(JobReport::Functions(functions)).await;
        }
        Ok::<_, AwsError>(JobReport::Done)
    };
    listing.await.unwrap_or_else(failed)
}

/// Reads one function's configuration.
pub(super) async fn describe(connection: &Connection, function: &FunctionRef) -> JobReport {
    let described = async {
        let lambda = connection.session_of(function).await?.lambda();
        retry(Backoff::READS, AwsError::is_transient, || {
            lambda.configuration(function)
        })
        .await
    };
    described
        .await
        .map_or_else(failed, |function| JobReport::Described(Box::new(function)))
}
