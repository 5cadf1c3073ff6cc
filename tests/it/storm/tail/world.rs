//! What a tail is asked to follow, and who writes to it: drawn from the seed, whatever goes wrong.

use std::ops::RangeInclusive;
use std::time::Duration;

use crate::storm::Dice;

/// Where a storm takes place.
#[derive(Debug, Clone)]
pub(super) struct World {
    /// The log groups, at least one.
    pub(super) groups: Vec<String>,
    /// Names of streams to follow; empty for all.
    pub(super) streams: Vec<String>,
    /// The pattern to follow; empty for all.
    pub(super) pattern: String,
    /// Whether it is asked to poll.
    pub(super) poll: bool,
    /// How long before the beginning it is asked to begin; `None` for the newest events.
    pub(super) since: Option<Duration>,
    /// The region, which decides how much may be asked.
    pub(super) region: &'static str,
    /// How long an answer takes, in milliseconds.
    pub(super) latency_ms: RangeInclusive<u64>,
    /// How long events are written.
    pub(super) length: Duration,
    /// Whether more is written than may wait for a reader who pauses.
    pub(super) is_heavy: bool,
    /// What is written, in order of `at`.
    pub(super) puts: Vec<Put>,
}

/// One event that is written, perhaps several times.
#[derive(Debug, Clone)]
pub(super) struct Put {
    /// When it is written, from the beginning; `None` for before it.
    pub(super) at: Option<Duration>,
    pub(super) group: usize,
    pub(super) stream: u64,
    /// How long before it is written it happened by its own time, in milliseconds; less than none for the future.
    pub(super) age_ms: i64,
    /// How long after it is written it is taken in and can be read, in milliseconds. Where it is less than none, it was taken
    /// in so long ago, and only now it can be read, past the live sessions.
    pub(super) journey_ms: i64,
    pub(super) text: String,
    /// How often the very same event is written.
    pub(super) copies: u64,
}

/// The word the pattern asks for.
pub(super) const WORD: &str = "keep";

impl World {
    /// The world of this seed.
    pub(super) fn of(seed: u64) -> Self {
        let mut dice = Dice::of(seed, "world");
        let groups = match dice.within(0..=199) {
            0..=129 => 1,
            130..=187 => dice.within(2..=4),
            188..=196 => dice.within(5..=10),
            197..=198 => dice.within(11..=14),
            _ => dice.within(20..=30),
        };
        let length = match dice.within(0..=999) {
            0..=649 => dice.millis(8_000..=35_000),
            650..=959 => dice.millis(30_000..=80_000),
            960..=991 => dice.millis(80_000..=200_000),
            992..=997 => Duration::from_mins(65),
            _ => Duration::from_mins(184),
        };
        let is_heavy = groups < 3 && length < Duration::from_secs(80) && dice.percent(1);
        let length = if groups > 10 { length / 2 } else { length };
        let streams = match dice.within(0..=19) {
            0 if groups == 1 => vec!["s-1".to_owned()],
            1 if groups == 1 => vec!["s-1".to_owned(), "s-0".to_owned()],
            2 if groups == 1 => vec!["s-*".to_owned()],
            _ => Vec::new(),
        };
        let is_filtered = dice.percent(8);
        let latest = *dice.pick(&[5, 40, 200, 900]);
        let mut world = Self {
            groups: (0..groups).map(|n| format!("/storm/{n}")).collect(),
            streams,
            pattern: if is_filtered { WORD } else { "" }.to_owned(),
            poll: dice.percent(7) && length < Duration::from_mins(5),
            since: (dice.percent(35)).then(|| dice.millis(0..=900_000)),
            region: if dice.percent(80) {
                "us-east-1"
            } else {
                "eu-west-1"
            },
            latency_ms: 1..=latest,
            length,
            is_heavy,
            puts: Vec::new(),
        };
        world.puts = world.written(&mut Dice::of(seed, "puts"));
        world
    }

