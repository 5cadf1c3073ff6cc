//! `iacstone events`.

use clap::Subcommand;

use crate::power::{SampleEvent, events};

/// What to show of the sample events. Nothing is asked of an account.
#[derive(Debug, Clone, PartialEq, Subcommand)]
#[command(after_help = "Examples:
  iacstone events list
  iacstone events show sqs > event.json
  iacstone tune checkout --payload event:api-gateway-http
  aws lambda invoke --function-name checkout --cli-binary-format raw-in-base64-out \\
    --payload \"$(iacstone events show sqs)\" answer.json")]
pub enum EventsCommand {
    /// List the sample events: who sends each, whether somebody waits for the answer, and how long
    List,
    /// Print a sample event as it is sent, on standard output; what is known of its sender stands on standard error
    Show {
        /// Its name, as `iacstone events list` has it
        #[arg(value_parser = event)]
        name: &'static SampleEvent,
        /// Print it as one reads it where it is sent packed: `tune --payload` takes that too, and packs it
        #[arg(long)]
        readable: bool,
    },
}

fn event(name: &str) -> Result<&'static SampleEvent, String> {
    events::named(name)
}
