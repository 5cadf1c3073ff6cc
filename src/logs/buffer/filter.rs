//! Filters: what a row must have, or must not have, to be shown.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::block::{RowBlock, Unpacked};
use super::matcher::Matcher;
use super::row::RowId;
use super::safe::store;
use crate::logs::facts::head;
use crate::logs::templates::TemplateTest;
use crate::logs::tenant::tenant_in;
use crate::logs::{FieldPath, Level, RecordKind, RequestId};

/// Bytes of a text that rows are asked for, at most.
const LONGEST: usize = 1024;

/// One filter of a stack. A row is shown when every filter that is on agrees. Markers are always shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// What it looks at.
    pub condition: FilterCondition,
    /// Whether rows for which the condition holds are left out; else all others are.
    pub leaves_out: bool,
    /// Whether it counts.
    pub is_on: bool,
}

/// What a filter looks at.
#[derive(Debug, Clone, PartialEq)]
pub enum FilterCondition {
    /// The text matches.
    Text(Matcher),
    /// It is JSON, and the field has this value, written as in the detail view: a string without its quotes.
    Field(FieldPath, String),
    /// It is at least this grave. An event that tells no level is not.
    Level(Level),
    /// It is from the group with this name.
    Group(String),
    /// It is from the stream with this name.
    Stream(String),
    /// It belongs to this invocation.
    Request(RequestId),
    /// The text matches, or it is one of these rows: those of the invocations whose ids match.
    Together(Matcher, Arc<BTreeSet<RowId>>),
    /// It is of the group with this name, and of a template of messages.
    Template(Arc<str>, TemplateTest),
    /// It tells this tenant: a record of the platform, or a line of JSON with the tenant's id.
    Tenant(String),
}

/// Every filter that is on, and what is searched for: all must agree.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct RowTest {
    filters: Vec<Filter>,
    search: Option<Matcher>,
}

/// Where the text of a block is unpacked and put into small letters.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    unpacked: Unpacked,
    small: Vec<u8>,
}

impl RowTest {
    pub(super) fn new(filters: &[Filter], search: Option<&Matcher>) -> Self {
        let mut filters: Vec<Filter> = filters
            .iter()
            .filter(|filter| filter.is_on)
            .cloned()
            .collect();
        // What needs no text comes first; often nothing is left to unpack.
        filters.sort_by_key(|filter| filter.condition.reads_text());
        Self {
            filters,
            search: search.cloned(),
        }
    }

    /// Whether every row passes.
    pub(super) const fn is_empty(&self) -> bool {
        self.filters.is_empty() && self.search.is_none()
    }

    /// The slots of a block that pass, in order; only those `among` are looked at.
    pub(super) fn passing(
        &self,
        block: &RowBlock,
        among: Range<usize>,
        scratch: &mut Scratch,
    ) -> Vec<usize> {
        let is_ruler = |slot: usize| block.kind(slot) == RecordKind::Marker;
        let mut passing: Vec<usize> = among.clone().collect();
        for filter in &self.filters {
            if passing.is_empty() {
                return passing;
            }
            let holding = filter.condition.holding(block, &passing, scratch);
            let mut holding = holding.into_iter().peekable();
            passing.retain(|slot| {
                let holds = holding.next_if_eq(slot).is_some();
                holds != filter.leaves_out || is_ruler(*slot)
            });
        }
        match &self.search {
            Some(matcher) => text_holds(matcher, block, &passing, scratch),
            None => passing,
        }
    }
}

impl FilterCondition {
    /// That a row says what a message as it came says: the same safe text, or its beginning where that is long.
    /// `None` for a text without words.
    #[must_use]
    pub fn saying(message: &str) -> Option<Self> {
        let stored = store(message.trim());
        let text = stored.text.lines().next().unwrap_or_default();
        let matcher = Matcher::literal(head(text, LONGEST)).ok();
        matcher.filter(|_| !text.is_empty()).map(Self::Text)
    }

    /// That a row has the same value in a field as this message. `None` when the message has no such field.
    #[must_use]
    pub fn field(path: FieldPath, message: &str) -> Option<Self> {
        let value = path.value_in(message)?.into_owned();
        Some(Self::Field(path, value))
    }

