//! `iacstone simulate`.

use std::net::SocketAddr;
use std::str::FromStr;

use clap::Args;

use super::values::positive;

/// `iacstone simulate`.
#[derive(Debug, Clone, PartialEq, Args)]
#[command(after_help = "Examples:
  iacstone simulate --listen 127.0.0.1:4599 --speed 50
  iacstone simulate --fault Invoke=throttling:0.2 --seed 7
  AWS_ENDPOINT_URL=http://127.0.0.1:4599 aws lambda list-functions

The first line printed is 'listening on http://127.0.0.1:PORT'.")]
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
    /// Let an operation fail in a way at a rate from 0 to 1; may be given more than once
    #[arg(long = "fault", value_name = "OP=KIND:RATE")]
    pub faults: Vec<FaultSpec>,
    /// Kill the process after this many calls that change something
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub kill_after: Option<u64>,
}

/// An address that other machines can reach, without leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' can be reached from other machines, and the simulated account checks no signatures; listen on 127.0.0.1, or add --allow-remote"
)]
pub struct NotLoopback(SocketAddr);

impl SimulateArgs {
    /// The address to listen on.
    ///
    /// # Errors
    /// [`NotLoopback`] when other machines can reach it and `--allow-remote` is missing.
    pub fn address(&self) -> Result<SocketAddr, NotLoopback> {
        if self.listen.ip().is_loopback() || self.allow_remote {
            return Ok(self.listen);
        }
        Err(NotLoopback(self.listen))
    }
}

/// One `OP=KIND:RATE`; which operations and kinds there are is for the simulator to say.
#[derive(Debug, Clone, PartialEq)]
pub struct FaultSpec {
    /// The operation, as AWS names it: `Invoke`.
    pub operation: String,
    /// What goes wrong: `throttling`.
    pub kind: String,
    /// How often, 0 to 1.
    pub rate: f64,
}

/// Why a text is no fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("write OP=KIND:RATE with a rate from 0 to 1, such as 'Invoke=throttling:0.2'")]
pub struct FaultSpecError;

impl FromStr for FaultSpec {
    type Err = FaultSpecError;

    fn from_str(text: &str) -> Result<Self, FaultSpecError> {
        let (operation, rest) = text.split_once('=').ok_or(FaultSpecError)?;
        let (kind, rate) = rest.rsplit_once(':').ok_or(FaultSpecError)?;
        let rate: Option<f64> = rate.parse().ok();
        let rate = rate.filter(|rate| (0.0..=1.0).contains(rate));
        match rate {
            Some(rate) if !operation.is_empty() && !kind.is_empty() => Ok(Self {
                operation: operation.to_owned(),
                kind: kind.to_owned(),
                rate,
            }),
            _ => Err(FaultSpecError),
        }
    }
}