    /// Whether an event is asked for.
    pub(super) fn wants(&self, stream: &str, text: &str) -> bool {
        let is_stream =
            |wanted: &String| wanted == stream || wanted == "s-*" && stream.starts_with("s-");
        (self.streams.is_empty() || self.streams.iter().any(is_stream))
            && (self.pattern.is_empty() || text.split(' ').any(|word| word == WORD))
    }

    fn written(&self, dice: &mut Dice) -> Vec<Put> {
        let mut puts = Vec::new();
        for group in 0..self.groups.len() {
            self.before(group, dice, &mut puts);
        }
        let all = puts.len() as u64;
        let length = u64::try_from(self.length.as_millis()).unwrap();
        let most = if self.groups.len() > 4 { 60 } else { 130 };
        let count = dice.within(10..=most);
        while (puts.len() as u64) < all + count {
            let at = dice.millis(0..=length);
            let group = usize::try_from(dice.within(0..=1_000)).unwrap() % self.groups.len();
            let burst = match dice.within(0..=1_999) {
                0..=1_749 => 1,
                1_750..=1_998 => dice.within(2..=25),
                _ => dice.within(501..=700),
            };
            for number in 0..burst {
                puts.push(self.one(group, at, number, dice));
            }
        }
        let mut numbered: Vec<Put> = puts;
        numbered.sort_by_key(|put| put.at);
        numbered
    }

    /// What a group has before the storm: at least one event of each stream that may be asked for.
    fn before(&self, group: usize, dice: &mut Dice, puts: &mut Vec<Put>) {
        let count = match dice.within(0..=19) {
            0..=11 => 0,
            12..=18 => dice.within(1..=25),
            _ if self.groups.len() == 1 => dice.within(190..=320),
            _ => dice.within(18..=30),
        };
        let spread = *dice.pick(&[3_000, 100_000, 5_000_000, 200_000_000]);
        for number in 0..count + 3 {
            let age_ms = i64::try_from(dice.within(1..=spread)).unwrap();
            let put = self.one(group, Duration::ZERO, number, dice);
            puts.push(Put {
                at: None,
                stream: if number < 3 { number } else { put.stream },
                age_ms,
                journey_ms: age_ms.min(20) - age_ms,
                ..put
            });
        }
    }

    fn one(&self, group: usize, at: Duration, number: u64, dice: &mut Dice) -> Put {
        let age_ms = match dice.within(0..=99) {
            0..=69 => dice.within(0..=300),
            70..=84 => dice.within(300..=30_000),
            85..=91 => dice.within(30_000..=119_000),
            92..=94 => dice.within(112_000..=119_900),
            95..=96 => dice.within(120_000..=7_200_000),
            _ => 0,
        };
        let age_ms = if age_ms == 0 && dice.percent(60) {
            -i64::try_from(dice.within(1..=7_000_000)).unwrap()
        } else {
            i64::try_from(age_ms).unwrap()
        };
        let journey_ms = match dice.within(0..=99) {
            0..=84 => dice.within(1..=400).cast_signed(),
            85..=93 => dice.within(400..=8_000).cast_signed(),
            _ => -dice.within(0..=90_000).cast_signed(),
        };
        // Equal texts, so that only their number tells such events apart.
        let text = match dice.within(0..=9) {
            0 => "same".to_owned(),
            1 => format!("same {WORD}"),
            2 => format!("{WORD} {number} {}", dice.within(0..=999_999)),
            3..=9 if self.is_heavy => long(200_000..=400_000, dice),
            3 => long(1..=2_000, dice),
            _ => format!("line {number} {}", dice.within(0..=999_999)),
        };
        Put {
            at: Some(at),
            group,
            stream: dice.within(0..=3),
            age_ms: if journey_ms < 0 {
                age_ms.max(-journey_ms)
            } else {
                age_ms
            },
            journey_ms,
            text,
            copies: if dice.percent(8) {
                dice.within(2..=4)
            } else {
                1
            },
        }
    }
}

fn long(bytes: RangeInclusive<u64>, dice: &mut Dice) -> String {
    let bytes = usize::try_from(dice.within(bytes)).unwrap();
    format!("{} {}", "x".repeat(bytes), dice.within(0..=99))
}
