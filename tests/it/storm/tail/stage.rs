//! The storm itself: who writes, what goes wrong and what the program does about it, in order of time.

use std::time::Duration;

use iacstone::aws::AwsError;
use iacstone::logs::{TailMode, TailTarget};
use iacstone::simulator::{Account, AccountOptions, Faults};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};

use super::life::Life;
use super::record::{Event, Written};
use super::trouble::{Kind, Trouble};
use super::wire::Wire;
use super::world::{Put, World};
use super::{filled, holes, order, whole};
use crate::promise;
use crate::storm::{Broken, Dice, Steps, Tally, time};

/// How long it may take until all is well again once nothing goes wrong any more.
const SETTLING: Duration = Duration::from_mins(4);
/// How long the last sweeps take that find what a session left out.
const SWEEPS: Duration = Duration::from_secs(14);
/// How long it takes where much is written, until the next sweep that looks far back.
const DEEP: Duration = Duration::from_secs(64);

/// What happens at a time.
#[derive(Debug, Clone, Copy)]
enum Action {
    Put(usize),
    Begins(usize),
    Ends(usize),
}

struct Stage {
    seed: u64,
    world: World,
    troubles: Vec<Trouble>,
    steps: Steps,
    account: Account,
    written: Vec<Written>,
    active: Vec<bool>,
    /// Groups that are deleted, by number.
    deleted: Vec<usize>,
    paused: watch::Sender<u32>,
    /// When the reader paused.
    pauses: Vec<(i64, i64)>,
    life: Option<Life>,
    past: Vec<Life>,
    began: Instant,
}

/// Lets the storm happen, and judges it.
pub(super) async fn play(
    seed: u64,
    world: World,
    troubles: Vec<Trouble>,
    steps: Steps,
) -> Result<Tally, Broken> {
    let account = Account::empty(AccountOptions {
        seed,
        epoch: Some(time::epoch()),
        region: world.region.to_owned(),
        ..AccountOptions::default()
    });
    let mut stage = Stage {
        seed,
        active: vec![false; troubles.len()],
        world,
        troubles,
        steps,
        account,
        written: Vec::new(),
        deleted: Vec::new(),
        paused: watch::Sender::new(0),
        pauses: Vec::new(),
        life: None,
        past: Vec::new(),
        began: Instant::now(),
    };
    stage.run().await?;
    stage.judged()
}

impl Stage {
    async fn run(&mut self) -> Result<(), Broken> {
        let timeline = self.timeline();
        let (before, later) = timeline.split_at(timeline.partition_point(|(at, _)| at.is_none()));
        for &(_, action) in before {
            self.act(action).await;
        }
        let since = self.world.since.map(|back| self.ago(back));
        self.start(since).await;
        for &(at, action) in later {
            sleep_until(self.began + at.unwrap_or_default()).await;
            self.act(action).await;
            self.look_after().await?;
        }
        self.steps.note("nothing goes wrong any more");
        self.settle().await?;
        if let Some(mut life) = self.life.take() {
            let ended = life.end().await;
            self.past.push(life);
            promise!(
                ended.is_ok(),
                "the tail was stopped and ended with {ended:?}"
            );
        }
        Ok(())
    }

    fn timeline(&self) -> Vec<(Option<Duration>, Action)> {
        let puts = self.world.puts.iter().enumerate();
        let mut timeline: Vec<_> = puts
            .map(|(index, put)| (put.at, Action::Put(index)))
            .collect();
        for (index, trouble) in self.troubles.iter().enumerate() {
            timeline.push((Some(trouble.at), Action::Begins(index)));
            timeline.push((Some(trouble.end()), Action::Ends(index)));
        }
        timeline.sort_by_key(|(at, _)| *at);
        timeline
    }

    async fn act(&mut self, action: Action) {
        match action {
            Action::Put(index) => self.put(&self.world.puts[index].clone()),
            Action::Begins(index) => self.begins(index).await,
            Action::Ends(index) => self.ends(index).await,
        }
    }

    fn put(&mut self, put: &Put) {
        if self.deleted.contains(&put.group) {
            return;
        }
        let now_ms = self.account.now_ms();
        let event = Event {
            group: self.world.groups[put.group].clone(),
            stream: format!("s-{}", put.stream),
            time_ms: now_ms - put.age_ms,
            ingested_ms: now_ms + put.journey_ms,
            text: put.text.clone(),
        };
        self.steps
            .note(format_args!("{} written: {event}", put.copies));
        for _ in 0..put.copies {
            let Event {
                time_ms,
                ingested_ms,
                ..
            } = event;
            (self.account).put_event(
                &event.group,
                &event.stream,
                time_ms,
                ingested_ms,
                &event.text,
            );
        }
        self.written.push(Written {
            visible_ms: event.ingested_ms.max(now_ms),
            event,
            copies: put.copies,
            gone_ms: None,
        });
    }

