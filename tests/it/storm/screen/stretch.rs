//! A stretch of a session: some twenty messages of one mood, drawn from a seed of its own.

use std::fmt;
use std::time::Duration;

use iacstone::app::PaneId;
use iacstone::effect::{Job, JobReport, Msg, Problem};
use iacstone::task::TaskId;
use jiff::SignedDuration;

use super::print::beginning;
use super::world::World;
use super::{answers, keyboard, tasks, words};
use crate::storm::{Broken, Dice};

/// Some twenty messages.
#[derive(Debug, Clone)]
pub(crate) struct Stretch {
    number: u64,
    mood: Mood,
}

/// What a stretch has most of.
#[derive(Debug, Clone, Copy)]
enum Mood {
    /// Keys, and answers to what they ask for.
    Keys,
    /// Keys without a rest, several at once.
    Typing,
    /// Reports.
    Answers,
    /// Pastes.
    Pastes,
    /// A window that is dragged.
    Resizes,
    /// A clock that jumps.
    Clock,
    /// Reports that nobody waits for.
    Late,
    /// The system ends the program.
    Terminated,
}

impl fmt::Display for Stretch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "stretch {} of {:?}", self.number, self.mood)
    }
}

impl Stretch {
    pub(super) fn drawn(number: u64, dice: &mut Dice) -> Self {
        let mood = match dice.within(0..=99) {
            0..45 => Mood::Keys,
            45..57 => Mood::Typing,
            57..75 => Mood::Answers,
            75..82 => Mood::Pastes,
            82..88 => Mood::Resizes,
            88..93 => Mood::Clock,
            93..98 => Mood::Late,
            _ => Mood::Terminated,
        };
        Self { number, mood }
    }

    /// Lets it pass.
    pub(super) async fn pass(&self, seed: u64, world: &mut World) -> Result<(), Broken> {
        let mut dice = Dice::of(seed, &format!("stretch {}", self.number));
        if dice.percent(50) && world.app.prompt.is_none() && world.app.overlay.is_none() {
            let pane = *dice.pick(&["1", "2", "3"]);
            world.tell(vec![Msg::Key(keyboard::parsed(pane))])?;
            // The store answers before the next key, as a rule.
            if dice.percent(70) {
                for id in tasks::ids(&world.tasks, |task| task.told == 0 && !task.has_ended) {
                    world.answer(id, &mut dice)?;
                }
            }
        }
        for at in 0..dice.within(8..=16) {
            let own = dice.number();
            let mut dice = Dice::of(own, "message");
            tokio::time::sleep(rest(&mut dice)).await;
            self.message(at, world, &mut dice)?;
            if dice.percent(5) {
                let size = if dice.percent(85) {
                    world.size
                } else {
                    size(&mut dice)
                };
                world.look(size)?;
            }
        }
        Ok(())
    }

    /// One message, or a batch.
    fn message(&self, at: u64, world: &mut World, dice: &mut Dice) -> Result<(), Broken> {
        let usual = dice.within(0..=99);
        match (self.mood, usual) {
            (Mood::Typing, 0..80) => {
                let keys =
                    (0..dice.within(1..=5)).map(|_| Msg::Key(keyboard::chord(&world.app, dice)));
                let keys = keys.collect();
                world.tell(keys)
            }
            (Mood::Answers, 0..75) | (_, 55..85) => answer(world, dice),
            (Mood::Pastes, 0..40) | (_, 96..98) => world.tell(vec![Msg::Paste(pasted(dice))]),
            (Mood::Resizes, 0..70) | (_, 98) => {
                let (columns, rows) = size(dice);
                world.tell(vec![Msg::Resized(columns, rows)])
            }
            (Mood::Clock, 0..50) => {
                world.skew += jump(dice);
                world.tell(Vec::new())
            }
            (Mood::Late, 0..50) => late(world, dice),
            (Mood::Terminated, _) if at == 7 => world.tell(vec![Msg::Terminated]),
            (_, 99) => world.tell(Vec::new()),
            _ => {
                let chord = keyboard::chord(&world.app, dice);
                world.tell(vec![Msg::Key(chord)])
            }
        }
    }
}

/// How long until the next message.
fn rest(dice: &mut Dice) -> Duration {
    match dice.within(0..=99) {
        0..70 => dice.millis(0..=400),
        70..95 => dice.millis(400..=20_000),
        95..99 => dice.millis(20_000..=600_000),
        _ => dice.millis(600_000..=90_000_000),
    }
}

