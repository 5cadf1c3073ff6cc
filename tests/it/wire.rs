//! The AWS client at the wire: the same checks against every account that answers, and hostile answers.

mod hostile;
mod moto;
pub(crate) mod suite;
