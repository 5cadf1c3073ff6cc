//! The update: one message at a time, or a batch.

use super::view::body;
use super::{AccountLookup, App, Overlay, PaneId, Panes, handed_on, visits};
use crate::effect::{
    Confirm, ConfirmAction, Effect, JobReport, Msg, NoticeText, Outbox, Problem, Request, Severity,
    Visit,
};
use crate::panes::{Pane, Rect, list_page};
use crate::task::TaskId;

impl App {
    /// What to do first: ask who the credentials are, and load the runs.
    pub fn start(&mut self) -> Vec<Effect> {
        let mut effects = self.ask_account();
        effects.extend(self.with_outbox(|panes, out| panes.tuning.load(out)));
        if self.pane != PaneId::Tuning {
            effects.extend(self.with_front(|pane, out| pane.enter(out)));
        }
        effects
    }

    /// Asks whose the credentials are, once the pane in front needs to know.
    pub(super) fn ask_account(&mut self) -> Vec<Effect> {
        if self.account == AccountLookup::Unasked && self.front().needs_account() {
            return self.with_account(AccountLookup::ask);
        }
        Vec::new()
    }

    /// Takes one message and says what is to be done about it.
    pub fn update(&mut self, message: Msg) -> Vec<Effect> {
        self.update_all([message])
    }

    /// Takes a batch of messages, in order; derived values are worked out at the end, and before each key, which may
    /// go by them.
    pub fn update_all(&mut self, batch: impl IntoIterator<Item = Msg>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for message in batch {
            if matches!(message, Msg::Key(_)) {
                let settled = self.settle();
                effects.extend(begun(self.leaving, settled));
            }
            let was_leaving = self.leaving;
            let taken = self.take(message);
            effects.extend(begun(was_leaving, taken));
        }
        let settled = self.settle();
        effects.extend(begun(self.leaving, settled));
        effects
    }

    /// Works out what is shown from what changed; what takes long becomes a job.
    fn settle(&mut self) -> Vec<Effect> {
        self.notices.leave_behind(self.front().scope());
        let body = body(self);
        self.terminal.body = body;
        self.with_outbox(|panes, out| {
            for id in PaneId::ALL {
                panes.get_mut(id).settle(body, out);
            }
        })
    }

    fn take(&mut self, message: Msg) -> Vec<Effect> {
        match message {
            Msg::Tick(now) => {
                self.now = now;
                self.notices.pass(now);
                self.with_front(|pane, out| pane.pass(out))
            }
            Msg::Resized(columns, rows) => {
                self.terminal.whole = Rect::new(0, 0, columns, rows);
                Vec::new()
            }
            Msg::Key(chord) => self.key(chord),
            Msg::Paste(text) => self.paste(&text),
            Msg::Task(id, report) => self.report(id, report),
            Msg::Copied(copied) => {
                handed_on::copied(self, copied);
                Vec::new()
            }
            Msg::Terminated => self.terminate(),
        }
    }

    fn report(&mut self, id: TaskId, report: JobReport) -> Vec<Effect> {
        if let JobReport::Failed(problem) = &report {
            let Problem { kind, chain, .. } = problem;
            tracing::warn!(task = id.0, ?kind, ?chain, "a task failed: {problem}");
        }
        let mut heard = handed_on::browsed(self, id, &report);
        let is_told = self.front().needs_account();
        let mut effects =
            self.with_account(|account, out| heard |= account.report(id, &report, is_told, out));
        let mut waiting = PaneId::ALL.into_iter();
        if let Some(pane) = waiting.find(|&pane| self.panes.get(pane).awaits(id)) {
            heard = true;
            effects
                .extend(self.with_outbox(|panes, out| panes.get_mut(pane).report(id, report, out)));
        }
        if !heard {
            tracing::debug!(task = id.0, "dropped a stale report");
        }
        if self.leaving && self.panes.tuning.live().is_none() {
            effects.push(Effect::Quit);
        }
        effects
    }

    /// Cancels what changes the account and leaves; the runtime waits for the clean-up.
    fn terminate(&mut self) -> Vec<Effect> {
        self.leaving = true;
        let mut effects = self.with_outbox(|panes, out| {
            panes.articles.store_place(out);
            panes.tuning.cancel_live(out);
        });
        effects.push(Effect::Quit);
        effects
    }

