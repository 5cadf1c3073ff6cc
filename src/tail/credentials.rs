//! Calls that wait for other credentials.

use std::time::Duration;

use rand::rngs::StdRng;

use crate::aws::AwsError;
use crate::clock::Now;
use crate::task::Backoff;

/// Pauses between attempts at new credentials.
const RENEWALS: Backoff = Backoff::new(Duration::from_secs(4), Duration::from_secs(15), u32::MAX);

/// Whether credentials hold up the calls.
#[derive(Debug, Default)]
pub(super) struct CredentialsHold(Option<InvalidCredentials>);

/// Credentials that do not work.
#[derive(Debug)]
struct InvalidCredentials {
    /// What the user should do.
    sentence: String,
    /// How often new ones did not work either.
    attempts: u32,
    renewal: Renewal,
}

/// What is done about new credentials.
#[derive(Debug)]
enum Renewal {
    /// They are looked for at this time.
    Due(Duration),
    /// They are looked for.
    UnderWay,
    /// Calls are tried again to see if they work now.
    Trying,
}

impl CredentialsHold {
    /// Whether calls are pointless until there are other credentials.
    pub(super) fn holds_up(&self) -> bool {
        let invalid = self.0.as_ref();
        invalid.is_some_and(|invalid| !matches!(invalid.renewal, Renewal::Trying))
    }

    /// What the user should do.
    pub(super) fn sentence(&self) -> Option<&str> {
        let invalid = self.0.as_ref()?;
        Some(&invalid.sentence)
    }

    /// Credentials that do not work hold up every call until there are others.
    pub(super) fn heed(&mut self, error: &AwsError, now: Now, rng: &mut StdRng) {
        if !is_about_credentials(error) || self.holds_up() {
            return;
        }
        let attempts = self.0.as_ref().map_or(0, |invalid| invalid.attempts + 1);
        self.0 = Some(InvalidCredentials {
            sentence: error.to_string(),
            attempts,
            renewal: Renewal::due(attempts, now, rng),
        });
    }

    /// Looks for other credentials when it is time for that; true when that is to be done.
    pub(super) fn look(&mut self, now: Now) -> bool {
        let is_due =
            |it: &&mut InvalidCredentials| matches!(it.renewal, Renewal::Due(at) if now.at >= at);
        let due = self.0.as_mut().filter(is_due);
        due.map(|invalid| invalid.renewal = Renewal::UnderWay)
            .is_some()
    }

    /// Takes what became of the look for other credentials.
    pub(super) fn take(&mut self, renewed: Result<(), AwsError>, now: Now, rng: &mut StdRng) {
        let Some(invalid) = &mut self.0 else { return };
        match renewed {
            // Whether they work, the next call shows.
            Ok(()) => invalid.renewal = Renewal::Trying,
            Err(error) => {
                invalid.sentence = error.to_string();
                invalid.renewal = Renewal::due(invalid.attempts, now, rng);
                invalid.attempts += 1;
            }
        }
    }

    /// A call succeeded.
    pub(super) fn release(&mut self) {
        if !self.holds_up() {
            self.0 = None;
        }
    }
}

impl Renewal {
    fn due(attempts: u32, now: Now, rng: &mut StdRng) -> Self {
        Self::Due(now.at + RENEWALS.delay(attempts, rng))
    }
}

/// Whether other credentials are what helps.
pub(super) const fn is_about_credentials(error: &AwsError) -> bool {
    matches!(
        error,
        AwsError::Expired(_) | AwsError::NoCredentials(_) | AwsError::BadCredentials(_)
    )
}
