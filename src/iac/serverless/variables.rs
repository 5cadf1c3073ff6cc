//! Variables of `serverless.yml`: `${self:custom.memory.${sls:stage}}`, `${file(./memory.yml):dev}`.

use std::path::{Component, Path};

use super::SIZE;
use crate::iac::data::{DataFile, DataNode};
use crate::iac::source_file::{LARGEST_SOURCE, SourceFile};

/// How many variables are followed for one value.
const MOST_STEPS: usize = 32;
/// The longest text that is put together, in bytes.
const LONGEST: usize = 4_096;

/// The values of one file in one stage.
pub(super) struct Variables<'d> {
    pub(super) data: &'d DataFile,
    stage: Option<&'d str>,
}

/// What a variable leads to.
pub(super) struct FilledValue {
    /// The file, where that is another one.
    pub(super) file: Option<DataFile>,
    pub(super) node: DataNode,
}

impl<'d> Variables<'d> {
    pub(super) const fn of(data: &'d DataFile, stage: Option<&'d str>) -> Self {
        Self { data, stage }
    }

    /// A value as text with its variables filled in; none where one of them is not known.
    pub(super) fn text(&self, node: &DataNode) -> Option<String> {
        let mut steps = 0;
        self.filled(node.plain()?, &mut steps)
    }

    /// The value that a variable alone leads to.
    pub(super) fn value(&self, node: &DataNode) -> Option<FilledValue> {
        let mut found = FilledValue {
            file: None,
            node: node.clone(),
        };
        let mut steps = 0;
        while let Some(inner) = found.node.plain().and_then(alone) {
            // What another file holds is not filled in with what that file says of itself.
            if found.file.is_some() {
                return None;
            }
            let inner = self.filled(inner, &mut steps)?;
            found = self.variable(&inner, &mut steps)?;
        }
        // What stands in no file is no place.
        Some(found).filter(|found| !found.node.at.is_empty())
    }

    /// The other functions whose size is the same text.
    pub(super) fn others_with(&self, size: &DataNode) -> Vec<String> {
        let functions = self.data.root.get("functions");
        let all = functions.map_or(&[][..], DataNode::entries).iter();
        let alike = all.filter(|(_, function)| {
            let other = function.get(SIZE);
            other.is_some_and(|it| it.text() == size.text() && it.at != size.at)
        });
        let ids = alike.filter_map(|(id, _)| id.text());
        ids.map(str::to_owned).collect()
    }

    /// A text with its variables filled in, the inner ones first.
    fn filled(&self, text: &str, steps: &mut usize) -> Option<String> {
        let mut text = text.to_owned();
        while let Some(start) = text.rfind("${") {
            *steps += 1;
            let behind = text.get(start + 2..)?;
            let length = behind.find('}')?;
            let value = self.variable(behind.get(..length)?, steps)?;
            let value = value.node.plain()?.to_owned();
            if *steps > MOST_STEPS || text.len() + value.len() > LONGEST {
                return None;
            }
            text.replace_range(start..=start + 2 + length, &value);
        }
        Some(text)
    }

    /// What one variable leads to, without the `${}` around it; what stands behind a comma counts where there is none.
    fn variable(&self, written: &str, steps: &mut usize) -> Option<FilledValue> {
        *steps += 1;
        if *steps > MOST_STEPS {
            return None;
        }
        for choice in choices(written) {
            if let Some(found) = self.choice(choice.trim()) {
                return Some(found);
            }
        }
        None
    }

    fn choice(&self, written: &str) -> Option<FilledValue> {
        let literal = |text: &str| {
            let node = DataNode::of_text(text);
            Some(FilledValue { file: None, node })
        };
        if let Some(text) = quoted(written) {
            return literal(text);
        }
        if written.parse::<u32>().is_ok() {
            return literal(written);
        }
        let keys = |path: &str| path.split('.').map(str::to_owned).collect::<Vec<_>>();
        let (from, path) = written.split_once(':')?;
        match (from, path) {
            ("sls" | "opt", "stage") | ("self", "provider.stage") => literal(self.stage?),
            ("self", path) => {
                let node = found(&self.data.root, &keys(path))?.clone();
                Some(FilledValue { file: None, node })
            }
            (file, path) => {
                let name = file.strip_prefix("file(")?.strip_suffix(')')?;
                let file = self.other(name.trim())?;
                let node = found(&file.root, &keys(path))?.clone();
                let file = Some(file);
                Some(FilledValue { file, node })
            }
        }
    }

    /// Another file of the project, below its directory.
    fn other(&self, name: &str) -> Option<DataFile> {
        let name = Path::new(name);
        let is_below =
            |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
        let dir = self.data.file.path.parent()?;
        let path = dir.join(name.strip_prefix(".").unwrap_or(name));
        let is_data = ["yml", "yaml", "json"]
            .iter()
            .any(|end| path.extension().is_some_and(|it| it == *end));
        if !is_data || !name.components().all(is_below) {
            return None;
        }
        let root = self.data.file.root()?;
        let file = SourceFile::read(&path, &root, LARGEST_SOURCE).ok()?;
        DataFile::parse(file).ok()
    }
}

fn found<'n>(root: &'n DataNode, keys: &[String]) -> Option<&'n DataNode> {
    keys.iter().try_fold(root, |node, key| node.get(key))
}

/// The inside of a text that is one variable.
fn alone(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix("${")?.strip_suffix('}')?;
    let mut depth = 0_usize;
    let is_one = inner.char_indices().all(|(at, c)| {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return false,
            '}' => depth -= 1,
            _ => {}
        }
        at < inner.len()
    });
    is_one.then_some(inner)
}

/// The stretches between commas outside of quotes and brackets.
fn choices(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut quote, mut depth) = (Vec::new(), 0, None, 0_usize);
    for (at, c) in text.char_indices() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => quote = Some(c),
            ('(', None) => depth += 1,
            (')', None) => depth = depth.saturating_sub(1),
            (',', None) if depth == 0 => {
                found.push(text.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(text.get(start..).unwrap_or_default());
    found
}

fn quoted(text: &str) -> Option<&str> {
    let inner = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    inner('\'').or_else(|| inner('"'))
}