    pub(super) fn answer(&mut self, answer: ConfirmAction) -> Vec<Effect> {
        match answer {
            ConfirmAction::Start(plan) => {
                self.with_outbox(|panes, out| panes.tuning.start_run(*plan, out))
            }
            ConfirmAction::Resume(wanted) => {
                self.with_outbox(|panes, out| panes.tuning.resume_run(*wanted, out))
            }
            ConfirmAction::GoOn(run) => {
                self.with_outbox(|panes, out| panes.tuning.go_on(&run, out))
            }
            ConfirmAction::Recover(run) => {
                self.with_outbox(|panes, out| panes.tuning.recover(&run, out))
            }
            ConfirmAction::Follow(wanted) => {
                self.with_outbox(|panes, out| panes.logs.follow_now(*wanted, out))
            }
            ConfirmAction::ReadStack(read) => {
                self.with_outbox(|panes, out| panes.stacks.run_read(*read, out))
            }
            ConfirmAction::Unfollow(feed) => {
                self.with_outbox(|panes, out| panes.articles.unfollow(feed, out))
            }
            ConfirmAction::CancelAndQuit => {
                self.leaving = true;
                let mut effects = self.with_outbox(|panes, out| {
                    panes.articles.store_place(out);
                    panes.tuning.cancel_live(out);
                });
                if self.panes.tuning.live().is_none() {
                    effects.push(Effect::Quit);
                }
                effects
            }
        }
    }

    /// Lets the pane in front work with an outbox, then applies its requests. What it says is about the screen that is in
    /// front then.
    pub(super) fn with_front(
        &mut self,
        work: impl FnOnce(&mut dyn Pane, &mut Outbox<'_>),
    ) -> Vec<Effect> {
        let id = self.pane;
        let (mut effects, requests) = self.worked(|panes, _, out| work(panes.get_mut(id), out));
        let screen = Some(self.front().scope());
        for request in requests {
            match request {
                Request::Notice(severity, text) => {
                    self.notices.push((severity, text), screen, self.now);
                }
                request => effects.extend(self.apply(request)),
            }
        }
        effects
    }

    /// Lets the panes work with an outbox, then applies their requests.
    pub(super) fn with_outbox(
        &mut self,
        work: impl FnOnce(&mut Panes, &mut Outbox<'_>),
    ) -> Vec<Effect> {
        self.with_state(|panes, _, out| work(panes, out))
    }

    /// Lets the lookup of the account work with an outbox, then applies its requests.
    pub(super) fn with_account(
        &mut self,
        work: impl FnOnce(&mut AccountLookup, &mut Outbox<'_>),
    ) -> Vec<Effect> {
        self.with_state(|_, account, out| work(account, out))
    }

    fn with_state(
        &mut self,
        work: impl FnOnce(&mut Panes, &mut AccountLookup, &mut Outbox<'_>),
    ) -> Vec<Effect> {
        let (mut effects, requests) = self.worked(work);
        for request in requests {
            effects.extend(self.apply(request));
        }
        effects
    }

    /// Lets a part work with an outbox; what it wants of the runtime, and of the frame.
    fn worked(
        &mut self,
        work: impl FnOnce(&mut Panes, &mut AccountLookup, &mut Outbox<'_>),
    ) -> (Vec<Effect>, Vec<Request>) {
        let page = list_page(self.terminal.body);
        let mut out = Outbox::new(&self.context, self.now, page, &mut self.tasks);
        out.leaving = self.leaving;
        out.home = self.account.home();
        work(&mut self.panes, &mut self.account, &mut out);
        (out.effects, out.requests)
    }

    fn apply(&mut self, request: Request) -> Vec<Effect> {
        match request {
            Request::Notice(severity, text) => self.tell(severity, text),
            Request::Copied(what) => self.handed_on.copied = what,
            Request::Browsed(browser) => self.handed_on.browsers.push(browser),
            Request::Prompt(prompt) => self.prompt = Some(*prompt),
            Request::Confirm(confirm) => self.ask(confirm),
            Request::Visit(visit) => return self.visit(visit),
        }
        Vec::new()
    }

    /// Brings the pane to the front that a visit is for, and lets it do what it is asked.
    fn visit(&mut self, visit: Visit) -> Vec<Effect> {
        self.bring_to_front(visits::host(&visit));
        let mut effects = self.ask_account();
        effects.extend(self.with_outbox(|panes, out| visits::receive(panes, visit, out)));
        effects
    }

    /// Asks a question. What a run asks of itself lies over nothing that is open and over no other pane: it is paused as
    /// long as it is not answered.
    fn ask(&mut self, confirm: Confirm) {
        let is_of_run = matches!(confirm.answer, ConfirmAction::GoOn(_));
        let is_free = self.overlay.is_none() && self.pane == PaneId::Tuning;
        if is_free || !is_of_run {
            self.overlay = Some(Overlay::Confirm(confirm));
        }
    }

    /// Brings a pane to the front; good news of another one stays behind.
    pub(super) fn bring_to_front(&mut self, pane: PaneId) {
        if self.pane != pane {
            self.notices.hush();
        }
        self.pane = pane;
    }

    /// Shows a notice that is about more than the screen in front.
    pub fn tell(&mut self, severity: Severity, text: impl Into<NoticeText>) {
        self.notices.push((severity, text.into()), None, self.now);
    }
}

/// The effects of a message: on the way out nothing is begun any more but what writes the user's data.
fn begun(is_leaving: bool, mut effects: Vec<Effect>) -> Vec<Effect> {
    if is_leaving {
        effects.retain(|effect| match effect {
            Effect::Spawn(_, job) | Effect::Edit(_, job) => job.writes(),
            _ => true,
        });
    }
    effects
}
