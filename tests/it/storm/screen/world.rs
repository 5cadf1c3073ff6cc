//! A session at the pure level: messages go in, effects are done as the runtime would do them.

use std::collections::VecDeque;

use iacstone::app::App;
use iacstone::effect::{AppContext, Copied, Effect, Job, JobReport, Msg, ReaderJob};
use iacstone::power::RunEvent;
use iacstone::task::TaskId;
use jiff::{SignedDuration, Timestamp};
use ratatui::buffer::Buffer;

use super::alike::{is_alike, unlike};
use super::picture::{self, difference};
use super::print::{beginning, only_in_one, print};
use super::shelf::Shelf;
use super::tasks::{self, Task, Tasks};
use super::{answers, manners};
use crate::promise;
use crate::storm::{Broken, Dice, Steps, time};

/// A program, perhaps with a twin that is told the same, and what it asked for.
pub(super) struct World {
    pub(super) app: App,
    /// A second program that is told the same messages.
    twin: Option<App>,
    /// What the twin asked for, kept like the tasks: rows that somebody looks through take room of their own.
    held: Vec<Effect>,
    pub(super) tasks: Tasks,
    pub(super) shelf: Shelf,
    pub(super) size: (u16, u16),
    /// How far the clock of the machine is from the time that passed.
    pub(super) skew: SignedDuration,
    began: tokio::time::Instant,
    steps: Steps,
    /// Whether it asked to end.
    pub(super) quits: bool,
    /// The tuning runs whose function has its size again.
    restored: Vec<TaskId>,
    /// Messages told.
    pub(super) told: u64,
}

impl World {
    pub(super) fn new(context: &AppContext, has_twin: bool, shelf: Shelf, steps: Steps) -> Self {
        Self {
            app: App::new(context.clone()),
            held: Vec::new(),
            twin: has_twin.then(|| App::new(context.clone())),
            tasks: Tasks::new(),
            shelf,
            size: (80, 24),
            skew: SignedDuration::ZERO,
            began: tokio::time::Instant::now(),
            steps,
            quits: false,
            restored: Vec::new(),
            told: 0,
        }
    }

    /// The time by the machine's clock.
    pub(super) fn now(&self) -> Timestamp {
        let passed = SignedDuration::try_from(self.began.elapsed()).unwrap();
        time::epoch() + passed + self.skew
    }

    /// Starts the program, anew after its end.
    pub(super) fn start(&mut self) -> Result<(), Broken> {
        let context = self.app.context.clone();
        self.app = App::new(context.clone());
        self.twin = self.twin.take().map(|_| App::new(context));
        (self.tasks, self.quits) = (Tasks::new(), false);
        self.restored.clear();
        self.held.clear();
        self.steps.note("the program starts");
        let effects = self.app.start();
        if let Some(twin) = &mut self.twin {
            promise!(
                twin.start() == effects,
                "two programs start with other effects"
            );
        }
        self.carry_out(effects)?;
        self.tell(vec![Msg::Resized(self.size.0, self.size.1)])
    }

    /// Tells the time and then the messages, as the runtime does.
    pub(super) fn tell(&mut self, messages: Vec<Msg>) -> Result<(), Broken> {
        let mut batch = vec![Msg::Tick(self.now())];
        if manners::sole_key(&messages).is_some() {
            // What the time asks for is not what the key asks for.
            self.give(std::mem::take(&mut batch))?;
        }
        batch.extend(messages);
        self.give(batch)
    }

    /// Gives a batch to the program and does what it asks for.
    fn give(&mut self, batch: Vec<Msg>) -> Result<(), Broken> {
        for message in batch
            .iter()
            .filter(|message| !matches!(message, Msg::Tick(_)))
        {
            self.steps.note(beginning(message, 160));
            self.told += 1;
            match message {
                Msg::Resized(columns, rows) => self.size = (*columns, *rows),
                Msg::Task(id, JobReport::Tuning(RunEvent::Restored)) => self.restored.push(*id),
                _ => {}
            }
        }
        let manners = manners::Before::of(&self.app, &batch);
        let again = self.twin.is_some().then(|| batch.clone());
        let effects = self.app.update_all(batch);
        if let (Some(twin), Some(batch)) = (&mut self.twin, again) {
            let other = twin.update_all(batch);
            promise!(
                is_alike(&effects, &other),
                "the same messages gave other effects: {}",
                unlike(&effects, &other)
            );
            self.held.extend(other);
        }
        manners.check(&self.app, &effects)?;
        self.carry_out(effects)
    }

