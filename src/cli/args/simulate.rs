//! `iacstone simulate`.

use std::net::SocketAddr;

use clap::Args;

use crate::config::positive;
use crate::simulator::Faults;

/// `iacstone simulate`.
#[derive(Debug, Clone, PartialEq, Args)]
#[command(after_help = "Examples:
  iacstone simulate --listen 127.0.0.1:4599 --speed 50
  iacstone simulate --fault Invoke=throttle:0.2 --seed 7
  iacstone simulate --fault StartLiveTail=silence:30:x1 --fault PutLogEvents=late:120:0.01
  AWS_ENDPOINT_URL=http://127.0.0.1:4599 aws lambda list-functions

The first line printed is 'listening on http://127.0.0.1:PORT'. Answers name the region that
a request is signed for, or that of --region.

Live Tail puts 'stream-' before the host, and this one has no such name. To leave that out:
  boto3       Config(inject_host_prefix=False)
  JavaScript  new CloudWatchLogsClient({ disableHostPrefix: true, … })
  AWS CLI     AWS_DISABLE_HOST_PREFIX_INJECTION=true aws logs start-live-tail …")]
pub struct SimulateArgs {
    /// Listen here; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
    /// Allow an address that other machines can reach
    #[arg(long)]
    pub allow_remote: bool,
    /// Draw the same numbers on every start
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Let the account's time pass this many times faster
    #[arg(long, value_name = "X", value_parser = positive, default_value = "1")]
    pub speed: f64,
    /// Let an operation ('*' for all) fail in a way, at a rate from 0 to 1 or for the first N calls (xN)
    #[arg(long = "fault", value_name = "OP=KIND[:RATE]")]
    pub faults: Vec<Faults>,
    /// Apply the N-th call that changes something, but never answer it: where a client that dies there leaves things
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub kill_after: Option<u32>,
}
