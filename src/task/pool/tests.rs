//! The pool with paused time.

use tokio::time::sleep;

use super::script::{Act, Bench, SECOND, Said, ScriptJob};
use super::*;
use crate::task::TaskKind;

const KINDS: [TaskKind; 8] = [
    TaskKind::Account,
    TaskKind::Logs,
    TaskKind::Tuning,
    TaskKind::Store,
    TaskKind::Feeds,
    TaskKind::Browser,
    TaskKind::Editor,
    TaskKind::Files,
];

#[tokio::test(start_paused = true)]
async fn a_kind_runs_as_many_jobs_as_its_limit_in_order_of_arrival() {
    let mut bench = Bench::new();
    for _ in 0..5 {
        bench.spawn(TaskKind::Account, JobEnding::Abort, Act::Sleep(SECOND));
    }
    let starts: Vec<(u64, u64)> = bench
        .drain()
        .await
        .into_iter()
        .filter(|(_, _, said)| *said == Said::Began)
        .map(|(second, id, _)| (second, id))
        .collect();
    assert_eq!(starts, [(0, 1), (0, 2), (1, 3), (1, 4), (2, 5)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_order_of_arrival_holds_on_many_threads() {
    let mut bench = Bench::new();
    for _ in 0..200 {
        bench.spawn(TaskKind::Store, JobEnding::Complete, Act::Chatter(1));
    }
    let order: Vec<u64> = bench
        .drain()
        .await
        .into_iter()
        .map(|(_, id, _)| id)
        .collect();
    assert_eq!(order.len(), 600);
    assert!(order.is_sorted());
}

#[tokio::test(start_paused = true)]
async fn a_stuck_kind_does_not_starve_another() {
    let mut bench = Bench::new();
    for _ in 0..10 {
        bench.spawn(
            TaskKind::Account,
            JobEnding::Abort,
            Act::Sleep(3_600 * SECOND),
        );
    }
    let other = bench.spawn(TaskKind::Store, JobEnding::Abort, Act::Sleep(SECOND));
    let said = bench.take(4).await;
    assert_eq!(said.last(), Some(&(1, other.0, Said::Done)));
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_job_in_the_queue_never_begins_and_frees_its_place() {
    for ending in [JobEnding::Abort, JobEnding::CleanUp, JobEnding::Complete] {
        let mut bench = Bench::new();
        bench.spawn(TaskKind::Tuning, JobEnding::Abort, Act::Sleep(2 * SECOND));
        let waiting = bench.spawn(TaskKind::Tuning, ending, Act::Sleep(SECOND));
        bench.spawn(TaskKind::Tuning, JobEnding::Abort, Act::Sleep(SECOND));
        bench.settle().await;
        bench.pool.cancel(waiting);
        let expected = [
            (0, 1, Said::Began),
            (0, 2, Said::Cancelled),
            (2, 1, Said::Done),
            (2, 3, Said::Began),
            (3, 3, Said::Done),
        ];
        assert_eq!(bench.drain().await, expected, "{ending:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_running_job_ends_as_its_ending_says_when_it_is_cancelled() {
    let tidy = Act::TidyUp(2 * SECOND);
    let cases = [
        (JobEnding::Abort, tidy, (1, Said::Cancelled)),
        (JobEnding::CleanUp, tidy, (3, Said::Tidied)),
        (JobEnding::Complete, Act::Sleep(5 * SECOND), (5, Said::Done)),
    ];
    for (ending, act, (second, last)) in cases {
        let mut bench = Bench::new();
        let id = bench.spawn(TaskKind::Tuning, ending, act);
        sleep(SECOND).await;
        bench.pool.cancel(id);
        bench.pool.cancel(id);
        let expected = [(1, id.0, Said::Began), (second, id.0, last)];
        assert_eq!(bench.drain().await, expected);
    }
}

#[tokio::test(start_paused = true)]
async fn the_time_limit_counts_from_the_start_and_follows_the_ending() {
    let (limit, tidy) = (Some(2 * SECOND), Act::TidyUp(3 * SECOND));
    let cases = [
        (JobEnding::Abort, tidy, (2, Said::TimedOut(2 * SECOND))),
        (JobEnding::Complete, tidy, (2, Said::TimedOut(2 * SECOND))),
        (JobEnding::CleanUp, tidy, (5, Said::Tidied)),
        (JobEnding::Abort, Act::Sleep(SECOND), (1, Said::Done)),
        (JobEnding::CleanUp, Act::Sleep(SECOND), (1, Said::Done)),
    ];
    for (ending, act, (second, last)) in cases {
        let mut bench = Bench::new();
        bench.spawn(TaskKind::Tuning, JobEnding::Abort, Act::Sleep(10 * SECOND));
        let id = bench.spawn_limited(TaskKind::Tuning, ending, act, limit);
        let said = bench.drain().await;
        assert_eq!(
            said[2..],
            [(10, id.0, Said::Began), (10 + second, id.0, last)]
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_panic_becomes_a_report_and_the_pool_goes_on() {
    let mut bench = Bench::new();
    for act in [Act::PanicAtOnce, Act::SleepThenPanic(SECOND)] {
        bench.spawn(TaskKind::Tuning, JobEnding::CleanUp, act);
    }
    let trap = bench.spawn(TaskKind::Tuning, JobEnding::Abort, Act::PanicInDrop);
    bench.spawn(TaskKind::Tuning, JobEnding::Abort, Act::Sleep(SECOND));
    sleep(2 * SECOND).await;
    bench.pool.cancel(trap);
    let said: Vec<(u64, Said)> = bench
        .drain()
        .await
        .into_iter()
        .map(|(_, id, said)| (id, said))
        .collect();
    let expected = [
        (1, Said::Panicked("at once".to_owned())),
        (2, Said::Began),
        (2, Said::Panicked("after 1 s".to_owned())),
        (3, Said::Began),
        (3, Said::Panicked("in drop".to_owned())),
        (4, Said::Began),
        (4, Said::Done),
    ];
    assert_eq!(said, expected);
}

#[tokio::test(start_paused = true)]
async fn a_full_inbox_holds_jobs_back_and_loses_nothing() {
    let mut bench = Bench::new();
    let lines = u32::try_from(INBOX).unwrap() * 2;
    for kind in KINDS {
        bench.spawn(kind, JobEnding::Abort, Act::Chatter(lines));
    }
    sleep(3_600 * SECOND).await;
    assert_eq!(bench.inbox.len(), INBOX);
    let said = bench.drain().await;
    for id in 1..=3 {
        let mut expected = vec![Said::Began];
        expected.extend((0..lines).map(Said::Line));
        expected.push(Said::Done);
        let of_job = said.iter().filter(|(_, of, _)| *of == id);
        let of_job: Vec<Said> = of_job.map(|(_, _, said)| said.clone()).collect();
        assert_eq!(of_job, expected);
    }
}

#[tokio::test(start_paused = true)]
async fn a_job_held_back_by_a_full_inbox_can_be_cancelled() {
    let mut bench = Bench::new();
    let id = bench.spawn(TaskKind::Store, JobEnding::Abort, Act::Chatter(u32::MAX));
    sleep(SECOND).await;
    bench.pool.cancel(id);
    let said = bench.drain().await;
    assert_eq!(said.len(), INBOX + 1);
    assert_eq!(said.last(), Some(&(1, id.0, Said::Cancelled)));
}

#[tokio::test(start_paused = true)]
async fn shutting_down_waits_for_what_must_finish_and_for_nothing_else() {
    let mut bench = Bench::new();
    bench.spawn(
        TaskKind::Account,
        JobEnding::Abort,
        Act::Sleep(3_600 * SECOND),
    );
    bench.spawn(
        TaskKind::Tuning,
        JobEnding::CleanUp,
        Act::TidyUp(4 * SECOND),
    );
    bench.spawn(
        TaskKind::Tuning,
        JobEnding::CleanUp,
        Act::TidyUp(4 * SECOND),
    );
    bench.spawn(TaskKind::Store, JobEnding::Complete, Act::Sleep(SECOND));
    bench.spawn(TaskKind::Store, JobEnding::Complete, Act::Sleep(SECOND));
    bench.settle().await;
    bench.pool.cancel_all();
    bench.pool.finished().await;
    assert_eq!(bench.since.elapsed().as_secs(), 4);
    let mut last: Vec<(u64, Said)> = bench
        .drain()
        .await
        .into_iter()
        .filter(|(_, _, said)| *said != Said::Began)
        .map(|(_, id, said)| (id, said))
        .collect();
    last.sort_by_key(|(id, _)| *id);
    let expected = [
        (1, Said::Cancelled),
        (2, Said::Tidied),
        (3, Said::Cancelled),
        (4, Said::Done),
        (5, Said::Done),
    ];
    assert_eq!(last, expected);
}

#[tokio::test(start_paused = true)]
async fn what_a_cancelled_job_leads_to_is_still_done_and_waited_for() {
    let mut bench = Bench::new();
    bench.spawn(TaskKind::Tuning, JobEnding::CleanUp, Act::TidyUp(SECOND));
    bench.settle().await;
    bench.pool.cancel_all();
    bench.spawn(TaskKind::Store, JobEnding::Complete, Act::Sleep(5 * SECOND));
    bench.pool.finished().await;
    assert_eq!(bench.since.elapsed().as_secs(), 5);
    bench.pool.finished().await;
    assert_eq!(bench.since.elapsed().as_secs(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_inbox_does_not_keep_jobs_from_finishing() {
    let mut bench = Bench::new();
    bench.spawn(TaskKind::Store, JobEnding::Complete, Act::Chatter(10_000));
    bench.spawn(TaskKind::Tuning, JobEnding::CleanUp, Act::TidyUp(SECOND));
    sleep(SECOND).await;
    bench.pool.cancel_all();
    let waited = tokio::time::timeout(9 * SECOND, bench.pool.finished()).await;
    assert!(waited.is_err(), "both wait for room in the inbox");
    drop(bench.inbox);
    bench.pool.finished().await;
}

#[tokio::test(start_paused = true)]
async fn an_id_is_free_again_only_when_its_job_has_ended() {
    let mut bench = Bench::new();
    let id = bench.spawn(TaskKind::Store, JobEnding::Abort, Act::Sleep(SECOND));
    bench.next = id.0;
    let job = ScriptJob::plain(Act::Sleep(SECOND));
    assert_eq!(bench.pool.spawn(id, job), Err(SpawnError::IdInUse(id)));
    sleep(2 * SECOND).await;
    assert_eq!(bench.pool.spawn(id, job), Ok(()));
    assert_eq!(bench.pool.entries.len(), 1);
}

#[test]
fn refusals_are_sentences() {
    let sentence = SpawnError::IdInUse(TaskId(7)).to_string();
    assert_eq!(
        sentence,
        "task 7 was refused: another job has this id; ids are used once"
    );
}
