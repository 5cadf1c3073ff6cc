//! What varies from message to message is masked before messages are compared: numbers, ids, addresses, times, paths.
//!
//! A mask is one control character. No message can bring one along: a word that holds a control character is masked
//! as a whole.

/// What differs among alike messages.
pub(super) const ANYTHING: char = '\u{1}';
const NUMBER: char = '\u{2}';
const ID: char = '\u{3}';
const ADDRESS: char = '\u{4}';
/// A time, of one word or several.
pub(super) const TIME: char = '\u{5}';
const PATH: char = '\u{6}';

/// Words of a message that are looked at.
pub(super) const MOST_WORDS: usize = 64;
/// Bytes of a word from which on it is an id, whatever it says.
const LONG: usize = 64;

/// A message with its parameters masked. Made once and used again: it is where the words are put.
#[derive(Debug, Default)]
pub(super) struct MaskedMessage {
    text: String,
    ends: Vec<usize>,
    /// Whether words were left out at the end.
    pub(super) is_cut: bool,
}

impl MaskedMessage {
    /// Masks the words of a message in place of those before.
    pub(super) fn read(&mut self, said: &str) {
        self.text.clear();
        self.ends.clear();
        let mut words = said.split_ascii_whitespace();
        for word in words.by_ref().take(MOST_WORDS) {
            let start = self.text.len();
            mask_word(word, &mut self.text);
            let is_time = self.text.get(start..) == Some("\u{5}");
            if is_time && self.words().next_back() == Some("\u{5}") {
                self.text.truncate(start);
            } else {
                self.ends.push(self.text.len());
            }
        }
        self.is_cut = words.next().is_some();
    }

    /// Adds a word as it is.
    pub(super) fn push(&mut self, word: &str) {
        self.text.push_str(word);
        self.ends.push(self.text.len());
    }

    /// The words, masked.
    pub(super) fn words(&self) -> impl DoubleEndedIterator<Item = &str> {
        let start = |at: usize| at.checked_sub(1).and_then(|at| self.ends.get(at)).copied();
        let ends = self.ends.iter().enumerate();
        ends.map(move |(at, end)| {
            let start = start(at).unwrap_or(0);
            self.text.get(start..*end).unwrap_or_default()
        })
    }

    /// How many words there are.
    pub(super) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// All words without what parts them, and where they end: equal for equal messages only.
    pub(super) fn key(&self) -> (&str, &[usize]) {
        (&self.text, &self.ends)
    }
}

/// Whether a character stands for something that varies.
pub(super) const fn is_mask(character: char) -> bool {
    matches!(character, ANYTHING..=PATH)
}

/// A mask as people read it; any other character as it is.
pub(super) const fn shown(mask: char) -> Option<&'static str> {
    Some(match mask {
        ANYTHING => "<*>",
        NUMBER => "<num>",
        ID => "<id>",
        ADDRESS => "<ip>",
        TIME => "<time>",
        PATH => "<path>",
        _ => return None,
    })
}

/// The mask that people read as this name between angle brackets.
pub(super) fn named(name: &str) -> Option<char> {
    let is_called = |mask: &char| {
        let shown = shown(*mask).and_then(|it| it.strip_prefix('<')?.strip_suffix('>'));
        shown == Some(name)
    };
    (ANYTHING..=PATH).find(is_called)
}

fn mask_word(word: &str, out: &mut String) {
    let bytes = word.as_bytes();
    let varies = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'/' | 0..b' ' | 127);
    if bytes.len() <= LONG && !bytes.iter().copied().any(varies) {
        return out.push_str(word);
    }
    if bytes.iter().any(|byte| *byte < b' ' || *byte == 127) {
        return out.push(ANYTHING);
    }
    let core = word
        .trim_start_matches(['[', '(', '"', '\'', '<', '{', '\\'])
        .trim_end_matches([']', ')', '"', '\'', '>', '}', ',', ';', ':', '.', '\\', '|']);
    let (mask, unit) = if is_time(core) {
        (TIME, "")
    } else if is_colon_address(core) {
        (ADDRESS, "")
    } else if core.starts_with('/') {
        (PATH, "")
    } else if let Some(number) = number(core) {
        number
    } else {
        return mask_parts(word, out);
    };
    let (before, after) = word.split_once(core).unwrap_or_default();
    out.push_str(before);
    out.push(mask);
    out.push_str(unit);
    out.push_str(after);
}

/// Masks what stands between signs such as `=` and `:`.
fn mask_parts(word: &str, out: &mut String) {
    const SIGNS: &[char] = &[
        '=', ':', ',', ';', '(', ')', '[', ']', '{', '}', '"', '\'', '<', '>', '|', '&', '?', '@',
        '\\', '#', '*',
    ];
    for part in word.split_inclusive(SIGNS) {
        let (part, sign) = match part.char_indices().next_back() {
            Some((at, sign)) if SIGNS.contains(&sign) => part.split_at(at),
            _ => (part, ""),
        };
        mask_part(part, out);
        out.push_str(sign);
    }
}

