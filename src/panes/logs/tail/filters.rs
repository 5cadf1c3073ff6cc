//! The stack of filters: kept through every toggle, each on or off, all off, or set aside for the rows of one stream or
//! those with one value.

use std::sync::Arc;

use crate::logs::{FieldPath, Filter, FilterCondition, Level, Matcher, RequestId, StreamId};

/// The filters the user made.
#[derive(Debug, Clone, Default)]
pub struct Filters {
    list: Vec<Filter>,
    /// Whether all are off for now.
    all_off: bool,
    /// The row under the cursor in the list.
    cursor: usize,
    /// What alone is shown, while it is; the filters do not count then.
    alone: Option<ShownAlone>,
}

/// Rows that are shown whatever the filters say, and no others.
#[derive(Debug, Clone)]
pub(super) enum ShownAlone {
    /// Those of a stream.
    Stream(Arc<StreamId>),
    /// Those of all groups that hold a value: how it is told, and what they must have.
    Value(String, FilterCondition),
}

impl Filters {
    /// The filters, in the order they were made.
    #[must_use]
    pub fn list(&self) -> &[Filter] {
        &self.list
    }

    /// Whether all are off for now.
    #[must_use]
    pub const fn are_off(&self) -> bool {
        self.all_off
    }

    /// The place of the filter under the cursor of the list.
    #[must_use]
    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    /// Whether only the rows of one stream are shown.
    #[must_use]
    pub const fn is_in_context(&self) -> bool {
        matches!(self.alone, Some(ShownAlone::Stream(_)))
    }

    /// The value that is followed through all groups, while one is; safe to draw.
    #[must_use]
    pub fn followed_value(&self) -> Option<&str> {
        match &self.alone {
            Some(ShownAlone::Value(value, _)) => Some(value),
            _ => None,
        }
    }

    /// What rows must have to hold the value that is followed.
    pub(super) const fn followed_condition(&self) -> Option<&FilterCondition> {
        match &self.alone {
            Some(ShownAlone::Value(_, condition)) => Some(condition),
            _ => None,
        }
    }

    /// The filters that count now.
    pub(super) fn effective(&self) -> Vec<Filter> {
        match &self.alone {
            Some(ShownAlone::Stream(stream)) => vec![
                only(FilterCondition::Group(stream.group.to_string())),
                only(FilterCondition::Stream(stream.stream.to_string())),
            ],
            Some(ShownAlone::Value(_, condition)) => vec![only(condition.clone())],
            None if self.all_off => Vec::new(),
            None => {
                let on = self.list.iter().filter(|filter| filter.is_on);
                on.cloned().collect()
            }
        }
    }

    /// Adds a filter, or puts it in place of another one; it counts at once. Those that were all off stay off, each by
    /// itself.
    pub(in crate::panes::logs) fn put(
        &mut self,
        place: Option<usize>,
        condition: FilterCondition,
        leaves_out: bool,
    ) {
        let filter = Filter {
            leaves_out,
            ..only(condition)
        };
        if std::mem::take(&mut self.all_off) {
            for known in &mut self.list {
                known.is_on = false;
            }
        }
        self.alone = None;
        if let Some(old) = place.and_then(|place| self.list.get_mut(place)) {
            *old = filter;
        } else {
            let is_same = |known: &Filter| {
                let known = (&known.condition, known.leaves_out);
                known == (&filter.condition, filter.leaves_out)
            };
            match self.list.iter_mut().find(|known| is_same(known)) {
                Some(known) => known.is_on = true,
                None => self.list.push(filter),
            }
        }
    }

    /// Switches all off, or on again as they were.
    pub(in crate::panes::logs) const fn toggle_all(&mut self) {
        self.all_off = !self.all_off;
    }

    /// Sets the filters aside for other rows, or lets them count again.
    pub(super) fn show_alone(&mut self, rows: Option<ShownAlone>) {
        self.alone = rows;
    }

    /// Lets the filters count that were set aside.
    pub(in crate::panes::logs) fn leave_alone(&mut self) {
        self.alone = None;
    }

    /// Moves the cursor of the list, below which so many saved ones stand.
    pub(in crate::panes::logs) fn step(&mut self, rows: isize, saved: usize) {
        let last = (self.list.len() + saved).saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(rows).min(last);
    }

