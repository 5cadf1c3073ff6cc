//! The right to an open session; there are few, and dropping one gives it back.

use super::super::super::account::Account;
use super::super::super::errors::ApiError;
use super::super::answer::limit_exceeded;

/// The most sessions of an account at a time.
const SEATS: u32 = 15;

/// An open session.
#[derive(Debug)]
pub(in crate::simulator::logs) struct Seat {
    account: Account,
}

impl Seat {
    /// Takes a seat, if one is free.
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

impl Drop for Seat {
    fn drop(&mut self) {
        let mut state = self.account.state();
        state.logs.sessions = state.logs.sessions.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::Options;

    #[test]
    fn fifteen_sessions_fit_and_one_that_ends_makes_room() {
        let account = Account::empty(Options::default());
        let mut seats: Vec<Seat> = (0..15).map(|_| Seat::take(&account).unwrap()).collect();
        let error = Seat::take(&account).unwrap_err();
        assert_eq!(error.code, "LimitExceededException");
        seats.pop();
        assert!(Seat::take(&account).is_ok());
        drop(seats);
        assert_eq!(account.live_sessions(), 0);
    }
}
