//! `tail --format`: fields of an event and the text between them.

use std::str::FromStr;

/// A line of output: texts and fields in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFormat(Vec<FormatPiece>);

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormatPiece {
    /// A text as it stands.
    Text(String),
    /// What an event has of this field.
    Field(EventField),
}

/// A field of an event, by the name it has in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventField {
    /// When it happened, in UTC.
    Time,
    /// When it happened, by the clock of this machine's zone.
    LocalTime,
    /// When `CloudWatch` Logs took it in, in UTC.
    IngestionTime,
    /// The account of its log group.
    Account,
    /// The region of its log group.
    Region,
    /// Its log group.
    Group,
    /// Its log stream.
    Stream,
    /// Its level in a word, or nothing.
    Level,
    /// The request it belongs to, or nothing.
    RequestId,
    /// Its id, or nothing.
    EventId,
    /// How far it is from its own time, in words before its text, where that is told: `(late by 3m12s) `.
    Late,
    /// Its text; further lines are indented.
    Message,
}

impl EventField {
    const ALL: [Self; 12] = [
        Self::Time,
        Self::LocalTime,
        Self::IngestionTime,
        Self::Account,
        Self::Region,
        Self::Group,
        Self::Stream,
        Self::Level,
        Self::RequestId,
        Self::EventId,
        Self::Late,
        Self::Message,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::LocalTime => "local_time",
            Self::IngestionTime => "ingestion_time",
            Self::Account => "account",
            Self::Region => "region",
            Self::Group => "group",
            Self::Stream => "stream",
            Self::Level => "level",
            Self::RequestId => "request_id",
            Self::EventId => "event_id",
            Self::Late => "late",
            Self::Message => "message",
        }
    }

    fn of_name(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|field| field.name() == name);
        found.ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("there is no field '{name}'; the fields are {names}")
        })
    }
}

impl LineFormat {
    /// The line of a tail that was not told how: time, group if there are several, stream, whether it is late, message.
    #[must_use]
    pub fn usual(with_group: bool) -> Self {
        let mut pieces = Vec::new();
        let group = Some(EventField::Group).filter(|_| with_group);
        let before = [Some(EventField::Time), group, Some(EventField::Stream)];
        for field in before.into_iter().flatten() {
            pieces.push(FormatPiece::Field(field));
            pieces.push(FormatPiece::Text(" ".to_owned()));
        }
        pieces.push(FormatPiece::Field(EventField::Late));
        pieces.push(FormatPiece::Field(EventField::Message));
        Self(pieces)
    }

    /// Whether a line has this field.
    #[must_use]
    pub fn has(&self, field: EventField) -> bool {
        self.0.contains(&FormatPiece::Field(field))
    }

    /// The pieces in order.
    #[must_use]
    pub fn pieces(&self) -> &[FormatPiece] {
        &self.0
    }
}

impl FromStr for LineFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (mut pieces, mut plain) = (Vec::new(), String::new());
        let mut rest = text;
        while let Some(at) = rest.find(['\\', '{', '}']) {
            let (before, mark) = rest.split_at_checked(at).unwrap_or_default();
            plain.push_str(before);
            if let Some(after) = doubled(mark, &mut plain) {
                rest = after;
                continue;
            }
            let (name, after) = field(mark)?;
            if !plain.is_empty() {
                pieces.push(FormatPiece::Text(std::mem::take(&mut plain)));
            }
            pieces.push(FormatPiece::Field(EventField::of_name(name)?));
            rest = after;
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            pieces.push(FormatPiece::Text(plain));
        }
        if pieces.is_empty() {
            return Err("it is empty; write fields such as '{time} {message}'".to_owned());
        }
        Ok(Self(pieces))
    }
}

/// Takes what stands for a character of its own, `\t`, `\n`, `\\`, `{{` or `}}`; gives what follows.
fn doubled<'a>(mark: &'a str, plain: &mut String) -> Option<&'a str> {
    let escapes = [
        ("\\t", '\t'),
        ("\\n", '\n'),
        ("\\\\", '\\'),
        ("{{", '{'),
        ("}}", '}'),
    ];
    escapes.into_iter().find_map(|(written, character)| {
        let after = mark.strip_prefix(written)?;
        plain.push(character);
        Some(after)
    })
}

/// The name between braces, and what follows.
fn field(mark: &str) -> Result<(&str, &str), String> {
    if mark.starts_with('\\') {
        return Err(
            "a backslash begins \\t, \\n or \\\\ and nothing else; write \\\\ for one".to_owned(),
        );
    }
    let inner = mark
        .strip_prefix('{')
        .ok_or("a '}' closes nothing; write }} for one")?;
    inner
        .split_once('}')
        .ok_or_else(|| "a '{' is not closed; write {{ for one".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<FormatPiece> {
        text.parse::<LineFormat>().unwrap().0
    }

    #[test]
    fn fields_and_texts_are_told_apart() {
        let text = |text: &str| FormatPiece::Text(text.to_owned());
        let field = FormatPiece::Field;
        assert_eq!(
            read("{time}\\t{group}: {{{message}}}\\\\"),
            [
                field(EventField::Time),
                text("\t"),
                field(EventField::Group),
                text(": {"),
                field(EventField::Message),
                text("}\\"),
            ]
        );
        assert_eq!(
            read("{time} {stream} {late}{message}"),
            LineFormat::usual(false).0
        );
        assert_eq!(
            read("{time} {group} {stream} {late}{message}"),
            LineFormat::usual(true).0
        );
        for field in EventField::ALL {
            assert_eq!(
                read(&format!("{{{}}}", field.name())),
                [FormatPiece::Field(field)]
            );
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_what_can_be_written() {
        for (text, words) in [
            ("", "write fields such as"),
            (
                "{tiem}",
                "no field 'tiem'; the fields are time, local_time,",
            ),
            ("{time", "write {{ for one"),
            ("time}", "write }} for one"),
            ("\\e[31m", "\\t, \\n or \\\\"),
            ("a\\", "\\t, \\n or \\\\"),
        ] {
            let refused = text.parse::<LineFormat>().unwrap_err();
            assert!(refused.contains(words), "{text}: {refused}");
        }
    }
}