    async fn begins(&mut self, index: usize) {
        let trouble = self.troubles[index].clone();
        self.steps.note(format_args!("begins: {trouble}"));
        self.active[index] = true;
        match trouble.kind {
            Kind::Fault(_) => self.set_faults(),
            Kind::Sessions(end) => self.account.end_sessions(end),
            Kind::Deleted(group) => self.delete(group),
            Kind::Pause => self.pause(1),
            Kind::Crash(_) => {
                if let Some(mut life) = self.life.take() {
                    life.crash(self.account.now_ms()).await;
                    self.past.push(life);
                }
            }
            Kind::Clock(_) => {}
        }
    }

    async fn ends(&mut self, index: usize) {
        let trouble = self.troubles[index].clone();
        self.active[index] = false;
        self.steps.note(format_args!("ends: {trouble}"));
        match trouble.kind {
            Kind::Fault(_) => self.set_faults(),
            Kind::Deleted(group) => self.make(group),
            Kind::Pause => self.pause(-1),
            Kind::Crash(back) if self.life.is_none() => {
                let crashed_ms = self.past.last().map_or(0, |life| life.ended_ms);
                let since = Timestamp::from_millisecond(crashed_ms).unwrap();
                let back = SignedDuration::try_from(back).unwrap();
                self.start(Some(since - back)).await;
            }
            Kind::Crash(_) | Kind::Sessions(_) | Kind::Clock(_) => {}
        }
    }

    fn set_faults(&self) {
        let active = self.troubles.iter().zip(&self.active);
        let active = active.filter(|(_, active)| **active);
        let faults = active.filter_map(|(trouble, _)| trouble.faults());
        (self.account).set_faults(faults.fold(Faults::default(), Faults::and));
    }

    /// Deletes a group that the program knows: one it has never read would be a mistake of the user.
    fn delete(&mut self, group: usize) {
        let name = self.world.groups[group].clone();
        let is_read = self.life.as_ref().is_some_and(|life| {
            let passed = life.wire.passed();
            let mut read = passed.asked.iter().filter(|asked| asked.group == name);
            read.any(|asked| asked.answered.is_some_and(|(_, is_whole)| is_whole))
        });
        if !is_read || !self.account.delete_group(&name) {
            return;
        }
        self.deleted.push(group);
        let now_ms = self.account.now_ms();
        for written in self.written.iter_mut().filter(|it| it.event.group == name) {
            written.gone_ms.get_or_insert(now_ms);
        }
    }

    fn make(&mut self, group: usize) {
        self.deleted.retain(|other| *other != group);
        self.account.create_group(&self.world.groups[group]);
    }

    fn pause(&mut self, change: i32) {
        let now_ms = self.account.now_ms();
        self.paused
            .send_modify(|pauses| *pauses = pauses.wrapping_add_signed(change));
        if change > 0 {
            self.pauses.push((now_ms, i64::MAX));
        } else if let Some(pause) = self.pauses.iter_mut().find(|(_, to)| *to == i64::MAX) {
            pause.1 = now_ms;
        }
    }

    fn ago(&self, back: Duration) -> Timestamp {
        self.account.now() - SignedDuration::try_from(back).unwrap()
    }

    /// Starts the program.
    async fn start(&mut self, since: Option<Timestamp>) {
        if self.deleted.len() == self.world.groups.len() {
            self.deleted
                .clone()
                .into_iter()
                .for_each(|group| self.make(group));
        }
        let wanted = TailTarget {
            groups: self.world.groups.clone(),
            watched: Vec::new(),
            streams: self.world.streams.clone(),
            pattern: self.world.pattern.clone(),
            since,
            poll: self.world.poll,
            max_scan: None,
        };
        let off_ms = self.troubles.iter().find_map(|trouble| match trouble.kind {
            Kind::Clock(off_ms) => Some(off_ms),
            _ => None,
        });
        let dice = Dice::of(self.seed, &format!("latency {}", self.past.len()));
        let wire = Wire::new(&self.account, dice, &self.world.latency_ms, &self.steps);
        let machine = (self.world.region, off_ms.unwrap_or_default());
        let paused = self.paused.subscribe();
        self.steps.note(format_args!(
            "the program starts, since {since:?}, poll {}, streams {:?}, pattern '{}'",
            wanted.poll, wanted.streams, wanted.pattern
        ));
        let life = Life::start(&self.account, wanted, wire, machine, paused, &self.steps);
        self.life = Some(life.await);
    }