/// How far a clock is set, onwards or back.
fn jump(dice: &mut Dice) -> SignedDuration {
    let most = *dice.pick(&[5, 600, 90_000, 40_000_000, 600_000_000]);
    let seconds = dice.within(0..=most).cast_signed();
    SignedDuration::from_secs(if dice.percent(50) { seconds } else { -seconds })
}

/// A size a terminal can have; most are usual ones.
fn size(dice: &mut Dice) -> (u16, u16) {
    let any = |dice: &mut Dice, most: u64| u16::try_from(dice.within(1..=most)).unwrap();
    match dice.within(0..=19) {
        0..12 => *dice.pick(&[(80, 24), (40, 12), (120, 40), (100, 30), (60, 16), (41, 13)]),
        14..18 => (any(dice, 110), any(dice, 30)),
        18 => *dice.pick(&[(1, 1), (2, 1), (1, 60), (39, 12), (40, 11)]),
        _ if dice.percent(8) => (300, 100),
        _ => (any(dice, 160), any(dice, 50)),
    }
}

fn pasted(dice: &mut Dice) -> String {
    match dice.within(0..=9) {
        0 => String::new(),
        1 => format!("{}\n", words::odd(dice)).repeat(60),
        2 => "x".repeat(usize::try_from(dice.within(1..=9_000)).unwrap()),
        3 => "{\n  \"a\": 1,\n  \"b\": [true]\n}\n".to_owned(),
        4 => "https://lambda-power-tuning.show/#gAAAAQACAAQABsAL;AJYTRjPalEUodxdFpKyZRKRATkT59eND;R8KlN/SApzepe643Xna1NxNxvDeABM03".to_owned(),
        5..8 => words::any(dice),
        _ => words::odd(dice),
    }
}

/// One of the tasks under way reports, if there is one.
fn answer(world: &mut World, dice: &mut Dice) -> Result<(), Broken> {
    let running = tasks::ids(&world.tasks, |task| !task.has_ended);
    match running.get(keyboard::index(dice.number(), running.len())) {
        Some(&id) => world.answer(id, dice),
        None => Ok(()),
    }
}

/// A task that nobody waits for reports, or one that there never was.
fn late(world: &mut World, dice: &mut Dice) -> Result<(), Broken> {
    let stale = tasks::ids(&world.tasks, tasks::Task::is_stale);
    let Some(&id) = stale.get(keyboard::index(dice.number(), stale.len())) else {
        let report = JobReport::Failed(Problem::other("of a task that never was"));
        return world.answer_late(TaskId(1_000_000 + dice.within(0..=9)), report);
    };
    let job = world
        .tasks
        .get(&id)
        .map_or(Job::Identify, |task| task.job.clone());
    let task = tasks::Task::new(job);
    let report = answers::next(&task, &world.shelf, world.now(), dice);
    world.answer_late(id, report)
}

impl World {
    /// Every task comes to its end, and then nothing is waited for any more.
    pub(super) fn wind_down(&mut self, seed: u64) -> Result<(), Broken> {
        let mut dice = Dice::of(seed, "end");
        for _ in 0..600 {
            let running = tasks::ids(&self.tasks, |task| !task.has_ended);
            let Some(&id) = running.first() else {
                // What was asked for on the way out was never begun.
                return if self.app.leaving {
                    Ok(())
                } else {
                    self.waits_for_nothing()
                };
            };
            if matches!(
                self.tasks.get(&id).map(|task| &task.job),
                Some(Job::Follow(_))
            ) {
                self.end(id, JobReport::Done)?;
            } else {
                self.answer(id, &mut dice)?;
            }
        }
        Err(Broken("it asks for more and more".to_owned()))
    }

    fn end(&mut self, id: TaskId, report: JobReport) -> Result<(), Broken> {
        if let Some(task) = self.tasks.get_mut(&id) {
            task.has_ended = true;
        }
        self.tell(vec![Msg::Task(id, report)])
    }

    /// A flag of a task that has ended would show it as under way for ever.
    fn waits_for_nothing(&self) -> Result<(), Broken> {
        for (id, task) in &self.tasks {
            let mut panes = PaneId::ALL.into_iter();
            let waits = panes.any(|pane| self.app.panes.get(pane).awaits(*id));
            crate::promise!(
                !waits,
                "task {} has ended, and is waited for: {}",
                id.0,
                beginning(&task.job, 100)
            );
        }
        let asks = matches!(self.app.account, iacstone::app::AccountLookup::Asking(_));
        crate::promise!(
            !asks,
            "the question for the account has ended, and is waited for"
        );
        Ok(())
    }
}