    const fn reads_text(&self) -> bool {
        matches!(
            self,
            Self::Text(_)
                | Self::Together(..)
                | Self::Template(..)
                | Self::Field(..)
                | Self::Tenant(_)
        )
    }

    /// Those of `slots` for which it holds.
    fn holding(&self, block: &RowBlock, slots: &[usize], scratch: &mut Scratch) -> Vec<usize> {
        let with = |holds: &dyn Fn(usize) -> bool| {
            slots.iter().copied().filter(|slot| holds(*slot)).collect()
        };
        let brief = |slot: usize| block.brief(slot);
        match self {
            Self::Text(matcher) => text_holds(matcher, block, slots, scratch),
            Self::Together(matcher, rows) => {
                let told = text_holds(matcher, block, slots, scratch);
                let is_theirs = |slot| brief(slot).is_some_and(|brief| rows.contains(&brief.id));
                with(&|slot| told.binary_search(&slot).is_ok() || is_theirs(slot))
            }
            Self::Template(group, test) => {
                let slots = Self::Group(group.to_string()).holding(block, slots, scratch);
                with_text(block, &slots, scratch, test.asked())
            }
            Self::Field(path, value) => {
                telling(value, block, slots, scratch, |row| path.value_in(row))
            }
            Self::Tenant(id) => telling(id, block, slots, scratch, tenant_in),
            Self::Level(least) => {
                with(&|slot| brief(slot).is_some_and(|brief| brief.level >= *least))
            }
            Self::Group(name) => with(&|slot| {
                block
                    .source(slot)
                    .is_some_and(|source| *source.group == **name)
            }),
            Self::Stream(name) => with(&|slot| {
                block
                    .source(slot)
                    .is_some_and(|source| *source.stream == **name)
            }),
            Self::Request(id) => {
                with(&|slot| brief(slot).is_some_and(|brief| brief.request == Some(*id)))
            }
        }
    }
}

/// Those of `slots` in whose text `told` finds this value.
fn telling(
    value: &str,
    block: &RowBlock,
    slots: &[usize],
    scratch: &mut Scratch,
    told: impl Fn(&str) -> Option<Cow<'_, str>>,
) -> Vec<usize> {
    let tells = |row: &str| told(row).is_some_and(|found| found == value);
    with_text(block, slots, scratch, tells)
}

/// Those of `slots` whose text is so.
fn with_text(
    block: &RowBlock,
    slots: &[usize],
    scratch: &mut Scratch,
    mut is_so: impl FnMut(&str) -> bool,
) -> Vec<usize> {
    if slots.is_empty() {
        return Vec::new();
    }
    let text = block.text(&mut scratch.unpacked);
    let mut holding = slots.to_vec();
    holding.retain(|slot| {
        let row = text.get(block.range(*slot));
        let row = row.and_then(|row| std::str::from_utf8(row).ok());
        row.is_some_and(&mut is_so)
    });
    holding
}

/// Those of `slots`, which are in order, whose text matches.
fn text_holds(
    matcher: &Matcher,
    block: &RowBlock,
    slots: &[usize],
    scratch: &mut Scratch,
) -> Vec<usize> {
    let (Some(first), Some(last)) = (slots.first(), slots.last()) else {
        return Vec::new();
    };
    let among = *first..last + 1;
    let mut text = block.text(&mut scratch.unpacked);
    let start = block.range(among.start).start;
    if matcher.lowers() {
        // Only what is looked at, and the break before it; the rest may be another block's.
        let copied = start.saturating_sub(1)..block.range(*last).end;
        if scratch.small.len() < copied.end {
            scratch.small.resize(copied.end, 0);
        }
        let from = text.get(copied.clone()).unwrap_or_default();
        let to = scratch.small.get_mut(copied.clone()).unwrap_or_default();
        for (to, from) in to.iter_mut().zip(from) {
            *to = from.to_ascii_lowercase();
        }
        text = &scratch.small;
    }
    let mut found = Vec::new();
    let mut wanted = slots.iter().peekable();
    matcher.rows(text, block, &among, |slot| {
        while wanted.next_if(|wanted| **wanted < slot).is_some() {}
        if wanted.next_if_eq(&&slot).is_some() {
            found.push(slot);
        }
    });
    found
}
