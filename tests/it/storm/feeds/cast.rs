//! Who takes part in a storm: some sites with a feed each, and what their authors write over the days.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::storm::{Dice, time};

/// How many articles in a hundred have a text that others have as well.
const COPIED: u32 = 15;

/// What a feed is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Rss,
    Atom,
    Json,
}

/// A feed and the habits of its server.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) number: usize,
    pub(super) host: u64,
    pub(super) format: Format,
    /// Whether it gives an `ETag`, and whether a `Last-Modified`.
    pub(super) validators: (bool, bool),
    pub(super) max_age: Option<u64>,
    pub(super) ttl_minutes: Option<u64>,
    /// How many articles are in the feed at most.
    pub(super) window: usize,
    edits: Vec<Edit>,
}

/// One thing an author does.
#[derive(Debug, Clone, Copy)]
struct Edit {
    at: Duration,
    what: What,
}

#[derive(Debug, Clone, Copy)]
enum What {
    Publish(Naming, bool),
    /// A number that chooses among what is there by then.
    Revise(u64, Revision),
    Withdraw(u64),
}

/// What an article is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Naming {
    Guid,
    GuidAndLink,
    Link,
    Nothing,
}

#[derive(Debug, Clone, Copy)]
enum Revision {
    Title,
    Text,
    /// A correction that changes no letter.
    Sign,
    Link,
}

/// An article as its feed has it at some moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// What it is for the reader: other keys are other articles.
    pub(super) key: String,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) guid: Option<String>,
    pub(super) link: Option<String>,
    pub(super) published: Timestamp,
    /// Whether others have the same text, under their own titles: then it is shown once.
    pub(super) copied: bool,
}

impl Item {
    /// What makes an article a changed one: its title, and the letters of its text.
    pub(super) fn letters(&self) -> (String, String) {
        (self.title.clone(), letters(&self.text))
    }
}

/// The letters of a text, by which equal ones are told.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A feed at some moment.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// How many times it was edited.
    pub(super) version: u64,
    /// When the last time was.
    pub(super) edited: Timestamp,
    /// Its articles, the newest first.
    pub(super) items: Vec<Item>,
}

struct Draft {
    number: usize,
    copied: bool,
    naming: Naming,
    published: Timestamp,
    title: u64,
    text: u64,
    signs: usize,
    link: u64,
    withdrawn: bool,
}

/// The sites of this storm, and how long it rages.
pub(super) fn of(seed: u64) -> (Vec<Site>, Duration) {
    let mut dice = Dice::of(seed, "cast");
    let lasts = Duration::from_secs(60 * dice.within(120..=60 * 36));
    let count = match dice.within(0..=9) {
        n @ 0..=7 => usize::try_from(n / 2 + 1).unwrap(),
        _ => usize::try_from(dice.within(5..=7)).unwrap(),
    };
    let hosts = dice.within(1..=3);
    let sites = (0..count).map(|number| site(number, hosts, lasts, &mut dice));
    (sites.collect(), lasts)
}

fn site(number: usize, hosts: u64, lasts: Duration, dice: &mut Dice) -> Site {
    let format = *dice.pick(&[Format::Rss, Format::Atom, Format::Json]);
    let sometimes = |dice: &mut Dice, range| dice.percent(40).then(|| dice.within(range));
    Site {
        number,
        host: dice.within(1..=hosts),
        format,
        validators: *dice.pick(&[(true, true), (true, false), (false, true), (false, false)]),
        max_age: sometimes(dice, 0..=40_000),
        ttl_minutes: sometimes(dice, 1..=400).filter(|_| format == Format::Rss),
        window: usize::try_from(dice.within(2..=6)).unwrap(),
        edits: edits(lasts, dice),
    }
}

