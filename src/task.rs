//! The background task pool.
