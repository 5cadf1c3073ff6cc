//! YAML with places.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, StrInput, Tag};

use super::{DataContent, DataNode, excess};
use crate::iac::source_file::SourceFile;
use crate::toml_file::FileError;

/// Reads the first document.
///
/// # Errors
/// With the line where it stops being YAML, or where it gets too large or too deep.
pub(super) fn parse(file: &SourceFile) -> Result<DataNode, FileError> {
    let mut reader = YamlReader {
        file,
        parser: Parser::new_from_str(&file.text),
        offsets: Offsets::new(&file.text),
        anchors: HashMap::new(),
        parts: 0,
        kept: 0,
    };
    while let Some((event, span)) = reader.next()? {
        match event {
            Event::StreamStart | Event::DocumentStart(_) => {}
            Event::StreamEnd => break,
            event => return reader.node(event, span, 0),
        }
    }
    Err(file.error_in_line(1, "this file holds no YAML document"))
}

struct YamlReader<'t> {
    file: &'t SourceFile,
    parser: Parser<'t, StrInput<'t>>,
    offsets: Offsets<'t>,
    anchors: HashMap<usize, (DataNode, usize)>,
    parts: usize,
    /// The parts of what anchors keep for their aliases.
    kept: usize,
}

impl<'t> YamlReader<'t> {
    fn next(&mut self) -> Result<Option<(Event<'t>, Span)>, FileError> {
        self.parser.next_event().transpose().map_err(|error| {
            let error: ScanError = error;
            let what = format!("this is not YAML: {}", error.info());
            self.file.error_in_line(error.marker().line().max(1), what)
        })
    }

    /// The next event of a list or a map; its end is none.
    fn inside(&mut self) -> Result<Option<(Event<'t>, Span)>, FileError> {
        let next = self.next()?;
        Ok(next.filter(|(event, _)| {
            !matches!(
                event,
                Event::SequenceEnd | Event::MappingEnd | Event::StreamEnd
            )
        }))
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<DataNode, FileError> {
        self.count(1, &span, depth)?;
        let (before, mut at) = (self.parts, self.offsets.range(&span));
        let (content, anchor, tag) = match event {
            Event::Alias(anchor) => return self.alias(anchor, &span, depth),
            Event::Scalar(text, style, anchor, tag) => {
                at = self.scalar(at, style);
                (DataContent::Scalar(text.into_owned()), anchor, tag)
            }
            Event::SequenceStart(anchor, tag) => (self.list(depth)?, anchor, tag),
            Event::MappingStart(anchor, tag) => (self.map(&at, depth)?, anchor, tag),
            _ => (DataContent::Scalar(String::new()), 0, None),
        };
        let mut node = DataNode::new(at, content);
        node.tag = tag.and_then(|tag| own_tag(&tag));
        if anchor > 0 {
            let parts = self.parts - before + 1;
            self.kept += parts;
            self.count(0, &span, depth)?;
            self.anchors.insert(anchor, (node.clone(), parts));
        }
        Ok(node)
    }

    /// The stretch of a scalar alone: the parser's runs on over blanks and comments.
    fn scalar(&self, at: Range<usize>, style: ScalarStyle) -> Range<usize> {
        let written = self.file.slice(&at);
        let length = match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => quoted_length(written),
            _ => written.trim_end().len(),
        };
        at.start..at.start + length
    }

    fn count(&mut self, parts: usize, span: &Span, depth: usize) -> Result<(), FileError> {
        self.parts += parts;
        match excess(self.parts + self.kept, depth) {
            Some(what) => Err(self.file.error_in_line(span.start.line().max(1), what)),
            None => Ok(()),
        }
    }

    fn alias(&mut self, anchor: usize, span: &Span, depth: usize) -> Result<DataNode, FileError> {
        let parts = self.anchors.get(&anchor).map_or(0, |(_, parts)| *parts);
        self.count(parts, span, depth)?;
        let known = self.anchors.get(&anchor);
        let unfinished = || {
            self.file.error_in_line(
                span.start.line(),
                "this alias stands inside of its own anchor",
            )
        };
        let (node, _) = known.ok_or_else(unfinished)?;
        Ok(DataNode {
            is_alias: true,
            ..node.clone()
        })
    }

    fn list(&mut self, depth: usize) -> Result<DataContent, FileError> {
        let mut items = Vec::new();
        while let Some((event, span)) = self.inside()? {
            items.push(self.node(event, span, depth + 1)?);
        }
        Ok(DataContent::List(items))
    }

    fn map(&mut self, at: &Range<usize>, depth: usize) -> Result<DataContent, FileError> {
        let mut entries = Vec::new();
        while let Some((event, span)) = self.inside()? {
            let key = self.node(event, span, depth + 1)?;
            let Some((event, span)) = self.inside()? else {
                break;
            };
            entries.push((key, self.node(event, span, depth + 1)?));
        }
        let is_flow = self.file.slice(&(at.start..at.start + 1)) == "{";
        let separator = if is_flow { "," } else { "" };
        Ok(DataContent::Map { entries, separator })
    }
}

/// The bytes from a quote to the one that closes it.
fn quoted_length(written: &str) -> usize {
    let mut chars = written.char_indices();
    let quote = chars.next().map_or('"', |(_, quote)| quote);
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            let is_doubled =
                quote == '\'' && written.get(at + 1..).is_some_and(|it| it.starts_with('\''));
            if !is_doubled {
                return at + 1;
            }
            chars.next();
        }
    }
    written.len()
}

/// The name of a tag that is none of YAML's own.
fn own_tag(tag: &Tag) -> Option<String> {
    (!tag.is_yaml_core_schema()).then(|| tag.suffix.clone())
}

/// Turns the parser's places, counted in characters, into offsets in bytes.
struct Offsets<'t> {
    text: &'t str,
    /// The offset of each character; empty where a character is a byte.
    of_chars: Vec<usize>,
}

impl<'t> Offsets<'t> {
    fn new(text: &'t str) -> Self {
        let of_chars = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at).collect()
        };
        Self { text, of_chars }
    }

    fn at(&self, index: usize) -> usize {
        if self.of_chars.is_empty() {
            return index.min(self.text.len());
        }
        let at = self.of_chars.get(index).copied();
        at.unwrap_or(self.text.len())
    }

    fn range(&self, span: &Span) -> Range<usize> {
        let start = self.at(span.start.index());
        start..self.at(span.end.index()).max(start)
    }
}