fn edits(lasts: Duration, dice: &mut Dice) -> Vec<Edit> {
    let mut edits: Vec<Edit> = (0..dice.within(1..=4))
        .map(|_| Edit {
            at: Duration::ZERO,
            what: What::Publish(naming(dice), dice.percent(COPIED)),
        })
        .collect();
    let mut at = 0;
    for _ in 0..dice.within(0..=12) {
        at += dice.within(1..=lasts.as_secs() / 6);
        let what = match dice.within(0..=9) {
            0..=4 => What::Publish(naming(dice), dice.percent(COPIED)),
            9 => What::Withdraw(dice.number()),
            n => What::Revise(
                dice.number(),
                [
                    Revision::Title,
                    Revision::Text,
                    Revision::Sign,
                    Revision::Link,
                ][usize::try_from(n - 5).unwrap()],
            ),
        };
        let at = Duration::from_secs(at);
        edits.push(Edit { at, what });
    }
    edits
}

fn naming(dice: &mut Dice) -> Naming {
    *dice.pick(&[
        Naming::Guid,
        Naming::GuidAndLink,
        Naming::GuidAndLink,
        Naming::Link,
        Naming::Link,
        Naming::Nothing,
    ])
}

impl Site {
    /// The feed as its author has it so long after the beginning.
    pub(super) fn at(&self, since: Duration) -> State {
        let mut drafts: Vec<Draft> = Vec::new();
        let mut last = Duration::ZERO;
        let done = self.edits.iter().take_while(|edit| edit.at <= since);
        let mut version = 0;
        for edit in done {
            (version, last) = (version + 1, edit.at);
            edit.apply(&mut drafts);
        }
        let shown = drafts.iter().rev().filter(|draft| !draft.withdrawn);
        State {
            version,
            edited: after(last),
            items: shown
                .take(self.window)
                .map(|draft| self.item(draft))
                .collect(),
        }
    }

    fn item(&self, draft: &Draft) -> Item {
        let name = format!("F{}A{}", self.number, draft.number);
        let (title, text) = (draft.title, draft.text);
        let nameless = draft.naming == Naming::Nothing;
        // Without a name an article of other words is another one.
        let key = if nameless {
            format!("{name}.{title}.{text}.{}", draft.signs)
        } else {
            name.clone()
        };
        let address = format!("https://blog.example/{name}/{}", draft.link);
        let has_guid = matches!(draft.naming, Naming::Guid | Naming::GuidAndLink);
        let has_link = matches!(draft.naming, Naming::Link | Naming::GuidAndLink);
        Item {
            title: format!("{key} title {title}"),
            text: format!("<p>{}</p>", draft.words(&key)),
            copied: draft.copied,
            guid: has_guid.then(|| format!("guid of {name}")),
            link: has_link.then_some(address),
            published: draft.published,
            key,
        }
    }
}

impl Draft {
    /// Its text. Some texts are long enough to tell by, some are not; those of copies are.
    fn words(&self, key: &str) -> String {
        let (name, times) = if self.copied {
            (format!("copy {}", self.number % 3), 12)
        } else {
            (key.to_owned(), 1 + 11 * (self.number % 2))
        };
        let sentence = format!("This is {name} in its wording {}", self.text);
        let sentences = vec![sentence; times].join(", ");
        format!("{sentences}{}", "!".repeat(self.signs))
    }
}

impl Edit {
    fn apply(&self, drafts: &mut Vec<Draft>) {
        match self.what {
            What::Publish(naming, copied) => drafts.push(Draft {
                copied,
                number: drafts.len(),
                naming,
                published: after(self.at),
                title: 1,
                text: 1,
                signs: 0,
                link: 1,
                withdrawn: false,
            }),
            What::Revise(which, how) => {
                let draft = chosen(drafts, which);
                match how {
                    Revision::Title => draft.title += 1,
                    Revision::Text => draft.text += 1,
                    Revision::Sign => draft.signs += 1,
                    // The address is the name of what has no guid: that one cannot move.
                    Revision::Link if draft.naming == Naming::GuidAndLink => draft.link += 1,
                    Revision::Link => {}
                }
            }
            What::Withdraw(which) => chosen(drafts, which).withdrawn = true,
        }
    }
}

fn chosen(drafts: &mut [Draft], which: u64) -> &mut Draft {
    let at = which % drafts.len() as u64;
    &mut drafts[usize::try_from(at).unwrap()]
}

/// The calendar's time so long after the beginning.
pub(super) fn after(since: Duration) -> Timestamp {
    time::epoch() + SignedDuration::try_from(since).unwrap()
}
