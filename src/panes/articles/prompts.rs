//! The texts the pane asks for, and what it does with them.

use super::pending::ArticlesPendingJob;
use super::{ArticleSearch, ArticlesPane, Focus};
use crate::articles::ArticleId;
use crate::effect::{Job, Outbox, Prompt, ReaderJob, Severity};

/// What a text is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArticlesPrompt {
    /// The words articles are searched for.
    Search,
    /// The words looked for in the article that is read.
    Find,
    /// The tag whose articles are listed.
    Tag,
    /// The URL or path of a feed to follow.
    AddFeed,
    /// The path an article is written to.
    Save(ArticleId),
}

impl ArticlesPane {
    pub(super) fn ask_search(&mut self, out: &mut Outbox<'_>) {
        // Words of a search before this one would be in the way of those that are typed now.
        self.end_search(out);
        self.search = Some(ArticleSearch::default());
        self.focus = Focus::List;
        let hint = "words, \"a phrase\", title: author: tag: feed: is:unread before:2024 -not";
        self.ask(ArticlesPrompt::Search, Prompt::filter("Search", hint), out);
    }

    pub(super) fn ask_tag(&mut self, out: &mut Outbox<'_>) {
        let tags = self
            .current()
            .map_or(&[][..], |article| article.tags.as_slice());
        let hint = if tags.is_empty() {
            "a tag".to_owned()
        } else {
            format!("this article has {}", tags.join(", "))
        };
        let tag = tags.first().map_or("", String::as_str);
        let prompt = Prompt::line("Tag", &hint, tag);
        self.ask(ArticlesPrompt::Tag, prompt, out);
    }

    pub(super) fn ask_save(&mut self, out: &mut Outbox<'_>) {
        if let Some(article) = self.current() {
            let path = format!("{}.md", file_stem(&article.title));
            let question = ArticlesPrompt::Save(article.id.clone());
            let prompt = Prompt::line("Write to", "the path of a new file", &path);
            self.ask(question, prompt, out);
        }
    }

    /// Asks for a text.
    pub(super) fn ask(&mut self, question: ArticlesPrompt, prompt: Prompt, out: &mut Outbox<'_>) {
        self.asked = Some(question);
        out.prompt(prompt);
    }

    /// Asks for words to look for in the article that is read.
    pub(super) fn ask_find(&mut self, out: &mut Outbox<'_>) {
        if let Some(reading) = &mut self.reading {
            reading.begin_find();
            let hint = "words in this article; enter keeps, esc clears";
            self.ask(ArticlesPrompt::Find, Prompt::filter("Find", hint), out);
        }
    }

    /// Asks for a feed to follow.
    pub(super) fn ask_feed(&mut self, out: &mut Outbox<'_>) {
        let hint = "the URL of a feed or of a page that names one, or the path of a file";
        let prompt = Prompt::line("Follow", hint, "");
        self.ask(ArticlesPrompt::AddFeed, prompt, out);
    }

    /// Follows a text while it is typed.
    ///
    /// # Errors
    /// A sentence that says why the text cannot be taken as it stands.
    pub(super) fn text_edited(
        &mut self,
        question: &ArticlesPrompt,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        match question {
            ArticlesPrompt::Search => self.search.get_or_insert_default().ask(text, out),
            ArticlesPrompt::Find => {
                if let Some(reading) = &mut self.reading {
                    reading.look_for(vec![text.trim().to_owned()]);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Takes a text the user is done with.
    ///
    /// # Errors
    /// A sentence that says why not; the prompt stays open then.
    pub(super) fn text_submitted(
        &mut self,
        question: &ArticlesPrompt,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        let text = text.trim();
        match question {
            ArticlesPrompt::Search if text.is_empty() => self.search = None,
            ArticlesPrompt::Search => {
                let search = self.search.get_or_insert_default();
                if search.text.trim() != text {
                    return search.ask(text, out);
                }
            }
            ArticlesPrompt::Find => {
                if let Some(reading) = &mut self.reading {
                    reading.keep_find();
                }
            }
            ArticlesPrompt::Tag if text.is_empty() => return Err("give a tag".to_owned()),
            ArticlesPrompt::Tag => self.show_tag(text.trim_start_matches('#'), out),
            ArticlesPrompt::AddFeed if text.is_empty() => {
                return Err("give a URL or a path".to_owned());
            }
            ArticlesPrompt::AddFeed => self.follow_feed(text, out),
            ArticlesPrompt::Save(_) if text.is_empty() => {
                return Err("give the path of a file".to_owned());
            }
            ArticlesPrompt::Save(id) => {
                let job = ReaderJob::Save(id.clone(), text.to_owned());
                let task = out.spawn(Job::Reader(job));
                self.pending.add(task, ArticlesPendingJob::Save);
            }
        }
        Ok(())
    }

    /// Ends what a prompt was given up for.
    pub(super) fn text_closed(&mut self, question: &ArticlesPrompt, out: &mut Outbox<'_>) {
        match question {
            ArticlesPrompt::Search => self.end_search(out),
            ArticlesPrompt::Find => {
                if let Some(reading) = &mut self.reading {
                    reading.give_up_find();
                }
            }
            _ => {}
        }
    }

    pub(super) fn end_search(&mut self, out: &mut Outbox<'_>) {
        if let Some(mut search) = self.search.take()
            && search.is_searching()
        {
            // Nothing is asked for: what is under way is cancelled.
            let _nothing_to_say = search.ask("", out);
        }
    }

    fn show_tag(&mut self, tag: &str, out: &mut Outbox<'_>) {
        self.put_away();
        self.end_search(out);
        self.tree.show_tag(tag);
        self.list.show(self.tree.shelf.clone(), out);
        self.focus = Focus::List;
    }

    fn follow_feed(&mut self, source: &str, out: &mut Outbox<'_>) {
        let task = out.spawn(Job::Reader(ReaderJob::Follow(source.to_owned())));
        self.pending.add(task, ArticlesPendingJob::Follow);
        out.notice(Severity::Info, format!("Adding {source} ..."));
    }
}

/// The title as a file name: words joined by hyphens.
fn file_stem(title: &str) -> String {
    let slug = super::page::slug(title);
    let short: String = slug.chars().take(60).collect();
    let whole = match short.rsplit_once('-') {
        // A word that was cut in two goes.
        Some((words, _)) if short.len() < slug.len() => words,
        _ => &short,
    };
    match whole.trim_matches('-') {
        "" => "article".to_owned(),
        stem => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::file_stem;

    #[test]
    fn a_title_becomes_a_harmless_file_name() {
        assert_eq!(
            file_stem("Cold starts: 5 myths [Part 3] 🚀"),
            "cold-starts-5-myths-part-3"
        );
        assert_eq!(file_stem("../../etc/passwd"), "etc-passwd");
        assert_eq!(file_stem("🚀"), "article");
        assert_eq!(file_stem(&"longest ".repeat(9)), ["longest"; 7].join("-"));
        assert_eq!(file_stem(&"x".repeat(100)).len(), 60);
    }
}
