//! The texts the pane asks for, and what it does with them.

use super::errand::Errand;
use super::{Articles, Focus, Reading, Search};
use crate::app::{Job, Outbox, Prompt, Purpose, ReaderJob, Severity};
use crate::articles::ArticleId;

/// What a text is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
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

impl Articles {
    pub(super) fn ask_search(&mut self, out: &mut Outbox<'_>) {
        // Words of a search before this one would be in the way of those that are typed now.
        self.end_search(out);
        self.search = Some(Search::default());
        self.focus = Focus::List;
        let hint = "words, \"a phrase\", title: author: tag: feed: is:unread before:2024 -not";
        out.prompt(line(Question::Search, "Search", hint, ""));
    }

    pub(super) fn ask_tag(&self, out: &mut Outbox<'_>) {
        let tags = self
            .current()
            .map_or(&[][..], |article| article.tags.as_slice());
        let tag = tags.first().map_or("", String::as_str);
        let hint = if tags.is_empty() {
            "a tag".to_owned()
        } else {
            format!("this article has {}", tags.join(", "))
        };
        out.prompt(line(Question::Tag, "Tag", &hint, tag));
    }

    pub(super) fn ask_save(&self, out: &mut Outbox<'_>) {
        if let Some(article) = self.current() {
            let path = format!("{}.md", file_stem(&article.title));
            let question = Question::Save(article.id.clone());
            out.prompt(line(question, "Write to", "the path of a new file", &path));
        }
    }

    /// Follows a text while it is typed.
    ///
    /// # Errors
    /// A sentence that says why the text cannot be taken as it stands.
    pub fn prompt_edited(
        &mut self,
        question: &Question,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        match question {
            Question::Search => self.search.get_or_insert_default().ask(text, out),
            Question::Find => {
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
    pub fn prompt_submitted(
        &mut self,
        question: &Question,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        let text = text.trim();
        match question {
            Question::Search if text.is_empty() => self.search = None,
            Question::Search => {
                let search = self.search.get_or_insert_default();
                if search.text.trim() != text {
                    return search.ask(text, out);
                }
            }
            Question::Find => {
                if let Some(reading) = &mut self.reading {
                    reading.keep_find();
                }
            }
            Question::Tag if text.is_empty() => return Err("give a tag".to_owned()),
            Question::Tag => self.show_tag(text.trim_start_matches('#'), out),
            Question::AddFeed if text.is_empty() => {
                return Err("give a URL or a path".to_owned());
            }
            Question::AddFeed => self.follow_feed(text, out),
            Question::Save(_) if text.is_empty() => {
                return Err("give the path of a file".to_owned());
            }
            Question::Save(id) => {
                let job = ReaderJob::Save(id.clone(), text.to_owned());
                let task = out.spawn(Job::Reader(job));
                self.errands.add(task, Errand::Save);
            }
        }
        Ok(())
    }

    /// Ends what a prompt was given up for.
    pub fn prompt_closed(&mut self, question: &Question, out: &mut Outbox<'_>) {
        match question {
            Question::Search => self.end_search(out),
            Question::Find => {
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
        self.errands.add(task, Errand::Follow);
        out.notice(Severity::Info, format!("Adding {source} ..."));
    }
}

/// Asks for words to look for in the article that is read.
pub(super) fn ask_find(reading: &mut Reading, out: &mut Outbox<'_>) {
    reading.begin_find();
    out.prompt(line(
        Question::Find,
        "Find",
        "words in this article; enter keeps, esc clears",
        "",
    ));
}

/// Asks for a feed to follow.
pub(super) fn ask_feed(out: &mut Outbox<'_>) {
    let hint = "the URL of a feed or of a page that names one, or the path of a file";
    out.prompt(line(Question::AddFeed, "Follow", hint, ""));
}

fn line(question: Question, title: &str, hint: &str, text: &str) -> Prompt {
    Prompt::line(Purpose::Articles(question), title, hint, text)
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
