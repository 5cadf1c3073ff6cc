//! A JSON document as lines that can be folded: one node per line, in reading order.

use serde_json::Value;

use crate::text;

/// The nodes of a document, the whole document first.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    nodes: Vec<Node>,
    visible: Vec<usize>,
}

/// One line of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// How deep it stands; the document itself is at 0.
    pub depth: usize,
    /// Its key or index in what holds it, safe to draw.
    pub key: String,
    /// What it is.
    pub kind: Kind,
    /// Whether what it holds is hidden.
    pub folded: bool,
    step: Step,
    parent: Option<usize>,
    end: usize,
    raw: String,
}

/// What a line shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// An object with this many members.
    Object(usize),
    /// A list of this many values.
    List(usize),
    /// A text of one line, safe to draw.
    Text(String),
    /// A text of several lines; they stand below.
    Texts(usize),
    /// One line of a text of several lines, safe to draw.
    Line(String),
    /// A number, true, false or null, as written.
    Word(String),
}

/// How a node is reached from what holds it.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    Root,
    Member(String),
    Item(usize),
    /// A line of a text: its path is that of the text.
    Line,
}

impl Tree {
    /// The lines of a document; nothing is folded.
    pub(super) fn of(value: &Value) -> Self {
        let mut nodes = Vec::new();
        add(&mut nodes, Step::Root, None, 0, value);
        let mut tree = Self {
            nodes,
            visible: Vec::new(),
        };
        tree.show();
        tree
    }

    /// How many lines are visible.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.visible.len()
    }

    /// The visible lines from the given one on.
    pub fn lines(&self, from: usize) -> impl Iterator<Item = &Node> {
        let visible = self.visible.iter().skip(from);
        visible.filter_map(|&at| self.nodes.get(at))
    }

    /// Folds or unfolds the node of a visible line; one that holds nothing folds what it stands in. Returns the
    /// line of the node that was folded.
    pub(super) fn fold(&mut self, line: usize) -> usize {
        let Some(&at) = self.visible.get(line) else {
            return line;
        };
        let holds =
            |tree: &Self, at: usize| tree.nodes.get(at).is_some_and(|node| node.end > at + 1);
        let target = if holds(self, at) {
            at
        } else {
            let parent = self.nodes.get(at).and_then(|node| node.parent);
            parent.unwrap_or(at)
        };
        if let Some(node) = self.nodes.get_mut(target) {
            node.folded = !node.folded;
        }
        self.show();
        let place = self.visible.iter().position(|&node| node == target);
        place.unwrap_or(line)
    }

    /// The value of a visible line as it is in the document: texts as they are, the rest as JSON.
    pub(super) fn value(&self, line: usize) -> Option<&str> {
        self.node(line).map(|node| node.raw.as_str())
    }

    /// The path of a visible line, as filter patterns write it: `$.user.roles[0]`.
    pub(super) fn path(&self, line: usize) -> Option<String> {
        let mut steps = Vec::new();
        let mut at = self.visible.get(line).copied();
        self.node(line)?;
        while let Some(node) = at.and_then(|at| self.nodes.get(at)) {
            steps.push(&node.step);
            at = node.parent;
        }
        let mut path = "$".to_owned();
        for step in steps.into_iter().rev() {
            match step {
                Step::Root | Step::Line => {}
                Step::Item(number) => path.push_str(&format!("[{number}]")),
                Step::Member(key) if is_plain(key) => path.push_str(&format!(".{key}")),
                Step::Member(key) => path.push_str(&format!("[{}]", quoted(key))),
            }
        }
        Some(path)
    }

    /// A regular expression for rows with the same value under the same key; `None` for what holds others.
    pub(super) fn pattern(&self, line: usize) -> Option<String> {
        let mut node = self.node(line)?;
        if matches!(node.kind, Kind::Line(_)) {
            return Some(regex::escape(node.raw.trim()));
        }
        let value = match node.kind {
            Kind::Text(_) => quoted(&node.raw),
            Kind::Word(_) => node.raw.clone(),
            _ => return None,
        };
        while !matches!(node.step, Step::Member(_)) {
            match node.parent.and_then(|parent| self.nodes.get(parent)) {
                Some(parent) if matches!(node.step, Step::Item(_)) => node = parent,
                _ => return Some(regex::escape(&value)),
            }
        }
        let Step::Member(key) = &node.step else {
            return None;
        };
        let between = if matches!(node.kind, Kind::List(_)) {
            r"\s*:\s*\[[^\]]*"
        } else {
            r"\s*:\s*"
        };
        let end = if value.starts_with('"') { "" } else { r"\b" };
        Some(format!(
            "{}{between}{}{end}",
            regex::escape(&quoted(key)),
            regex::escape(&value)
        ))
    }

    fn node(&self, line: usize) -> Option<&Node> {
        self.visible.get(line).and_then(|&at| self.nodes.get(at))
    }

    /// Works out which lines no folded node hides.
    fn show(&mut self) {
        self.visible.clear();
        let mut at = 0;
        while let Some(node) = self.nodes.get(at) {
            self.visible.push(at);
            at = if node.folded { node.end } else { at + 1 };
        }
    }
}

