//! Reads a query token by token and knows the place of each.

/// Why a text is no query, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::simulator) struct Malformed {
    /// What is wrong.
    pub(in crate::simulator) message: String,
    /// The first character it is about, from 0.
    pub(in crate::simulator) start: usize,
    /// The character behind the last one it is about.
    pub(in crate::simulator) end: usize,
}

/// One token; names and texts without their quotes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Name(String),
    Number(f64),
    Text(String),
    Sign(&'static str),
    End,
}

/// Longer signs first, so that `<=` is not read as `<`.
const SIGNS: [&str; 18] = [
    "!=", "<=", ">=", "=~", "==", "=", "<", ">", "(", ")", "[", "]", ",", "|", "+", "-", "*", "^",
];

/// A place in a query.
#[derive(Debug, Clone)]
pub(super) struct QueryCursor<'q> {
    text: &'q str,
    rest: &'q str,
    /// When the query was asked, in Unix seconds: what `now()` stands for.
    pub(super) now_s: i64,
}

impl<'q> QueryCursor<'q> {
    pub(super) const fn new(text: &'q str, now_s: i64) -> Self {
        Self {
            text,
            rest: text,
            now_s,
        }
    }

    /// How many bytes were read; with [`Self::since`] it gives the source of what was read.
    pub(super) fn offset(&mut self) -> usize {
        self.skip();
        self.text.len() - self.rest.len()
    }

    /// The source from an offset to here.
    pub(super) fn since(&self, offset: usize) -> &'q str {
        let end = self.text.len() - self.rest.len();
        self.text.get(offset..end).unwrap_or_default().trim()
    }

    pub(super) fn peek(&mut self) -> Result<Token, Malformed> {
        self.clone().next()
    }

    pub(super) fn next(&mut self) -> Result<Token, Malformed> {
        self.skip();
        let Some(first) = self.rest.chars().next() else {
            return Ok(Token::End);
        };
        match first {
            '"' | '\'' => self.quoted(first).map(Token::Text),
            '`' => self.quoted('`').map(Token::Name),
            '0'..='9' => self.number(),
            _ if is_name(first) => Ok(Token::Name(self.take_while(is_name).to_owned())),
            '/' | '%' => {
                self.rest = self.rest.get(1..).unwrap_or_default();
                Ok(Token::Sign(if first == '/' { "/" } else { "%" }))
            }
            _ => {
                let sign = SIGNS.iter().find_map(|&sign| {
                    let rest = self.rest.strip_prefix(sign)?;
                    Some((sign, rest))
                });
                let Some((sign, rest)) = sign else {
                    return Err(self.unexpected());
                };
                self.rest = rest;
                Ok(Token::Sign(sign))
            }
        }
    }

    /// Takes this sign when it comes next.
    pub(super) fn take(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Ok(Token::Sign(next)) if next == sign);
        if found {
            self.next().ok();
        }
        found
    }

    /// Takes this word, in either case, when it comes next.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Ok(Token::Name(next)) if next.eq_ignore_ascii_case(word));
        if found {
            self.next().ok();
        }
        found
    }

    /// Takes this sign, which must come next.
    pub(super) fn expect(&mut self, sign: &str) -> Result<(), Malformed> {
        if self.take(sign) {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    pub(super) fn name(&mut self) -> Result<String, Malformed> {
        let before = self.clone();
        match self.next()? {
            Token::Name(name) => Ok(name),
            _ => Err(before.unexpected()),
        }
    }

    /// Takes `/…/`, in which a slash may be escaped.
    pub(super) fn pattern(&mut self) -> Result<Option<String>, Malformed> {
        self.skip();
        let before = self.clone();
        let Some(rest) = self.rest.strip_prefix('/') else {
            return Ok(None);
        };
        let mut text = String::new();
        let mut characters = rest.chars();
        while let Some(next) = characters.next() {
            match next {
                '/' => {
                    self.rest = characters.as_str();
                    return Ok(Some(text));
                }
                '\\' => match characters.next() {
                    Some('/') => text.push('/'),
                    escaped => text.extend(std::iter::once('\\').chain(escaped)),
                },
                _ => text.push(next),
            }
        }
        Err(before.unexpected())
    }

    /// What stands here cannot.
    pub(super) fn unexpected(&self) -> Malformed {
        let symbol = self.symbol().map(|symbol| symbol.to_string());
        let symbol = symbol.unwrap_or_else(|| "the end of the query".to_owned());
        self.placed(format!("unexpected symbol found {symbol}"))
    }

    /// This is wrong about what stands here.
    pub(super) fn wrong(&self, message: impl std::fmt::Display) -> Malformed {
        self.placed(format!("{message},"))
    }

    /// A message that says where it applies.
    fn placed(&self, message: impl std::fmt::Display) -> Malformed {
        let mut here = self.clone();
        here.skip();
        let start = self.text.chars().count() - here.rest.chars().count();
        let before: String = self.text.chars().take(start).collect();
        let line = before.matches('\n').count() + 1;
        let position = before.chars().rev().take_while(|&c| c != '\n').count();
        Malformed {
            message: format!("{message} at line {line} and position {position}"),
            start,
            end: start + usize::from(self.symbol().is_some()),
        }
    }

    /// The character that stands here.
    fn symbol(&self) -> Option<char> {
        let mut here = self.clone();
        here.skip();
        here.rest.chars().next()
    }

    /// Passes blanks and comments over.
    fn skip(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            if !self.rest.starts_with('#') {
                return;
            }
            self.rest = self.rest.split_once('\n').map_or("", |(_, rest)| rest);
        }
    }

    fn take_while(&mut self, wanted: fn(char) -> bool) -> &'q str {
        let end = self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or_default();
        self.rest = rest;
        taken
    }

    fn number(&mut self) -> Result<Token, Malformed> {
        let before = self.clone();
        let text = self.take_while(|c| c.is_ascii_digit() || c == '.');
        let number = text.parse().map_err(|_not_a_number| before.unexpected())?;
        Ok(Token::Number(number))
    }

    fn quoted(&mut self, mark: char) -> Result<String, Malformed> {
        let before = self.clone();
        let mut characters = self.rest.chars();
        characters.next();
        let mut text = String::new();
        while let Some(next) = characters.next() {
            match next {
                '\\' if mark != '`' => match characters.next() {
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some(escaped) if escaped == mark || escaped == '\\' => text.push(escaped),
                    escaped => text.extend(std::iter::once('\\').chain(escaped)),
                },
                _ if next == mark => {
                    self.rest = characters.as_str();
                    return Ok(text);
                }
                _ => text.push(next),
            }
        }
        Err(before.unexpected())
    }
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '@' | '.' | '$')
}

/// A number as a whole one from 1 to `most`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is within the range"
)]
pub(super) fn whole(number: f64, most: u32) -> Option<u32> {
    let is_whole = number.fract().abs() < f64::EPSILON;
    (is_whole && (1.0..=f64::from(most)).contains(&number)).then_some(number as u32)
}
