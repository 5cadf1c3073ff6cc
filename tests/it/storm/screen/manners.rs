//! How the program takes a key: a prompt takes all of them while it is open, a question only what answers it.

use crossterm::event::{KeyCode, KeyModifiers};
use iacstone::app::{App, Overlay, PaneId};
use iacstone::effect::{Effect, Job, Msg, Prompt, ReaderJob};
use iacstone::keys::{Action, Chord};

use super::print::beginning;
use crate::promise;
use crate::storm::Broken;

/// The key, when there is nothing but this.
pub(super) fn sole_key(batch: &[Msg]) -> Option<Chord> {
    match batch {
        [Msg::Key(chord)] => Some(*chord),
        _ => None,
    }
}

/// What was so before a batch.
pub(super) struct Before {
    /// The key, when the batch has only this.
    key: Option<Chord>,
    prompt: Option<(String, Option<usize>, bool)>,
    overlay: Option<Overlay>,
    pane: PaneId,
    live: bool,
    terminated: bool,
}

impl Before {
    pub(super) fn of(app: &App, batch: &[Msg]) -> Self {
        let prompt = app.prompt.as_ref();
        Self {
            key: sole_key(batch),
            prompt: prompt.map(|it| (it.title.clone(), length(it), it.multiline)),
            overlay: app.overlay.clone(),
            pane: app.pane,
            live: app.panes.tuning.live().is_some(),
            terminated: batch.contains(&Msg::Terminated),
        }
    }

    /// Looks at what became of it.
    pub(super) fn check(&self, app: &App, effects: &[Effect]) -> Result<(), Broken> {
        if self.terminated {
            let quits = effects.contains(&Effect::Quit);
            let cancels = app.panes.tuning.live().is_none_or(|live| live.cancelling);
            promise!(
                quits && (cancels || !self.live),
                "it was told to end and goes on"
            );
        }
        let Some(key) = self.key else { return Ok(()) };
        match (&self.prompt, &self.overlay) {
            (Some((title, length, multiline)), _) => {
                self.typed(key, title, *length, *multiline, app, effects)
            }
            (None, Some(Overlay::Confirm(_))) => self.answered(key, app, effects),
            (None, Some(Overlay::Help(_))) => self.read(key, app, effects),
            (None, Some(Overlay::Palette(_))) => {
                let stays = matches!(app.overlay, Some(Overlay::Palette(_)));
                promise!(
                    key.code != KeyCode::Esc || !stays,
                    "{key} does not close the palette"
                );
                Ok(())
            }
            (None, None) => Ok(()),
        }
    }

    /// A key went to a prompt.
    fn typed(
        &self,
        key: Chord,
        title: &str,
        length: Option<usize>,
        multiline: bool,
        app: &App,
        effects: &[Effect],
    ) -> Result<(), Broken> {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let leaves = key.code == KeyCode::Esc || (control && key.code == KeyCode::Char('c'));
        // What was being typed as a payload is there again when no sample event is taken.
        let now = app.prompt.as_ref();
        let leads_back = now.is_some_and(|now| now.multiline && title == "Sample event");
        promise!(
            !leaves || now.is_none() || leads_back,
            "{key} does not close the prompt {title:?}"
        );
        let submits = match key.code {
            KeyCode::Char('s') => control,
            KeyCode::Char('m' | 'j') => control && !multiline,
            KeyCode::Enter => !multiline,
            _ => false,
        };
        let is_aided = control && multiline && matches!(key.code, KeyCode::Char('t' | 'o'));
        if leaves || submits || is_aided {
            return Ok(());
        }
        let stays = app
            .prompt
            .as_ref()
            .is_some_and(|prompt| prompt.title == title);
        promise!(
            stays,
            "{key} is typed into the prompt {title:?}, which is gone"
        );
        promise!(
            app.pane == self.pane && app.overlay == self.overlay,
            "{key} is typed into the prompt {title:?} and does more"
        );
        let others = effects.iter().find(|effect| {
            !matches!(
                effect,
                Effect::Spawn(_, Job::Reader(ReaderJob::Search(_)) | Job::Scan(_))
                    | Effect::Cancel(_)
            )
        });
        promise!(
            others.is_none(),
            "{key} is typed into the prompt {title:?} and asks for {}",
            beginning(&others, 100)
        );
        if let (Some(length), Some(_)) = (length, key.character()) {
            let now = app.prompt.as_ref().and_then(self::length);
            promise!(
                now == Some(length + 1),
                "{key} is typed into a text of {length} characters, which has {now:?} now"
            );
        }
        Ok(())
    }

    /// A key went to a question.
    fn answered(&self, key: Chord, app: &App, effects: &[Effect]) -> Result<(), Broken> {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let says_yes = matches!(key.code, KeyCode::Char('y' | 'Y'));
        let says_no = matches!(key.code, KeyCode::Char('n' | 'N' | 'q') | KeyCode::Esc)
            || (control && key.code == KeyCode::Char('c'));
        if says_yes {
            promise!(
                app.overlay != self.overlay,
                "{key} answers the question, which stays"
            );
            return Ok(());
        }
        promise!(
            effects.is_empty(),
            "{key} is no yes, and asks for {}",
            beginning(&effects, 100)
        );
        promise!(
            app.overlay.is_none() == says_no,
            "{key} is taken wrongly by a question"
        );
        promise!(app.pane == self.pane, "{key} goes past a question");
        Ok(())
    }

    /// A key went to the help.
    fn read(&self, key: Chord, app: &App, effects: &[Effect]) -> Result<(), Broken> {
        promise!(
            effects.is_empty() && app.pane == self.pane,
            "{key} goes past the help"
        );
        let closes = app.context.keymap.chords(Action::HELP).contains(&key);
        promise!(
            !closes || app.overlay.is_none(),
            "{key} does not close the help"
        );
        Ok(())
    }
}

/// How many characters a prompt holds; `None` while some are selected, which the next one replaces.
fn length(prompt: &Prompt) -> Option<usize> {
    let is_plain = prompt.area().selection_range().is_none();
    is_plain.then(|| prompt.text().chars().count())
}
