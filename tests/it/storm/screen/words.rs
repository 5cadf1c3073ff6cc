//! Text as it comes from outside: mostly plain words, now and then the worst that terminals, fonts and parsers know.

use crate::storm::Dice;

/// What people write.
const PLAIN: [&str; 16] = [
    "order",
    "queue",
    "the",
    "checkout",
    "message",
    "timeout",
    "visible",
    "retry",
    "of",
    "a",
    "letter",
    "lambda",
    "cold",
    "start",
    "and",
    "idempotent",
];

/// Escape sequences, whole and cut off.
const SEQUENCES: [&str; 12] = [
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]52;c;aGk=\u{7}",
    "\u{1b}]8;;https://evil.example\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "\u{1b}[2J\u{1b}[H",
    "\u{9b}31m",
    "\u{1b}[",
    "\u{1b}]0;no end",
    "\u{1b}P+q544e\u{1b}\\",
    "\u{1b}c",
    "\u{90}",
    "\u{1b}",
];

/// Control characters and breaks.
const CONTROLS: [&str; 12] = [
    "\r",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "\u{7}",
    "\u{8}\u{8}\u{8}",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{b}",
    "\u{84}",
];

/// Characters that fonts and counting of columns stumble over.
const LETTERS: [&str; 26] = [
    "日本語",
    "全角　空白",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦",
    "🏳\u{fe0f}\u{200d}🌈",
    "🇩🇪",
    "👍🏽",
    "❤\u{fe0f}",
    "1\u{fe0f}\u{20e3}",
    "e\u{301}\u{302}",
    "עברית",
    "العربية",
    "हिन्दी",
    "ก็",
    "ﷺ",
    "ß",
    "İ",
    "\u{202e}gnp.exe",
    "\u{2066}x\u{2069}",
    "\u{200b}\u{feff}\u{200d}",
    "\u{ad}",
    "\u{e0041}\u{e007f}",
    "\u{300}",
    "\u{3164}",
    "\u{10ffff}",
    "\u{fffd}",
    "각",
];

/// What parsers take for something.
const SYNTAX: [&str; 32] = [
    "{\"a\":{\"b\":[1,null,\"x\"]}}",
    "[[[[",
    "{\"",
    "\\",
    "$.level=error",
    "level>=warn",
    "stream=web/1",
    "(",
    "[a-",
    "\\d+",
    "(?i)x",
    "*",
    "/ecs/*",
    "?",
    "0",
    "-1",
    "1e309",
    "NaN",
    "128,256,1024",
    "all",
    "12:34",
    "-5m",
    "3h",
    "2026-11-21T12:00:00Z",
    "https://a.example/?q=1#x",
    "javascript:alert(1)",
    "~/x.json",
    "title:x",
    "\"a phrase\"",
    "is:unread",
    "-not",
    "before:2024",
];

/// A few plain words.
pub(super) fn plain(dice: &mut Dice) -> String {
    let count = dice.within(1..=6);
    let words: Vec<&str> = (0..count).map(|_| *dice.pick(&PLAIN)).collect();
    words.join(" ")
}

/// Anything at all.
pub(super) fn odd(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..dice.within(0..=6) {
        let piece = piece(dice);
        if dice.percent(3) {
            text.push_str(&piece.repeat(usize::try_from(dice.within(1..=900)).unwrap()));
        } else {
            text.push_str(piece);
        }
        if dice.percent(40) {
            text.push(' ');
        }
    }
    text
}

/// Plain words mostly, else anything.
pub(super) fn any(dice: &mut Dice) -> String {
    if dice.percent(65) {
        plain(dice)
    } else {
        odd(dice)
    }
}

/// As [`any`], and never empty.
pub(super) fn some(dice: &mut Dice) -> String {
    let text = any(dice);
    if text.trim().is_empty() {
        plain(dice)
    } else {
        text
    }
}

fn piece(dice: &mut Dice) -> &'static str {
    let pieces: &'static [&'static str] = match dice.within(0..=99) {
        0..20 => &PLAIN,
        20..40 => &SEQUENCES,
        40..55 => &CONTROLS,
        55..80 => &LETTERS,
        _ => &SYNTAX,
    };
    let piece: &&str = dice.pick(pieces);
    piece
}
