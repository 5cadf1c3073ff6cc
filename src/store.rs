//! The user's data: runs and the tuning journal, in SQLite.