    /// Changes the filter under the cursor, if there is one; filters that were all off count again.
    pub(in crate::panes::logs) fn change(&mut self, change: impl FnOnce(&mut Filter)) {
        if let Some(filter) = self.list.get_mut(self.cursor) {
            change(filter);
            self.all_off = false;
        }
    }

    /// The filters as words, to be kept and read again by [`Self::replace`].
    pub(in crate::panes::logs) fn words(&self) -> Vec<String> {
        let words = |filter: &Filter| {
            let off = if filter.is_on { "" } else { "off " };
            let how = if filter.leaves_out { "hide" } else { "only" };
            format!("{off}{how} {}", write(&filter.condition))
        };
        self.list.iter().map(words).collect()
    }

    /// Puts filters in place of those there are, and lets them count.
    ///
    /// # Errors
    /// A sentence that names the first one that cannot be read; nothing is changed then.
    pub(in crate::panes::logs) fn replace(&mut self, words: &[String]) -> Result<(), String> {
        let list: Result<Vec<Filter>, String> = words.iter().map(|it| filter(it)).collect();
        *self = Self {
            list: list?,
            ..Self::default()
        };
        Ok(())
    }

    /// Removes the filters by a condition.
    pub(in crate::panes::logs) fn remove_those(&mut self, condition: &FilterCondition) {
        self.list.retain(|filter| filter.condition != *condition);
    }

    /// Removes the filter under the cursor.
    pub(in crate::panes::logs) fn remove(&mut self) {
        if self.cursor < self.list.len() {
            self.list.remove(self.cursor);
        }
    }
}

/// A filter that shows only what matches.
const fn only(condition: FilterCondition) -> Filter {
    Filter {
        condition,
        leaves_out: false,
        is_on: true,
    }
}

/// Reads a filter as it is typed: a regular expression, or `level>=warn`, `group=NAME`, `stream=NAME`, `request=ID`,
/// `tenant=ID`, `$.field=value`.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub(in crate::panes::logs) fn read(text: &str) -> Result<FilterCondition, String> {
    let text = text.trim();
    let after = |prefix: &str| text.strip_prefix(prefix).map(str::trim);
    if text.is_empty() {
        let words = "type a regular expression, or level>=warn, stream=NAME, $.field=value";
        return Err(words.to_owned());
    }
    if let Some(level) = after("level>=") {
        let words = "levels are trace, debug, info, warn, error and fatal";
        return known(Level::named(level), FilterCondition::Level, words);
    }
    if let Some(id) = after("request=") {
        let words = "a request id has 36 characters, such as 8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f";
        return known(RequestId::parse(id), FilterCondition::Request, words);
    }
    if let Some((path, value)) = after("$.").and_then(|rest| rest.split_once('=')) {
        let value = value.trim().trim_matches('"').to_owned();
        let field = |path| FilterCondition::Field(path, value);
        let words = format!("'{path}' is no way to a field; write it as in $.user.roles[0]=admin");
        return known(FieldPath::parse(path.trim()), field, &words);
    }
    if let Some(name) = after("group=") {
        return Ok(FilterCondition::Group(name.to_owned()));
    }
    if let Some(name) = after("stream=") {
        return Ok(FilterCondition::Stream(name.to_owned()));
    }
    if let Some((group, test)) = after("template=").and_then(|it| it.split_once(' ')) {
        return Ok(FilterCondition::Template(group.into(), test.parse()?));
    }
    if let Some(id) = after("tenant=") {
        return Ok(FilterCondition::Tenant(id.to_owned()));
    }
    let matcher = Matcher::regex(text).map_err(|error| error.to_string())?;
    Ok(FilterCondition::Text(matcher))
}

/// Reads a filter as [`Filters::words`] writes it.
fn filter(words: &str) -> Result<Filter, String> {
    let (is_on, rest) = match words.strip_prefix("off ") {
        Some(rest) => (false, rest),
        None => (true, words),
    };
    let (how, condition) = rest.split_once(' ').unwrap_or((rest, ""));
    Ok(Filter {
        condition: read(condition)?,
        leaves_out: how == "hide",
        is_on,
    })
}

/// The condition a value makes, or these words when there is no such value.
fn known<T>(
    value: Option<T>,
    make: impl FnOnce(T) -> FilterCondition,
    words: &str,
) -> Result<FilterCondition, String> {
    value.map(make).ok_or_else(|| words.to_owned())
}

