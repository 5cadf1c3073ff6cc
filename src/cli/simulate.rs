//! `iacstone simulate`: the simulated account on a port, for any AWS client.

use tokio_util::sync::CancellationToken;

use super::args::SimulateArgs;
use super::interrupt::until_interrupted;
use super::output::Output;
use super::{CommandExit, CommandFailure};
use crate::simulator::{self, Account, AccountOptions, Faults, ServeError};

/// Serves until a signal comes.
///
/// # Errors
/// Exit code 2 for an address that other machines can reach, 1 when the port cannot be opened.
pub(super) async fn run(
    args: &SimulateArgs,
    region: Option<String>,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let account = Account::new(options(args, region));
    let listener = simulator::bind(args.listen, args.allow_remote)
        .await
        .map_err(explained)?;
    let address = listener.local_addr().map_err(CommandFailure::work)?;
    let stop = CancellationToken::new();
    let stopped = stop.clone().cancelled_owned();
    let serving = simulator::serve(listener, account.clone(), stopped);
    until_interrupted(stop, async {
        output.data(&format!("listening on http://{address}\n"))?;
        tokio::select! {
            served = serving => served.map_err(explained)?,
            never = remarks(&account, args.kill_after, output) => match never {},
        }
        Ok(CommandExit::Done)
    })
    .await
}

/// With a region on the command line every request is answered from there, else from the region it is signed for.
fn options(args: &SimulateArgs, region: Option<String>) -> AccountOptions {
    let usual = AccountOptions::default();
    AccountOptions {
        keeps_region: region.is_some(),
        region: region.unwrap_or(usual.region),
        seed: args.seed.unwrap_or(usual.seed),
        speed: args.speed,
        faults: args
            .faults
            .iter()
            .cloned()
            .fold(Faults::default(), Faults::and),
        kill_after: args.kill_after,
        ..usual
    }
}

/// Says what the user should know, as it happens; never ends.
async fn remarks(
    account: &Account,
    kill_after: Option<u32>,
    output: &mut Output,
) -> std::convert::Infallible {
    let (mut killed, mut warned) = (false, false);
    loop {
        tokio::select! {
            () = account.kill_point(), if !killed => {
                let calls = kill_after.unwrap_or_default();
                output.note(format!("kill point reached after {calls} mutating calls"));
                killed = true;
            }
            () = account.real_credential(), if !warned => {
                output.note(
                    "a client sent an access key that looks real: signatures are not checked here, any key will do",
                );
                warned = true;
            }
            else => std::future::pending().await,
        }
    }
}

fn explained(error: ServeError) -> CommandFailure {
    match error {
        ServeError::NotLoopback(_) => CommandFailure::usage(format!("{error} with --allow-remote")),
        error => CommandFailure::work(error),
    }
}
