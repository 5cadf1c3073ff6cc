//! One turn of the loop: messages in, effects out, a frame when it is due.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rustix::process::{Signal, kill_current_process_group};

use crate::effect::{Copied, Effect, Msg};
use crate::task::TaskId;
use crate::terminal::{
    CLIPBOARD_LIMIT, Drain, Multiplexer, Terminal, TerminalError, TerminalInput, save_copy,
};

use super::leaving::{ExitProgress, Leaving};
use super::pace::FramePacer;
use super::signals::{Caught, EndSignal, Signals};
use super::waiting::{LoopEvent, Waiting, message};
use super::{Exit, Reason, RuntimeOptions, Tasks};
use crate::app::Program;

/// How long a stop may take to come into effect. It never does where no shell could let the process go on:
/// then iacstone is simply back.
const STOP: Duration = Duration::from_millis(100);

/// The loop's state.
pub(super) struct Turn<'a, P, T> {
    program: &'a mut P,
    tasks: &'a mut T,
    terminal: &'a mut Terminal,
    options: RuntimeOptions,
    pace: FramePacer,
    /// When the program was last told the time.
    told: Instant,
    leaving: Option<Leaving>,
    /// The job whose editor has the terminal.
    editing: Option<TaskId>,
}

impl<'a, P: Program, T: Tasks> Turn<'a, P, T> {
    pub(super) fn new(
        program: &'a mut P,
        tasks: &'a mut T,
        terminal: &'a mut Terminal,
        options: RuntimeOptions,
    ) -> Self {
        Self {
            program,
            tasks,
            terminal,
            pace: FramePacer::new(options.frame_interval),
            options,
            told: Instant::now(),
            leaving: None,
            editing: None,
        }
    }

    /// Tells the program the time and its size, and draws the first frame before any work starts.
    pub(super) async fn start(&mut self, signals: &mut Signals) {
        let mut effects = self.program.start();
        let size = self.size();
        effects.extend(self.tell(size));
        self.pace.touch();
        self.draw_if_due(Instant::now());
        self.interpret(effects, signals).await;
    }

    /// Draws when something changed and the last frame is old enough.
    pub(super) fn draw_if_due(&mut self, now: Instant) {
        if self.pace.due(now).is_none_or(|due| due > now) {
            return;
        }
        self.pace.begin(now);
        let program = &*self.program;
        let before = self.terminal.drawn();
        let sent = self.terminal.draw(|frame| program.view(frame));
        self.pace
            .spend(self.terminal.drawn().saturating_sub(before));
        self.note(sent);
    }

    /// Starts the way out when the terminal is gone.
    pub(super) async fn end_if_gone(&mut self, signals: &mut Signals) {
        if self.pace.is_closed() && self.leaving.is_none() {
            self.end(Reason::HungUp, signals).await;
        }
    }

    /// The end, once it is reached.
    pub(super) fn exit(&self) -> Option<Exit> {
        self.leaving.as_ref().and_then(Leaving::exit)
    }

    /// What the next wait depends on: the next frame, the next time to tell, the way out.
    pub(super) fn waits_for(&mut self) -> (&FramePacer, Option<Instant>, Option<&mut Leaving>) {
        let heartbeat = self.program.heartbeat();
        let beat = heartbeat.map(|interval| self.told + interval);
        (&self.pace, beat, self.leaving.as_mut())
    }

    /// Takes an event and everything queued behind it.
    pub(super) async fn take(&mut self, event: LoopEvent, waiting: &mut Waiting) {
        let mut messages = Vec::new();
        let mut progress = None;
        let mut has_beaten = false;
        match event {
            // Of the keyboard, which is the editor's now.
            LoopEvent::Signal(Caught::End(EndSignal::Interrupt | EndSignal::Quit))
                if self.editing.is_some() => {}
            LoopEvent::Signal(Caught::End(signal)) => {
                return self.end(Reason::Signal(signal), waiting.signals()).await;
            }
            LoopEvent::Signal(Caught::Continued) => messages.extend(self.resume()),
            LoopEvent::Signal(Caught::Resized) => messages.extend(self.size()),
            LoopEvent::Input(TerminalInput::HungUp) => self.pace.close(),
            LoopEvent::Input(input) => messages.extend(message(input)),
            LoopEvent::Report(id, report) => messages.push(Msg::Task(id, report)),
            LoopEvent::Writable => self.flush(),
            LoopEvent::Leaving(reached) => progress = Some(reached),
            LoopEvent::Frame | LoopEvent::InboxClosed => {}
            LoopEvent::Beat => has_beaten = true,
        }
        if waiting.queued(&mut messages) {
            self.pace.close();
        }
        let has_news = has_beaten || !messages.is_empty();
        let has_spawned = has_news && self.update(messages, waiting.signals()).await;
        if let Some(progress) = progress {
            let is_over = !has_spawned && waiting.is_inbox_empty();
            self.proceed(progress, is_over);
        }
    }

    /// Gives the time and a batch to the program and does what it asks for. True when it started a job.
    async fn update(&mut self, mut messages: Vec<Msg>, signals: &mut Signals) -> bool {
        self.take_back(&mut messages);
        if messages.iter().all(Msg::is_news) {
            self.pace.hear();
        } else {
            self.pace.touch();
        }
        let effects = self.tell(messages);
        let has_spawned = effects
            .iter()
            .any(|effect| matches!(effect, Effect::Spawn(..)));
        self.interpret(effects, signals).await;
        has_spawned
    }

