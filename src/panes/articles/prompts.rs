//! The texts the pane asks for, and what it does with them.

use super::pending::ArticlesPendingJob;
use super::{ArticlesPane, ReadingView};
use crate::articles::ArticleId;
use crate::effect::{Outbox, Prompt, ReaderJob, Severity};

/// What a text is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ArticlesPrompt {
    /// The words articles are searched for.
    Search,
    /// The words looked for in the article that is read.
    Find,
    /// The words the rows of the panel over the article must have.
    FilterPanel,
    /// The tag whose articles are listed.
    Tag,
    /// The URL or path of a feed to follow.
    AddFeed,
    /// The path an article is written to.
    Save(ArticleId),
}

impl ArticlesPrompt {
    /// Asks for the text.
    pub(super) fn ask(self, prompt: Prompt, pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
        pane.asked = Some(self);
        out.prompt(prompt);
    }

    /// Follows the text while it is typed.
    ///
    /// # Errors
    /// A sentence that says why the text cannot be taken as it stands.
    pub(super) fn edited(
        &self,
        pane: &mut ArticlesPane,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        match (self, pane.reader.view_mut()) {
            (Self::Search, _) => return pane.browsing.search_for(text, out),
            (Self::Find, Some(reading)) => reading.look_for(text),
            (Self::FilterPanel, Some(reading)) => narrow(reading, text),
            _ => {}
        }
        Ok(())
    }

    /// Takes the text, without blanks around it, when the user is done with it.
    ///
    /// # Errors
    /// A sentence that says why not; the prompt stays open then.
    pub(super) fn submitted(
        self,
        pane: &mut ArticlesPane,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        if let Some(missing) = self.missing().filter(|_| text.is_empty()) {
            return Err(format!("give {missing}"));
        }
        match self {
            Self::Search => return pane.browsing.keep_search(text, out),
            Self::Find => {
                if let Some(reading) = pane.reader.view_mut() {
                    reading.keep_find();
                }
            }
            Self::FilterPanel => {
                if let Some(reading) = pane.reader.view_mut() {
                    narrow(reading, text);
                }
            }
            Self::Tag => {
                pane.reader.put_away();
                let tag = text.trim_start_matches('#');
                pane.browsing.show_tag(tag, out);
            }
            Self::AddFeed => {
                let job = ReaderJob::Follow(text.to_owned());
                pane.begin(job, ArticlesPendingJob::Follow, out);
                out.notice(Severity::Info, format!("Adding {text} ..."));
            }
            Self::Save(id) => {
                let job = ReaderJob::Save(id, text.to_owned());
                pane.begin(job, ArticlesPendingJob::Save, out);
            }
        }
        Ok(())
    }

    /// What there must be some of.
    const fn missing(&self) -> Option<&'static str> {
        match self {
            Self::Search | Self::Find | Self::FilterPanel => None,
            Self::Tag => Some("a tag"),
            Self::AddFeed => Some("a URL or a path"),
            Self::Save(_) => Some("the path of a file"),
        }
    }

    /// Ends what the prompt was given up for.
    pub(super) fn closed(&self, pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
        match (self, pane.reader.view_mut()) {
            (Self::Search, _) => pane.browsing.end_search(out),
            (Self::Find, Some(reading)) => reading.give_up_find(),
            (Self::FilterPanel, Some(reading)) => narrow(reading, ""),
            _ => {}
        }
    }
}

fn narrow(reading: &mut ReadingView, filter: &str) {
    if let Some(choice) = reading.choice_mut() {
        choice.narrow(filter);
    }
}
