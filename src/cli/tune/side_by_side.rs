//! Runs side by side: as many at once as there is room for, all ended cleanly by one signal.

use std::collections::VecDeque;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::super::CommandFailure;
use super::super::interrupt::until_interrupted;
use super::super::output::Output;
use super::super::progress::RunProgress;
use super::doubt;
use super::planned::PlannedRun;
use crate::power::{Plan, Run, RunEvent, RunId};
use crate::tuner;

/// Events that may wait to be shown.
const EVENTS: usize = 64;

/// So many runs are made at once at most: Lambda takes few changes of functions a second.
const MOST_AT_ONCE: usize = 10;

/// A run that was made.
#[derive(Debug)]
pub(super) struct EndedRun {
    /// Its record.
    pub(super) run: Run,
    /// Why it could not be saved, if it could not.
    pub(super) unsaved: Option<String>,
}

/// Makes one run, until it ends or a signal makes it clean up and end.
///
/// # Errors
/// What stands against it; or the system gives no signals.
pub(super) async fn measure_one(
    planned: PlannedRun,
    output: &mut Output,
) -> Result<EndedRun, CommandFailure> {
    let (mut ended, _) = run_all(vec![planned], u32::MAX, false, output).await?;
    only(&mut ended)
}

/// The same; the run ends too when its first answer is doubted, and whether it was is told beside.
///
/// # Errors
/// As [`measure_one`].
pub(super) async fn measure_asking(
    planned: PlannedRun,
    output: &mut Output,
) -> Result<(EndedRun, bool), CommandFailure> {
    let (mut ended, is_doubted) = run_all(vec![planned], u32::MAX, true, output).await?;
    Ok((only(&mut ended)?, is_doubted))
}

fn only(ended: &mut Vec<Result<EndedRun, CommandFailure>>) -> Result<EndedRun, CommandFailure> {
    let last = ended.pop();
    last.unwrap_or_else(|| Err(CommandFailure::work("no run was made")))
}

/// Makes the runs until they end, or until a signal makes all of them clean up and end; gives the records in the order of
/// the plans. `room` is how many invocations may be under way at once; a run that needs more is made alone.
///
/// # Errors
/// When the system gives no signals. What stands against a run is in its place.
pub(super) async fn measure(
    planned: Vec<PlannedRun>,
    room: u32,
    output: &mut Output,
) -> Result<Vec<Result<EndedRun, CommandFailure>>, CommandFailure> {
    Ok(run_all(planned, room, false, output).await?.0)
}

async fn run_all(
    planned: Vec<PlannedRun>,
    room: u32,
    asks: bool,
    output: &mut Output,
) -> Result<(Vec<Result<EndedRun, CommandFailure>>, bool), CommandFailure> {
    let alone = planned.len() == 1;
    let progress = planned.iter().map(|planned| {
        let name = Some(planned.function.name.as_str()).filter(|_| !alone);
        RunProgress::new(&planned.plan, name)
    });
    let mut progress: Vec<RunProgress> = progress.collect();
    let (sender, events) = mpsc::channel(EVENTS);
    let stop = CancellationToken::new();
    let watching = watch(events, &mut progress, asks, stop.clone(), output);
    let running = all(planned, room, sender, &stop);
    let both = async { Ok(tokio::join!(running, watching)) };
    let (runs, is_doubted) = Box::pin(until_interrupted(stop.clone(), both)).await?;
    let ended = runs.into_iter().zip(progress).map(|(run, progress)| {
        let unsaved = progress.unsaved();
        run.map(|run| EndedRun { run, unsaved })
    });
    Ok((ended.collect(), is_doubted))
}

