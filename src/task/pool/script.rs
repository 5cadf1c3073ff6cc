//! A scripted worker, and a bench that runs it and reads the inbox.

use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, sleep};

use super::Pool;
use crate::task::{JobContext, JobEnding, JobLimits, Rules, TaskId, TaskKind, Worker};

pub(super) const SECOND: Duration = Duration::from_secs(1);
const LIMITS: JobLimits = JobLimits {
    account: 2,
    logs: 1,
    tuning: 1,
    store: 1,
    feeds: 1,
    browser: 1,
    editor: 1,
    files: 1,
};

/// What a job of these tests does; each begins with a report, but for the ones that panic at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Act {
    Sleep(Duration),
    SleepThenPanic(Duration),
    PanicAtOnce,
    /// Waits for its token, then sleeps this long to tidy up.
    TidyUp(Duration),
    /// Makes this many reports.
    Chatter(u32),
    /// Panics when it is dropped before its end.
    PanicInDrop,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct ScriptJob {
    pub(super) act: Act,
    pub(super) rules: Rules,
}

impl ScriptJob {
    pub(super) const fn plain(act: Act) -> Self {
        let rules = Rules {
            kind: TaskKind::Store,
            time_limit: None,
            ending: JobEnding::Abort,
        };
        Self { act, rules }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    Began,
    Line(u32),
    Tidied,
    Done,
    Cancelled,
    TimedOut(Duration),
    Panicked(String),
}

pub(super) struct Script;

impl Worker for Script {
    type Job = ScriptJob;
    type Report = Said;

    fn rules(&self, job: &ScriptJob) -> Rules {
        job.rules
    }

    fn run(&self, job: ScriptJob, context: JobContext<Said>) -> BoxFuture<'static, Said> {
        assert!(job.act != Act::PanicAtOnce, "at once");
        play(job.act, context).boxed()
    }

    fn cancelled(&self) -> Said {
        Said::Cancelled
    }

    fn timed_out(&self, limit: Duration) -> Said {
        Said::TimedOut(limit)
    }

    fn panicked(&self, message: &str) -> Said {
        Said::Panicked(message.to_owned())
    }
}

async fn play(act: Act, context: JobContext<Said>) -> Said {
    context.report(Said::Began).await;
    match act {
        Act::Sleep(time) => sleep(time).await,
        Act::SleepThenPanic(time) => {
            sleep(time).await;
            panic!("after {} s", time.as_secs());
        }
        Act::TidyUp(time) => {
            context.cancelled().await;
            assert!(context.is_cancelled() && context.cancellation().is_cancelled());
            sleep(time).await;
            return Said::Tidied;
        }
        Act::Chatter(lines) => {
            for line in 0..lines {
                context.report(Said::Line(line)).await;
            }
        }
        Act::PanicInDrop => {
            let _trap = Trap;
            std::future::pending::<()>().await;
        }
        Act::PanicAtOnce => unreachable!("refused by run"),
    }
    Said::Done
}

struct Trap;

impl Drop for Trap {
    fn drop(&mut self) {
        panic!("in drop");
    }
}

pub(super) struct Bench {
    pub(super) pool: Pool<Script>,
    pub(super) inbox: Receiver<(TaskId, Said)>,
    pub(super) since: Instant,
    pub(super) next: u64,
}

impl Bench {
    pub(super) fn new() -> Self {
        let (pool, inbox) = Pool::new(Script, LIMITS);
        Self {
            pool,
            inbox,
            since: Instant::now(),
            next: 1,
        }
    }

    pub(super) fn spawn(&mut self, kind: TaskKind, ending: JobEnding, act: Act) -> TaskId {
        self.spawn_limited(kind, ending, act, None)
    }

    pub(super) fn spawn_limited(
        &mut self,
        kind: TaskKind,
        ending: JobEnding,
        act: Act,
        time_limit: Option<Duration>,
    ) -> TaskId {
        let id = TaskId(self.next);
        self.next += 1;
        let rules = Rules {
            kind,
            time_limit,
            ending,
        };
        self.pool.spawn(id, ScriptJob { act, rules }).unwrap();
        id
    }

    /// The next report: second, task, words.
    pub(super) async fn next(&mut self) -> (u64, u64, Said) {
        let (id, said) = self.inbox.recv().await.unwrap();
        (self.since.elapsed().as_secs(), id.0, said)
    }

    pub(super) async fn take(&mut self, count: usize) -> Vec<(u64, u64, Said)> {
        let mut taken = Vec::new();
        for _ in 0..count {
            taken.push(self.next().await);
        }
        taken
    }

    /// Everything until all jobs have ended.
    pub(super) async fn drain(mut self) -> Vec<(u64, u64, Said)> {
        drop(self.pool);
        let mut taken = Vec::new();
        while let Some((id, said)) = self.inbox.recv().await {
            taken.push((self.since.elapsed().as_secs(), id.0, said));
        }
        taken
    }

    pub(super) async fn settle(&self) {
        sleep(Duration::from_millis(1)).await;
    }
}
