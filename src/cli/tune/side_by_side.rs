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
use super::planned::PlannedRun;
use super::watch;
use crate::power::{Plan, Run, RunEvent, RunId};
use crate::tuner::Tuner;

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

/// Runs the plans until they end, or until a signal makes all of them clean up and end; gives the records in the order of
/// the plans. `room` is how many invocations may be under way at once; a run that needs more is made alone.
///
/// # Errors
/// When the system gives no signals. What stands against a run is in its place.
pub(super) async fn measure(
    tuner: &Tuner,
    planned: Vec<PlannedRun>,
    room: u32,
    output: &mut Output,
) -> Result<Vec<Result<EndedRun, CommandFailure>>, CommandFailure> {
    let alone = planned.len() == 1;
    let progress = planned.iter().map(|planned| {
        let name = Some(planned.function.name.as_str()).filter(|_| !alone);
        RunProgress::new(&planned.plan, name)
    });
    let mut progress: Vec<RunProgress> = progress.collect();
    let (sender, events) = mpsc::channel(EVENTS);
    let stop = CancellationToken::new();
    let watching = watch(events, &mut progress, stop.clone(), output);
    let running = all(tuner, planned, room, sender, &stop);
    let both = async { Ok(tokio::join!(running, watching).0) };
    let runs = Box::pin(until_interrupted(stop.clone(), both)).await?;
    let ended = runs.into_iter().zip(progress).map(|(run, progress)| {
        let unsaved = progress.unsaved();
        run.map(|run| EndedRun { run, unsaved })
    });
    Ok(ended.collect())
}

async fn all(
    tuner: &Tuner,
    planned: Vec<PlannedRun>,
    room: u32,
    events: mpsc::Sender<(usize, RunEvent)>,
    stop: &CancellationToken,
) -> Vec<Result<Run, CommandFailure>> {
    let mut ended: Vec<(usize, Result<Run, CommandFailure>)> = Vec::new();
    let plans = planned.into_iter().map(|planned| planned.plan);
    let mut waiting: VecDeque<(usize, Plan)> = plans.enumerate().collect();
    let mut running = FuturesUnordered::new();
    let mut busy = 0;
    loop {
        while let Some((_, plan)) = waiting.front()
            && fits(running.len(), busy, at_once(plan), room)
            && let Some((number, plan)) = waiting.pop_front()
        {
            if stop.is_cancelled() {
                ended.push((number, Err(CommandFailure::work("it was not begun"))));
                continue;
            }
            let (needs, events) = (at_once(&plan), events.clone());
            busy += needs;
            let run = Box::pin(one(tuner, number, plan, events, stop.clone()));
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
    tuner: &Tuner,
    number: usize,
    plan: Plan,
    events: mpsc::Sender<(usize, RunEvent)>,
    stop: CancellationToken,
) -> Result<Run, CommandFailure> {
    let id = RunId::new(Timestamp::now(), rand::random());
    let (sender, mut own) = mpsc::channel(EVENTS);
    let passing_on = async {
        while let Some(event) = own.recv().await {
            events.send((number, event)).await.ok();
        }
    };
    let (run, ()) = tokio::join!(tuner.tune(id, plan, sender, stop), passing_on);
    run.map_err(CommandFailure::work)
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