/// Adds a value and what it holds. The parser bounds the depth.
fn add(nodes: &mut Vec<Node>, step: Step, parent: Option<usize>, depth: usize, value: &Value) {
    let at = nodes.len();
    let (kind, raw) = kind(value);
    let key = match &step {
        Step::Root | Step::Line => String::new(),
        Step::Member(key) => text::neutralise(key).into_owned(),
        Step::Item(number) => number.to_string(),
    };
    nodes.push(Node {
        depth,
        key,
        kind,
        folded: false,
        step,
        parent,
        end: at + 1,
        raw,
    });
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                add(
                    nodes,
                    Step::Member(key.clone()),
                    Some(at),
                    depth + 1,
                    member,
                );
            }
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                add(nodes, Step::Item(number), Some(at), depth + 1, item);
            }
        }
        Value::String(words) if words.contains('\n') => {
            nodes.extend(words.lines().map(|line| text_line(line, at, depth + 1)));
            // A line holds nothing: its end is the next node.
            let first = at + 1;
            for (number, node) in nodes.iter_mut().enumerate().skip(first) {
                node.end = number + 1;
            }
        }
        _ => {}
    }
    let end = nodes.len();
    if let Some(node) = nodes.get_mut(at) {
        node.end = end;
    }
}

fn text_line(line: &str, parent: usize, depth: usize) -> Node {
    Node {
        depth,
        key: String::new(),
        kind: Kind::Line(text::neutralise(line).into_owned()),
        folded: false,
        step: Step::Line,
        parent: Some(parent),
        end: 0,
        raw: line.to_owned(),
    }
}

fn kind(value: &Value) -> (Kind, String) {
    match value {
        Value::Object(members) => (Kind::Object(members.len()), value.to_string()),
        Value::Array(items) => (Kind::List(items.len()), value.to_string()),
        Value::String(words) if words.contains('\n') => {
            (Kind::Texts(words.lines().count()), words.clone())
        }
        Value::String(words) => (
            Kind::Text(text::neutralise(words).into_owned()),
            words.clone(),
        ),
        word => (Kind::Word(word.to_string()), word.to_string()),
    }
}

/// Whether a key needs no quotes in a path.
fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

fn quoted(words: &str) -> String {
    Value::from(words).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Tree {
        Tree::of(&serde_json::json!({
            "level": "ERROR",
            "user": {"id": 7, "roles": ["admin", "a.b"]},
            "stack": "Error: x\n  at f\n  at g",
            "odd key": null,
        }))
    }

    fn line_of(tree: &Tree, key: &str) -> usize {
        tree.lines(0).position(|node| node.key == key).unwrap()
    }

    #[test]
    fn every_value_has_a_line_and_a_path() {
        let tree = tree();
        assert_eq!(tree.count(), 11);
        assert_eq!(tree.path(0).unwrap(), "$");
        assert_eq!(tree.path(line_of(&tree, "id")).unwrap(), "$.user.id");
        assert_eq!(tree.path(line_of(&tree, "1")).unwrap(), "$.user.roles[1]");
        assert_eq!(
            tree.path(line_of(&tree, "odd key")).unwrap(),
            "$[\"odd key\"]"
        );
        assert_eq!(
            tree.value(line_of(&tree, "roles")).unwrap(),
            "[\"admin\",\"a.b\"]"
        );
        assert_eq!(tree.path(99), None);
    }

    #[test]
    fn folding_hides_what_a_node_holds_and_a_leaf_folds_its_holder() {
        let mut tree = tree();
        let user = line_of(&tree, "user");
        assert_eq!(tree.fold(user), user);
        assert_eq!(tree.count(), 7);
        tree.fold(user);
        let id = line_of(&tree, "id");
        assert_eq!(tree.fold(id), user);
        assert_eq!(tree.count(), 7);
        let stack = line_of(&tree, "stack");
        assert_eq!(tree.fold(stack + 2), stack);
        assert_eq!(tree.count(), 4);
        assert_eq!(tree.fold(0), 0);
        assert_eq!(tree.count(), 1);
    }

    #[test]
    fn the_pattern_of_a_value_finds_rows_with_that_value_only() {
        let tree = tree();
        let finds = |line: usize, text: &str| {
            let pattern = tree.pattern(line).unwrap();
            regex::Regex::new(&pattern).unwrap().is_match(text)
        };
        let level = line_of(&tree, "level");
        assert!(finds(level, r#"{"level": "ERROR"}"#));
        assert!(!finds(level, r#"{"level":"ERRORS"}"#));
        let id = line_of(&tree, "id");
        assert!(finds(id, r#"{"id":7}"#) && !finds(id, r#"{"id":71}"#));
        let role = line_of(&tree, "1");
        assert!(finds(role, r#"{"roles":["x","a.b"]}"#));
        assert!(!finds(role, r#"{"roles":["x","acb"]}"#));
        assert_eq!(tree.pattern(0), None);
        let line = line_of(&tree, "stack") + 2;
        assert_eq!(tree.pattern(line).unwrap(), "at f");
    }

    #[test]
    fn nothing_from_outside_is_drawn_as_it_came() {
        let tree = Tree::of(&serde_json::json!({"a\u{1b}[2J": "\u{1b}]0;x\u{7}y"}));
        let node = tree.lines(1).next().unwrap();
        assert_eq!(
            (node.key.as_str(), &node.kind),
            ("a", &Kind::Text("y".into()))
        );
    }
}