    /// Does what the program asks for, in order.
    fn carry_out(&mut self, effects: Vec<Effect>) -> Result<(), Broken> {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Spawn(id, job) | Effect::Edit(id, job) => self.spawn(id, job)?,
                Effect::Cancel(id) => self.cancel(id)?,
                Effect::Copy(text) => {
                    let copied = match text.len() % 5 {
                        0 => Copied::File("/tmp/copy".to_owned()),
                        1 => Copied::Tmux("/tmp/copy".to_owned()),
                        2 => Copied::Failed("no room".to_owned()),
                        _ => Copied::Clipboard,
                    };
                    self.give(vec![Msg::Copied(copied)])?;
                }
                Effect::Suspend => {
                    let changing = self.running_tune().filter(|id| !self.restored.contains(id));
                    promise!(
                        changing.is_none(),
                        "it is suspended while {changing:?} changes a function"
                    );
                    self.give(vec![Msg::Resized(self.size.0, self.size.1)])?;
                }
                Effect::Pause(..) | Effect::Redraw => {}
                Effect::Quit => self.quit()?,
            }
        }
        let live = self.app.panes.tuning.live().map(|live| live.task);
        let running = self.running_tune();
        promise!(
            live == running,
            "the run under way is {running:?}, and the program shows {live:?}"
        );
        Ok(())
    }

    fn spawn(&mut self, id: TaskId, job: Job) -> Result<(), Broken> {
        self.steps
            .note(format!("  asks for {}: {}", id.0, beginning(&job, 100)));
        let newest = self.tasks.keys().next_back();
        promise!(
            newest.is_none_or(|&newest| newest < id),
            "task id {} is used twice, or goes back",
            id.0
        );
        self.may_spawn(&job)?;
        if let Job::Tune(_, plan) = &job {
            let other = self.running_tune();
            promise!(
                other.is_none(),
                "a second run is started while {other:?} is under way"
            );
            let shown = self
                .app
                .panes
                .tuning
                .live()
                .map(|live| live.name().to_owned());
            promise!(
                shown.as_deref() == Some(plan.function.name()),
                "a run of {} is shown as {shown:?}",
                plan.function.name()
            );
        }
        self.tasks.insert(id, Task::new(job));
        Ok(())
    }

    /// What the session was told not to do is not asked for.
    fn may_spawn(&self, job: &Job) -> Result<(), Broken> {
        let (context, words) = (&self.app.context, beginning(job, 80));
        let changes = matches!(job, Job::Tune(..) | Job::Resume(_) | Job::Recover(_));
        promise!(
            !(context.read_only && changes),
            "read-only, and it asks for {words}"
        );
        promise!(
            !(context.offline && tasks::asks_the_account(job)),
            "offline, and it asks for {words}"
        );
        let fetches = matches!(job, Job::Reader(ReaderJob::Fetch(_)));
        // The demo has a feed server of its own: its fetcher knows no other host.
        promise!(
            !(context.offline && fetches),
            "offline, and it asks for {words}"
        );
        if let Job::Reader(ReaderJob::Browse(command)) = job {
            let lower = command
                .last()
                .map_or(String::new(), |address| address.to_ascii_lowercase());
            let is_web = lower.starts_with("http://") || lower.starts_with("https://");
            promise!(is_web, "a browser is given {command:?}");
        }
        promise!(
            !self.quits || (tasks::outlives(job) && !changes),
            "it is leaving, and asks for {words}"
        );
        Ok(())
    }

    fn cancel(&mut self, id: TaskId) -> Result<(), Broken> {
        self.steps.note(format!("  cancels {}", id.0));
        let Some(task) = self.tasks.get_mut(&id) else {
            if self.app.leaving {
                // It asked for this when nothing is begun any more.
                return Ok(());
            }
            return Err(Broken(format!(
                "it cancels {}, which it never asked for",
                id.0
            )));
        };
        (task.is_cancelled, task.is_dropped) = (true, true);
        Ok(())
    }

    fn quit(&mut self) -> Result<(), Broken> {
        self.steps.note("  asks to end");
        let running = self.running_tune();
        promise!(
            running.is_none() || self.app.leaving,
            "it leaves while {running:?} is under way"
        );
        self.quits = true;
        for task in self.tasks.values_mut() {
            let ends_early = matches!(task.job, Job::Tune(..) | Job::Resume(_) | Job::Recover(_));
            let completes = task.must_finish() && !ends_early;
            task.is_cancelled |= !completes;
        }
        Ok(())
    }

    /// The run that has not ended.
    pub(super) fn running_tune(&self) -> Option<TaskId> {
        let runs = tasks::ids(&self.tasks, |task| {
            matches!(task.job, Job::Tune(..) | Job::Resume(_)) && !task.has_ended
        });
        runs.first().copied()
    }

    /// Gives a report of a task that has not ended.
    pub(super) fn answer(&mut self, id: TaskId, dice: &mut Dice) -> Result<(), Broken> {
        let now = self.now();
        let Some(task) = self.tasks.get_mut(&id) else {
            return Ok(());
        };
        let report = answers::next(task, &self.shelf, now, dice);
        task.told += 1;
        task.has_ended = answers::ends(&report);
        let is_awaited = !task.is_dropped;
        let word = match &report {
            JobReport::Failed(why) if is_awaited => answers::first_word(&why.sentence),
            _ => None,
        };
        self.tell(vec![Msg::Task(id, report)])?;
        let Some(word) = word else { return Ok(()) };
        let is_told = self
            .app
            .notices
            .current()
            .is_some_and(|notice| notice.text.contains(&word))
            || format!("{:?}", self.app).contains(&word);
        promise!(
            is_told,
            "{} failed with '{word}', and nobody is told",
            beginning(&self.tasks.get(&id).map(|task| &task.job), 100)
        );
        Ok(())
    }

    /// Gives a report that nobody waits for: nothing that can be seen changes, and nothing is asked for.
    pub(super) fn answer_late(&mut self, id: TaskId, report: JobReport) -> Result<(), Broken> {
        self.tell(Vec::new())?;
        let before = self.picture(self.size)?;
        let message = vec![Msg::Task(id, report)];
        self.steps
            .note(format!("late: {}", beginning(&message[0], 140)));
        let effects = self.app.update_all(message.clone());
        if let Some(twin) = &mut self.twin {
            promise!(
                is_alike(&twin.update_all(message), &effects),
                "the same late report gave other effects"
            );
        }
        let asks = effects.iter().any(|effect| *effect != Effect::Quit);
        promise!(
            !asks,
            "a report of task {} came late and asks for {}",
            id.0,
            beginning(&effects, 200)
        );
        let after = self.picture(self.size)?;
        promise!(
            before == after,
            "a report of task {} came late and changes the screen:\n{}",
            id.0,
            difference(&before, &after)
        );
        self.carry_out(effects)
    }

    /// Draws at a size, and looks at it.
    pub(super) fn look(&self, size: (u16, u16)) -> Result<(), Broken> {
        let frame = self.picture(size)?;
        picture::check(&self.app, &frame, size)?;
        let again = self.picture(size)?;
        promise!(
            frame == again,
            "drawn twice, and the second picture is another:\n{}",
            difference(&frame, &again)
        );
        Ok(())
    }

    /// The frame at a size, which is that of the twin too. Both are always drawn: an editor remembers where it scrolled to.
    fn picture(&self, size: (u16, u16)) -> Result<Buffer, Broken> {
        let frame = picture::draw(&self.app, size);
        if let Some(twin) = &self.twin {
            let other = picture::draw(twin, size);
            promise!(
                frame == other,
                "told the same, two programs draw:\n{}",
                difference(&frame, &other)
            );
        }
        Ok(frame)
    }

    /// Two programs that were told the same are the same.
    pub(super) fn compare(&self) -> Result<(), Broken> {
        let Some(twin) = &self.twin else {
            return Ok(());
        };
        promise!(
            print(&self.app) == print(twin),
            "told the same, two programs are not the same: {:?}",
            only_in_one(&self.app, twin)
        );
        Ok(())
    }
}
