//! The right to an open session; there are few, and dropping one gives it back.

use super::super::super::account::Account;
use super::super::super::errors::ApiError;
use super::super::errors::limit_exceeded;

/// The most sessions of an account at a time.
const SEATS: u32 = 15;

/// An open session.
#[derive(Debug)]
pub(in crate::simulator::logs) struct SessionPermit {
    account: Account,
}

impl SessionPermit {
    /// Takes a permit, if one is free.
    pub(in crate::simulator::logs) fn take(account: &Account) -> Result<Self, ApiError> {
        let mut state = account.state();
        if state.logs.sessions >= SEATS {
            return Err(limit_exceeded(
                "The maximum number of concurrent Live Tail sessions has been reached.",
            ));
        }
        state.logs.sessions += 1;
        drop(state);
        Ok(Self {
            account: account.clone(),
        })
    }

    pub(super) fn account(&self) -> &Account {
        &self.account
    }
}

impl Drop for SessionPermit {
    fn drop(&mut self) {
        let mut state = self.account.state();
        state.logs.sessions = state.logs.sessions.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::AccountOptions;

    #[test]
    fn fifteen_sessions_fit_and_one_that_ends_makes_room() {
        let account = Account::empty(AccountOptions::default());
        let mut permits: Vec<SessionPermit> = (0..15)
            .map(|_| SessionPermit::take(&account).unwrap())
            .collect();
        let error = SessionPermit::take(&account).unwrap_err();
        assert_eq!(error.code, "LimitExceededException");
        permits.pop();
        assert!(SessionPermit::take(&account).is_ok());
        drop(permits);
        assert_eq!(account.live_sessions(), 0);
    }
}
