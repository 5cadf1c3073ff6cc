//! A simulated AWS account behind the real wire protocol.