/// A filter as it can be typed again.
#[must_use]
pub fn write(condition: &FilterCondition) -> String {
    match condition {
        FilterCondition::Text(matcher) => {
            let text = if matcher.is_regex() {
                matcher.pattern().to_owned()
            } else {
                regex::escape(matcher.pattern())
            };
            // What reads as a filter of another kind is put so that it is a text again.
            match read(&text) {
                Ok(FilterCondition::Text(_)) => text,
                _ => format!("(?:){text}"),
            }
        }
        FilterCondition::Together(matcher, _) => write(&FilterCondition::Text(matcher.clone())),
        FilterCondition::Template(group, test) => format!("template={group} {test}"),
        FilterCondition::Field(path, value) => format!("$.{path}={value}"),
        FilterCondition::Level(level) => format!("level>={}", level.name()),
        FilterCondition::Group(name) => format!("group={name}"),
        FilterCondition::Stream(name) => format!("stream={name}"),
        FilterCondition::Request(id) => format!("request={id}"),
        FilterCondition::Tenant(id) => format!("tenant={id}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_the_same() {
        for text in [
            "timeout after \\d+",
            "level>=warn",
            "group=/ecs/alpha",
            "stream=2026/11/21/[$LATEST]ab",
            "request=8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f",
            "tenant=green light",
            "template=/ecs/alpha json(message)+names Charged <id> \\<b> {order,ms}",
            "$.user.roles[0]=admin",
        ] {
            assert_eq!(write(&read(text).unwrap()), text);
        }
    }

    #[test]
    fn a_text_that_looks_like_another_filter_stays_a_text() {
        for words in ["request=1", "level>=loud", "group=/a", "tenant=x", "$.a=1"] {
            let condition = FilterCondition::Text(Matcher::literal(words).unwrap());
            let Ok(FilterCondition::Text(matcher)) = read(&write(&condition)) else {
                panic!("{words}");
            };
            assert!(
                matcher.is_match(words) && !matcher.is_match("other"),
                "{words}"
            );
        }
    }

    #[test]
    fn a_mistake_is_said() {
        assert!(read("level>=loud").unwrap_err().contains("levels are"));
        assert!(read("request=1").unwrap_err().contains("36 characters"));
        assert!(read("(").unwrap_err().contains("no regular expression"));
        assert!(read("  ").is_err());
    }

    #[test]
    fn switching_all_off_keeps_which_were_on() {
        let mut filters = Filters::default();
        filters.put(None, read("a").unwrap(), false);
        filters.put(None, read("b").unwrap(), true);
        filters.change(|filter| filter.is_on = false);
        filters.toggle_all();
        assert!(filters.effective().is_empty());
        filters.toggle_all();
        assert_eq!(filters.effective().len(), 1);
        assert!(filters.effective()[0].leaves_out);
        filters.put(None, read("b").unwrap(), true);
        assert_eq!(filters.list.len(), 2);
        filters.change(|filter| filter.is_on = false);
        let mut read_again = Filters::default();
        read_again.replace(&filters.words()).unwrap();
        assert_eq!(read_again.list, filters.list);
        assert_eq!(filters.words(), ["off only a", "hide b"]);
        filters.remove();
        assert_eq!(write(&filters.list[0].condition), "b");
    }

    #[test]
    fn filters_that_were_switched_off_stay_off_when_one_is_added() {
        let mut filters = Filters::default();
        filters.put(None, read("a").unwrap(), false);
        filters.toggle_all();
        filters.put(None, read("b").unwrap(), false);
        assert_eq!(filters.words(), ["off only a", "only b"]);
        filters.put(None, read("a").unwrap(), false);
        assert_eq!(filters.words(), ["only a", "only b"]);
    }

    #[test]
    fn filters_are_set_aside_for_a_stream_until_it_is_left_or_another_one_is_made() {
        let stream = Arc::new(StreamId {
            group: "g".into(),
            stream: "s".into(),
        });
        let mut filters = Filters::default();
        filters.put(None, read("a").unwrap(), false);
        filters.show_alone(Some(ShownAlone::Stream(Arc::clone(&stream))));
        let words = |filters: &Filters| {
            let effective = filters.effective();
            let words: Vec<String> = effective.iter().map(|it| write(&it.condition)).collect();
            words.join(" ")
        };
        assert_eq!(words(&filters), "group=g stream=s");
        filters.leave_alone();
        assert_eq!(words(&filters), "a");
        filters.show_alone(Some(ShownAlone::Stream(stream)));
        filters.put(None, read("b").unwrap(), true);
        assert_eq!(words(&filters), "a b");
    }
}