fn mask_part(part: &str, out: &mut String) {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    if part.starts_with('/') {
        out.push(PATH);
    } else if part.contains('/') && digits > 0 {
        for (at, piece) in part.split('/').enumerate() {
            if at > 0 {
                out.push('/');
            }
            let digits = piece.bytes().filter(u8::is_ascii_digit).count();
            mask_plain(piece, digits, out);
        }
    } else {
        mask_plain(part, digits, out);
    }
}

fn mask_plain(part: &str, digits: usize, out: &mut String) {
    if part.len() > LONG {
        return out.push(ID);
    }
    if digits == 0 {
        return out.push_str(part);
    }
    if let Some((mask, unit)) = number(part) {
        out.push(mask);
        return out.push_str(unit);
    }
    let is_hexadecimal = part.len() >= 6
        && part
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let starts = part.starts_with(|c: char| c.is_ascii_digit());
    if is_hexadecimal || starts || digits >= 3 {
        out.push(ID);
    } else {
        out.push_str(part);
    }
}

/// What a number, or an address of IP version 4, is masked as, and its unit.
fn number(part: &str) -> Option<(char, &str)> {
    let unsigned = part.trim_start_matches(['-', '+', '$']);
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '_');
    let unit = unsigned.trim_start_matches(is_of_number);
    let number = unsigned.strip_suffix(unit)?;
    let has_digit = number.bytes().any(|byte| byte.is_ascii_digit());
    let is_unit = unit.len() <= 3 && unit.bytes().all(is_of_unit);
    let dots = number.bytes().filter(|byte| *byte == b'.').count();
    let mask = if dots == 3 { ADDRESS } else { NUMBER };
    (has_digit && is_unit).then_some((mask, unit))
}

const fn is_of_unit(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'%'
}

/// Whether a word is a time of day, a date, or both, in the forms loggers write.
fn is_time(word: &str) -> bool {
    let bytes = word.as_bytes();
    let count = |sign: char| word.matches(sign).count();
    if !bytes.first().is_some_and(u8::is_ascii_digit) || word.len() > 35 {
        return false;
    }
    let letters = bytes.iter().filter(|byte| byte.is_ascii_alphabetic());
    let is_of_time = |byte: &u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'.' | b',' | b'/' | b'+')
    };
    let letters = letters.count();
    let has_clock = count(':') >= 2 && letters <= 4;
    let has_date = letters == 0 && matches!(count('-') + count('/'), 2) && word.len() >= 8;
    (has_clock || has_date) && bytes.iter().all(is_of_time)
}

/// Whether a word is an address of IP version 6, or of a network card.
fn is_colon_address(word: &str) -> bool {
    let bytes = word.as_bytes();
    let colons = word.matches(':').count();
    let is_of_address = |byte: &u8| byte.is_ascii_hexdigit() || *byte == b':';
    colons >= 2 && word.len() > 2 && bytes.iter().all(is_of_address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(message: &str) -> String {
        let mut masked = MaskedMessage::default();
        masked.read(message);
        let words: Vec<String> = masked.words().map(written).collect();
        words.join(" ")
    }

    fn written(word: &str) -> String {
        word.chars().fold(String::new(), |mut out, character| {
            match shown(character) {
                Some(mask) => out.push_str(mask),
                None => out.push(character),
            }
            out
        })
    }

    #[test]
    fn parameters_are_masked_and_words_stay() {
        for (message, expected) in [
            (
                "Charged order O-001234 in 12.5 ms",
                "Charged order <id> in <num> ms",
            ),
            (
                "took 125ms, 30% of 1,024MB",
                "took <num>ms, <num>% of <num>MB",
            ),
            ("2026-09-21T10:00:00.123Z INFO up", "<time> INFO up"),
            ("2026-09-21 10:00:00,123 INFO up", "<time> INFO up"),
            ("[21/Nov/2026:10:00:00 +0000] up", "[<time> <num>] up"),
            (
                "from 10.0.3.17:8080 and fe80::1:2",
                "from <ip>:<num> and <ip>",
            ),
            (
                "user=42, id=8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f",
                "user=<num>, id=<id>",
            ),
            ("at (/srv/app.js:17:3), /x?a=b", "at (<path>), <path>"),
            (
                "GET /api/orders/7 HTTP/1.1 200",
                "GET <path> HTTP/<num> <num>",
            ),
            ("commit deadbeef1 at 0xff00", "commit <id> at <id>"),
            (
                "s3 bucket, utf8, application/json",
                "s3 bucket, utf8, application/json",
            ),
            ("a\u{2}b \u{7f}", "<*> <*>"),
            ("größer als 5 Äpfel", "größer als <num> Äpfel"),
            ("", ""),
        ] {
            assert_eq!(masked(message), expected, "{message:?}");
        }
    }

    #[test]
    fn long_words_and_long_messages_are_bounded() {
        assert_eq!(masked(&"x".repeat(500)), "<id>");
        let words = "word ".repeat(500);
        let mut masked = MaskedMessage::default();
        masked.read(&words);
        assert_eq!((masked.len(), masked.is_cut), (MOST_WORDS, true));
    }
}
