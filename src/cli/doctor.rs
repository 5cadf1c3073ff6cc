//! `iacstone doctor`: what is there, what is missing, and how to mend it.

use super::office::Office;
use super::output::Output;
use super::{Answer, Failure};

pub(super) async fn run(office: &Office, output: &mut Output) -> Result<Answer, Failure> {
    office.needs_network("doctor")?;
    output.note("");
    Ok(Answer::Done)
}