    /// Tells the program the time, then the messages.
    fn tell(&mut self, messages: impl IntoIterator<Item = Msg>) -> Vec<Effect> {
        self.told = Instant::now();
        let mut batch = vec![Msg::Tick(Timestamp::now())];
        batch.extend(messages);
        self.program.update(batch)
    }

    /// Ends the way out, unless the last reports started jobs that must finish too.
    fn proceed(&mut self, progress: ExitProgress, is_over: bool) {
        if let Some(leaving) = &mut self.leaving {
            if is_over || progress == ExitProgress::OutOfTime {
                leaving.end(progress);
            } else {
                leaving.wait_again(self.tasks.finished());
            }
        }
    }

    async fn interpret(&mut self, effects: Vec<Effect>, signals: &mut Signals) {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Spawn(id, job) => self.tasks.spawn(id, job),
                Effect::Edit(id, job) => {
                    self.editing = Some(id);
                    self.terminal.lend();
                    self.tasks.spawn(id, job);
                }
                Effect::Cancel(id) => self.tasks.cancel(id),
                Effect::Pause(id, is_on) => self.tasks.pause(id, is_on),
                Effect::Copy(text) => {
                    let copied = self.copy(&text);
                    effects.extend(self.program.update(vec![Msg::Copied(copied)]));
                }
                Effect::Suspend => {
                    if let Some(resized) = self.suspend(signals).await {
                        effects.extend(self.program.update(vec![resized]));
                    }
                }
                Effect::Redraw => self.redraw(),
                Effect::Quit => self.leave(Reason::Quit),
            }
        }
    }

    /// Tells the program that it must end, and starts the way out.
    async fn end(&mut self, reason: Reason, signals: &mut Signals) {
        let effects = self.tell([Msg::Terminated]);
        self.pace.touch();
        // First of all, because the program may ask to quit: then it was still this that ended it.
        self.leave(reason);
        self.interpret(effects, signals).await;
    }

    /// Starts the way out, once: asking again changes nothing.
    fn leave(&mut self, reason: Reason) {
        if self.leaving.is_none() {
            self.tasks.cancel_all();
            let within = self.options.finish_within;
            self.leaving = Some(Leaving::new(reason, within, self.tasks.finished()));
        }
    }

    fn copy(&mut self, text: &str) -> Copied {
        let is_sent = self.terminal.copy(text);
        let may_end_in_tmux = self.terminal.capabilities().multiplexer == Some(Multiplexer::Tmux);
        if is_sent {
            self.flush();
            if !may_end_in_tmux {
                return Copied::Clipboard;
            }
        }
        match save_copy(&self.options.copies, text) {
            Ok(path) if is_sent => Copied::Tmux(path.display().to_string()),
            Ok(path) if text.len() > CLIPBOARD_LIMIT => Copied::TooLong(path.display().to_string()),
            Ok(path) => Copied::File(path.display().to_string()),
            Err(error) => Copied::Failed(error.to_string()),
        }
    }

    /// Gives the terminal to the shell and stops, with everything else in the shell's job; then takes it back.
    async fn suspend(&mut self, signals: &mut Signals) -> Option<Msg> {
        self.terminal.leave();
        if let Err(error) = kill_current_process_group(Signal::TSTP) {
            tracing::warn!("the process cannot be stopped: {error}");
        } else if tokio::time::timeout(STOP, signals.continued())
            .await
            .is_err()
        {
            tracing::info!("not stopped: there is no shell to go on from");
        }
        self.resume()
    }

    /// Takes the terminal over after a stop. Nobody told of a change of its size meanwhile: that is the message.
    fn resume(&mut self) -> Option<Msg> {
        let resumed = self.terminal.resume();
        self.note(resumed.map(|()| Drain::Done));
        self.pace.touch();
        self.size()
    }

    /// Takes the terminal back once the job has reported whose editor has it. Keys until then were not for the program.
    fn take_back(&mut self, messages: &mut Vec<Msg>) {
        let Some(editing) = self.editing else { return };
        messages.retain(|message| !matches!(message, Msg::Key(_) | Msg::Paste(_)));
        let is_over = |message: &Msg| matches!(message, Msg::Task(id, _) if *id == editing);
        if messages.iter().any(is_over) {
            self.editing = None;
            let taken = self.terminal.take_back();
            self.note(taken.map(|()| Drain::Done));
            self.pace.touch();
            let size = self.size();
            messages.splice(0..0, size);
        }
    }

    fn redraw(&mut self) {
        let forgotten = self.terminal.redraw();
        self.note(forgotten.map(|()| Drain::Done));
        self.pace.touch();
    }

    fn flush(&mut self) {
        let sent = self.terminal.drain();
        self.note(sent);
    }

    /// Notes what became of output; any error means that the terminal is gone.
    fn note(&mut self, sent: Result<Drain, TerminalError>) {
        match sent {
            Ok(Drain::Done) => self.pace.taken(Instant::now()),
            Ok(Drain::Blocked) => self.pace.block(),
            Err(error) => {
                tracing::warn!("the terminal is gone: {error}");
                self.pace.close();
            }
        }
    }

    fn size(&mut self) -> Option<Msg> {
        let size = self.terminal.size();
        match size {
            Ok(size) => Some(Msg::Resized(size.width, size.height)),
            Err(error) => {
                self.note(Err(error));
                None
            }
        }
    }
}
