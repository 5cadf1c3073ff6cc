//! Events as a shop's functions write them, the same each time: 219 bytes on average, as those of the prototype.

use iacstone::logs::{EventOrigin, LogEvent};

const START_MS: i64 = 1_790_000_000_000;
/// Bytes of a function's own line on average; with the shorter lines of the platform that makes 219.
const LINE: usize = 252;
const WORDS: [&str; 8] = [
    " checkout",
    " basket",
    " total",
    " eu-west-1",
    " customer",
    " retry",
    " cache",
    " queue",
];

/// The event with this number: of one of four streams, every fourth out of order by up to a second.
pub(crate) fn event(number: u32, random: &mut Random) -> LogEvent {
    let is_late = number.is_multiple_of(4);
    let late = i64::from(random.below(1000)) * i64::from(is_late);
    let time_ms = START_MS + i64::from(number) * 2 - late;
    LogEvent {
        group: "/aws/lambda/checkout".into(),
        stream: format!("2026/09/21/[$LATEST]{}", number % 4).into(),
        time_ms,
        ingested_ms: time_ms + 400 + i64::from(random.below(900)),
        message: message(number, random),
        id: None,
        origin: EventOrigin::Live,
    }
}

/// What a shop's function writes: a line of JSON, of text or of the platform. Eight make an invocation.
fn message(number: u32, random: &mut Random) -> String {
    let id = request_id(number / 8);
    let (order, ms) = (random.below(1_000_000), random.below(900));
    let time = format!("2026-09-21T10:{:02}:{:02}.{ms:03}Z", ms % 60, order % 60);
    match number % 8 {
        0 => format!("START RequestId: {id} Version: $LATEST\n"),
        7 => format!(
            "REPORT RequestId: {id}\tDuration: {ms}.{:02} ms\tBilled Duration: {} ms\tMemory Size: 512 MB\tMax Memory Used: {} MB\t\n",
            order % 100,
            ms + 1,
            90 + ms % 40
        ),
        2 | 5 => {
            let mut text =
                format!("{time}\t{id}\tINFO\tcharged order O-{order:06} in {ms} ms, then");
            pad(&mut text, random);
            text
        }
        _ => {
            let level = random.one_of(["INFO", "INFO", "DEBUG", "WARN"]);
            let said =
                random.one_of(["Charged", "Reserved stock", "Card declined", "Sent receipt"]);
            let mut text = format!(
                "{{\"timestamp\":\"{time}\",\"level\":\"{level}\",\"requestId\":\"{id}\",\"message\":\"{said}\",\"order\":\"O-{order:06}\",\"ms\":{ms},\"note\":\""
            );
            pad(&mut text, random);
            text.push_str("\"}");
            text
        }
    }
}

/// Adds words up to a length that is [`LINE`] on average.
fn pad(text: &mut String, random: &mut Random) {
    let wanted = LINE - 10 + random.below(21) as usize;
    while text.len() < wanted {
        text.push_str(random.one_of(WORDS));
    }
}

fn request_id(invocation: u32) -> String {
    let (a, b) = (mix(invocation), mix(!invocation));
    format!(
        "{a:08x}-{:04x}-4{:03x}-8{:03x}-{:04x}{b:08x}",
        b & 0xffff,
        a & 0xfff,
        b & 0xfff,
        a >> 16
    )
}

fn mix(number: u32) -> u32 {
    let number = (number ^ (number >> 16)).wrapping_mul(0x045d_9f3b);
    (number ^ (number >> 16)).wrapping_mul(0x045d_9f3b)
}

/// Numbers that look random and are the same each time.
pub(crate) struct Random(pub(crate) u32);

impl Random {
    pub(crate) fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % limit
    }

    fn one_of<const N: usize>(&mut self, words: [&'static str; N]) -> &'static str {
        let at = self.below(8) as usize % N;
        words.get(at).copied().unwrap_or_default()
    }
}