/// Tells what the runs do, each by its number, until all have ended. When somebody is to be asked about a doubted answer,
/// that stops them; says whether it did.
async fn watch(
    mut events: mpsc::Receiver<(usize, RunEvent)>,
    progress: &mut [RunProgress],
    asks: bool,
    stop: CancellationToken,
    output: &mut Output,
) -> bool {
    let (mut stopping, mut is_doubted) = (false, false);
    loop {
        tokio::select! {
            event = events.recv() => match event {
                Some((number, event)) => {
                    if let Some(progress) = progress.get_mut(number) {
                        progress.hear(&event, output);
                    }
                    if asks && doubt::is_raised_by(&event) {
                        (stopping, is_doubted) = (true, true);
                        stop.cancel();
                    }
                }
                None => return is_doubted,
            },
            () = stop.cancelled(), if !stopping => {
                stopping = true;
                output.note(match progress.len() {
                    1 => "Stopping: the function is restored and the run's versions are deleted first.",
                    _ => "Stopping: each function is restored and the versions of its run are deleted first.",
                });
            }
        }
    }
}

async fn all(
    planned: Vec<PlannedRun>,
    room: u32,
    events: mpsc::Sender<(usize, RunEvent)>,
    stop: &CancellationToken,
) -> Vec<Result<Run, CommandFailure>> {
    let mut ended: Vec<(usize, Result<Run, CommandFailure>)> = Vec::new();
    let mut waiting: VecDeque<(usize, PlannedRun)> = planned.into_iter().enumerate().collect();
    let mut running = FuturesUnordered::new();
    let mut busy = 0;
    loop {
        while let Some((_, planned)) = waiting.front()
            && fits(running.len(), busy, at_once(&planned.plan), room)
            && let Some((number, planned)) = waiting.pop_front()
        {
            if stop.is_cancelled() {
                ended.push((number, Err(CommandFailure::work("it was not begun"))));
                continue;
            }
            let (needs, events) = (at_once(&planned.plan), events.clone());
            busy += needs;
            let run = Box::pin(one(number, planned, events, stop.clone()));
            running.push(async move { (number, needs, run.await) });
        }
        let Some((number, needs, run)) = running.next().await else {
            break;
        };
        busy -= needs;
        ended.push((number, run));
    }
    ended.sort_unstable_by_key(|(number, _)| *number);
    ended.into_iter().map(|(_, run)| run).collect()
}

/// Whether one more run may begin, beside so many that take so many invocations at once.
fn fits(running: usize, busy: u64, needs: u64, room: u32) -> bool {
    running == 0 || (running < MOST_AT_ONCE && busy + needs <= u64::from(room))
}

/// How many invocations of a run are under way at once, at most.
fn at_once(plan: &Plan) -> u64 {
    plan.sizes.len() as u64 * u64::from(plan.sampling.environments.max(1))
}

async fn one(
    number: usize,
    planned: PlannedRun,
    events: mpsc::Sender<(usize, RunEvent)>,
    stop: CancellationToken,
) -> Result<Run, CommandFailure> {
    let (sender, mut own) = mpsc::channel(EVENTS);
    let passing_on = async {
        while let Some(event) = own.recv().await {
            events.send((number, event)).await.ok();
        }
    };
    let PlannedRun {
        tuner,
        plan,
        resumed,
        ..
    } = planned;
    let running = async {
        match resumed {
            None => {
                let id = RunId::new(Timestamp::now(), rand::random());
                tuner.tune(id, plan, sender, stop).await
            }
            Some(resumption) => tuner.resume(&resumption, sender, stop).await,
        }
    };
    let (run, ()) = tokio::join!(running, passing_on);
    run.map_err(failure)
}

fn failure(error: tuner::Error) -> CommandFailure {
    match error {
        tuner::Error::Resume(error) if error.is_of_usage() => CommandFailure::usage(error),
        error => CommandFailure::work(error),
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn runs_begin_while_there_is_room() {
        assert!(fits(0, 0, 5000, 100), "a large one is made alone");
        assert!(fits(1, 40, 60, 100));
        assert!(!fits(1, 41, 60, 100));
        assert!(!fits(10, 10, 1, 1000));
    }
}
