//! The texts the pane asks for, and what it does with them.

use super::pending::ArticlesPendingJob;
use super::{ArticlesPane, ReadingView};
use crate::articles::{ArticleId, SavedSearch, without_password};
use crate::effect::{Outbox, Prompt, ReaderJob, Severity};
use crate::panes::check_name;

/// The longest name of a search, in characters.
const LONGEST_NAME: usize = 60;

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
    /// The name that a search is kept under: what is searched for.
    KeepSearch(String),
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
                pane.reader.put_away(out);
                let tag = text.trim_start_matches('#');
                pane.browsing.show_tag(tag, out);
            }
            Self::AddFeed => add_feed(pane, text, out),
            Self::KeepSearch(query) => return keep_search(pane, text, query, out),
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
            Self::KeepSearch(_) => Some("a name"),
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

fn add_feed(pane: &mut ArticlesPane, source: &str, out: &mut Outbox<'_>) {
    let job = ReaderJob::Follow(source.to_owned());
    pane.begin(job, ArticlesPendingJob::Follow, out);
    let text = format!("Adding {} ...", without_password(source));
    out.notice(Severity::Info, text);
}

fn keep_search(
    pane: &mut ArticlesPane,
    name: &str,
    query: String,
    out: &mut Outbox<'_>,
) -> Result<(), String> {
    check_name(name, LONGEST_NAME)?;
    let name = name.to_owned();
    let job = ReaderJob::SaveSearch(SavedSearch { name, query });
    pane.begin(job, ArticlesPendingJob::Searches, out);
    Ok(())
}

fn narrow(reading: &mut ReadingView, filter: &str) {
    if let Some(choice) = reading.choice_mut() {
        choice.narrow(filter);
    }
}
