//! Alike messages folded to templates: what they have in common, with masks for what varies.
//!
//! One pass, and within a bound: when there are too many templates, the least counted are told as others. The counts of
//! all templates and of the others sum up to the messages that were taken.

mod mask;
mod matching;
mod said;
mod tree;
mod wording;

use std::collections::hash_map::RandomState;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

use super::Level;
use mask::MaskedMessage;
pub use matching::TemplateTest;
use said::SaidPart;
use tree::TemplateTree;

/// Templates that are kept at most; a template takes about 1 kB.
pub const MOST_TEMPLATES: usize = 1_000;
/// Of them, how many are left after the least counted were dropped.
const LEFT: usize = 750;
/// Messages whose template is remembered, so that an equal one needs no search.
const REMEMBERED: usize = 16_384;
/// The bars of a sparkline over the span of time.
pub const BARS: usize = 16;

/// The stretch of time that figures about events are of, in Unix milliseconds, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventSpan {
    /// The first millisecond.
    pub from_ms: i64,
    /// The last millisecond.
    pub to_ms: i64,
    /// From when on events are counted apart too, to be compared with those before.
    pub split_ms: Option<i64>,
}

/// When messages of one template came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateSights {
    /// How many there were.
    pub count: u64,
    /// How many of them came at or after the split of the span.
    pub count_since: u64,
    /// The gravest level among them.
    pub level: Level,
    /// When the first one was written, in Unix milliseconds.
    pub first_ms: i64,
    /// When the last one was written, in Unix milliseconds.
    pub last_ms: i64,
    /// How many there were in each part of the span, in order of time.
    pub bars: [u32; BARS],
    /// Whether alike ones from before the split may be among those that were dropped.
    pub may_be_older: bool,
}

/// What alike messages have in common, and when they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its words, with `<num>`, `<id>`, `<ip>`, `<time>`, `<path>` and `<*>` for what varies; safe to draw.
    pub words: String,
    /// A regular expression that finds its messages and may find others; nothing when they have no words.
    pub pattern: Option<String>,
    /// Finds its messages.
    pub test: TemplateTest,
    /// When its messages came.
    pub sights: TemplateSights,
}

/// Messages whose templates were dropped to keep within the bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OtherMessages {
    /// How many messages.
    pub events: u64,
    /// How many templates; one that came back counts again.
    pub templates: u64,
}

/// Folds messages to templates.
#[derive(Debug)]
pub struct TemplateMiner {
    span: EventSpan,
    bound: usize,
    templates: Vec<KeptTemplate>,
    tree: TemplateTree,
    /// The places of templates by the hash of a masked message.
    remembered: HashMap<u64, usize>,
    hasher: RandomState,
    masked: MaskedMessage,
    others: OtherMessages,
    /// Leaves of the tree whose templates were dropped although they had messages from before the split, as hashes.
    dropped: HashSet<u64>,
}

/// A template that is kept.
#[derive(Debug)]
struct KeptTemplate {
    words: Vec<Box<str>>,
    form: MessageForm,
    sights: TemplateSights,
    /// Where in the tree its first message was looked for, as a hash.
    leaf: u64,
}

/// How messages hold their words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct MessageForm {
    /// The field of a line of JSON; empty when none holds words. Nothing for text.
    field: Option<Box<str>>,
    /// Whether the last word is the names of the other fields.
    has_names: bool,
    /// Whether more words follow.
    is_cut: bool,
}

/// How a message holds its words, by its own text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct FormOf<'m> {
    field: Option<&'m str>,
    has_names: bool,
    is_cut: bool,
}

impl<'m> FormOf<'m> {
    /// Masks the words of a message, and says how it holds them.
    fn read(masked: &mut MaskedMessage, message: &'m str) -> Self {
        let said = SaidPart::of(message);
        masked.read(said.words);
        let names = said.names();
        if let Some(names) = &names {
            masked.push(names);
        }
        Self {
            field: said.fields.map(|(field, _)| field),
            has_names: names.is_some(),
            is_cut: said.is_cut || masked.is_cut,
        }
    }

    /// Whether it is this form.
    fn is(self, form: &MessageForm) -> bool {
        let own = (self.field, self.has_names, self.is_cut);
        own == (form.field.as_deref(), form.has_names, form.is_cut)
    }
}

impl From<FormOf<'_>> for MessageForm {
    fn from(form: FormOf<'_>) -> Self {
        Self {
            field: form.field.map(Into::into),
            has_names: form.has_names,
            is_cut: form.is_cut,
        }
    }
}

impl EventSpan {
    /// How many a minute so many events are in it; nothing for less than a minute, which tells no rate.
    #[must_use]
    pub fn per_minute(&self, events: u64) -> Option<f64> {
        let minutes = self.to_ms.saturating_sub(self.from_ms) as f64 / 60_000.0;
        (minutes >= 1.0).then(|| events as f64 / minutes)
    }

    /// Whether a time in Unix milliseconds is at or after the split.
    pub(super) fn is_since(&self, time_ms: i64) -> bool {
        self.split_ms.is_some_and(|split_ms| time_ms >= split_ms)
    }