    /// It never ends by itself. Only an answer that is none may end it, before anything was read: it is started again then.
    async fn look_after(&mut self) -> Result<(), Broken> {
        let Some(life) = self.life.as_mut().filter(|life| life.is_over()) else {
            return Ok(());
        };
        let outcome = life.outcome().await;
        promise!(
            matches!(outcome, Err(AwsError::Garbled(_))) && !life.has_read(),
            "the tail ended by itself with {outcome:?}"
        );
        self.steps
            .note("it ended, for what answers is not CloudWatch Logs");
        life.is_crashed = true;
        let since = life.wanted.since;
        self.past.extend(self.life.take());
        self.start(since).await;
        Ok(())
    }

    async fn settle(&mut self) -> Result<(), Broken> {
        // A sweep that the reader held up goes on first, and the next one that looks far back is counted from its end.
        self.until_well().await?;
        sleep(self.sweeps()).await;
        self.until_well().await?;
        // Sweeps under way find what they find.
        sleep(Duration::from_secs(13)).await;
        self.look_after().await?;
        promise!(self.is_well(), "it was well, and is not any more");
        Ok(())
    }

    async fn until_well(&mut self) -> Result<(), Broken> {
        let began = Instant::now();
        while !self.is_well() {
            self.look_after().await?;
            let standing = self.life.as_ref().and_then(Life::standing);
            promise!(
                began.elapsed() < SETTLING,
                "{} s after the last trouble all is not well: {standing:?}",
                began.elapsed().as_secs()
            );
            sleep(Duration::from_secs(1)).await;
        }
        Ok(())
    }

    /// How long the last sweeps take: where many groups share few calls, each waits for its turn, and for five pages of its
    /// first picture.
    fn sweeps(&self) -> Duration {
        let rate = whole::share(self.world.region);
        let turn = Duration::from_secs_f64(self.world.groups.len() as f64 / rate);
        let begun_ms = self.life.as_ref().map_or(0, |life| life.begun_ms);
        let age_ms = u64::try_from(self.account.now_ms() - begun_ms).unwrap_or_default();
        let opening = (turn * 5).saturating_sub(Duration::from_millis(age_ms));
        opening + turn * 2 + if self.was_dense() { DEEP } else { SWEEPS }
    }

    /// Whether pages were many: the sweeps in between look less far back then.
    fn was_dense(&self) -> bool {
        let mut troubles = self.troubles.iter();
        self.world.is_heavy
            || troubles.any(|trouble| match &trouble.kind {
                Kind::Fault(text) => text.contains("short-page") || text.contains("empty-page"),
                _ => false,
            })
    }

    fn is_well(&self) -> bool {
        let standing = self.life.as_ref().and_then(Life::standing);
        standing.is_some_and(|it| {
            let is_going = match &it.mode {
                TailMode::Live => true,
                TailMode::Polling(why) => !why.is_empty() && self.may_poll(),
                _ => false,
            };
            is_going && it.gaps == 0 && !it.sampled
        })
    }

    /// Whether there was a reason to be without a session for a while.
    fn may_poll(&self) -> bool {
        let mut troubles = self.troubles.iter();
        self.world.poll
            || troubles.any(|trouble| matches!(&trouble.kind, Kind::Fault(_) | Kind::Deleted(_)))
    }

    /// Whether the times that the program tells may be wrong.
    fn is_clock_wrong(&self) -> bool {
        let mut troubles = self.troubles.iter();
        troubles.any(|trouble| matches!(trouble.kind, Kind::Clock(_)))
    }

    fn judged(self) -> Result<Tally, Broken> {
        let mut tally = Tally::default();
        for life in &self.past {
            let due = whole::check(life, &self.world, &self.written)?;
            if !self.is_clock_wrong() {
                filled::check(life, &due)?;
            }
            order::check(life)?;
            holes::check(life, &self.pauses)?;
            tally.calls += life.wire.passed().calls;
            tally.crashes += u64::from(life.is_crashed);
        }
        Ok(tally)
    }
}
