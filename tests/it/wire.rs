//! The AWS client at the wire: the same checks against every account that answers, and odd answers.

mod answers;
mod chain;
mod hostile;
mod moto;
mod server;
mod simulated;
pub(crate) mod suite;