    /// The bar a time in Unix milliseconds belongs to.
    fn bar(&self, time_ms: i64) -> usize {
        let whole = i128::from(self.to_ms) - i128::from(self.from_ms) + 1;
        let part = (i128::from(time_ms) - i128::from(self.from_ms)).max(0);
        let bar = part * BARS as i128 / whole.max(1);
        usize::try_from(bar).unwrap_or(BARS).min(BARS - 1)
    }
}

impl TemplateSights {
    fn new(time_ms: i64) -> Self {
        Self {
            count: 0,
            count_since: 0,
            level: Level::Unknown,
            first_ms: time_ms,
            last_ms: time_ms,
            bars: [0; BARS],
            may_be_older: false,
        }
    }

    fn add(&mut self, span: &EventSpan, level: Level, time_ms: i64) {
        self.count += 1;
        self.count_since += u64::from(span.is_since(time_ms));
        self.level = self.level.max(level);
        self.first_ms = self.first_ms.min(time_ms);
        self.last_ms = self.last_ms.max(time_ms);
        if let Some(bar) = self.bars.get_mut(span.bar(time_ms)) {
            *bar = bar.saturating_add(1);
        }
    }

    /// Whether there was none before the split of the span, as far as is known.
    #[must_use]
    pub const fn is_new(&self) -> bool {
        self.count_since == self.count && !self.may_be_older
    }
}

impl TemplateMiner {
    /// Folds messages of a span of time; keeps at most so many templates, at least two.
    #[must_use]
    pub fn new(span: EventSpan, bound: usize) -> Self {
        Self {
            span,
            bound: bound.max(2),
            templates: Vec::new(),
            tree: TemplateTree::default(),
            remembered: HashMap::new(),
            hasher: RandomState::new(),
            masked: MaskedMessage::default(),
            others: OtherMessages::default(),
            dropped: HashSet::new(),
        }
    }

    /// Takes a message as it came, with its level and its time in Unix milliseconds.
    pub fn take(&mut self, message: &str, level: Level, time_ms: i64) {
        let form = FormOf::read(&mut self.masked, message);
        let hash = self.hasher.hash_one((self.masked.key(), form));
        let remembered = self.remembered.get(&hash).copied();
        let place = remembered.unwrap_or_else(|| self.place(form.into(), hash, time_ms));
        if let Some(template) = self.templates.get_mut(place) {
            template.sights.add(&self.span, level, time_ms);
        }
        if self.templates.len() > self.bound {
            self.make_room();
        }
    }

    /// The template of the masked message: one that it is alike, or a new one.
    fn place(&mut self, form: MessageForm, hash: u64, time_ms: i64) -> usize {
        let templates = &self.templates;
        let has_form = |place: usize| templates.get(place).is_some_and(|it| it.form == form);
        let found = self.tree.find(&self.masked, has_form);
        let place = found.map_or(self.templates.len(), |found| found.place);
        if let (Some(template), Some(found)) = (self.templates.get_mut(place), found) {
            self.tree.widen(found, &mut template.words);
        } else {
            let words: Vec<Box<str>> = self.masked.words().map(Into::into).collect();
            self.tree.put(&words, place);
            let leaf = self.leaf(&words);
            let mut sights = TemplateSights::new(time_ms);
            sights.may_be_older = self.dropped.len() >= REMEMBERED || self.dropped.contains(&leaf);
            self.templates.push(KeptTemplate {
                words,
                form,
                sights,
                leaf,
            });
        }
        if self.remembered.len() >= REMEMBERED {
            self.remembered.clear();
        }
        self.remembered.insert(hash, place);
        place
    }

    /// Drops the least counted templates; their messages are others from now on.
    fn make_room(&mut self) {
        self.templates
            .sort_by_key(|template| std::cmp::Reverse(template.sights.count));
        let left = (self.bound * LEFT / MOST_TEMPLATES).max(1);
        for dropped in self.templates.split_off(left) {
            self.others.templates += 1;
            self.others.events += dropped.sights.count;
            let is_older =
                dropped.sights.count_since < dropped.sights.count || dropped.sights.may_be_older;
            if is_older && self.dropped.len() < REMEMBERED {
                self.dropped.insert(dropped.leaf);
            }
        }
        self.remembered.clear();
        self.tree = TemplateTree::default();
        for (place, template) in self.templates.iter().enumerate() {
            self.tree.put(&template.words, place);
        }
    }

    /// Where in the tree templates with such words are, as a hash.
    fn leaf(&self, words: &[Box<str>]) -> u64 {
        let first = tree::first_word(words.iter().map(|word| &**word));
        self.hasher.hash_one((words.len(), first))
    }

    /// The templates so far, the most counted first, and what others there were.
    #[must_use]
    pub fn templates(&self) -> (Vec<Template>, OtherMessages) {
        let mut templates: Vec<Template> = self.templates.iter().map(Template::of).collect();
        templates.sort_by(|a, b| {
            let order = b.sights.count.cmp(&a.sights.count);
            order.then_with(|| a.words.cmp(&b.words))
        });
        (templates, self.others)
    }
}

impl Template {
    fn of(kept: &KeptTemplate) -> Self {
        Self {
            words: wording::words(&kept.words, &kept.form),
            pattern: wording::pattern(&kept.words, &kept.form),
            test: TemplateTest::new(&kept.words, &kept.form),
            sights: kept.sights.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
