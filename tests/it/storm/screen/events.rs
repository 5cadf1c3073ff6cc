//! Made-up log events: what functions and services write, in order and out of it.

use iacstone::logs::{
    EventOrigin, LogEvent, Marker, MarkerKind, TailMode, TailStatus, TailTarget, Tailing,
};

use super::words;
use crate::storm::Dice;

/// A day in milliseconds.
const DAY: i64 = 86_400_000;

/// The lines of an invocation, now and then not all of them.
pub(super) fn invocation(number: u64, dice: &mut Dice) -> Vec<String> {
    let id = format!("{:08x}-0000-4000-8000-{number:012x}", dice.number() >> 32);
    let (duration, init) = (dice.within(1..=90_000), dice.percent(20));
    let init = if init {
        "\tInit Duration: 527.05 ms"
    } else {
        ""
    };
    let mut lines = vec![
        format!("START RequestId: {id} Version: $LATEST\n"),
        line(dice),
        format!("END RequestId: {id}\n"),
        format!(
            "REPORT RequestId: {id}\tDuration: {duration}.20 ms\tBilled Duration: {duration} ms\tMemory Size: 128 MB\tMax Memory Used: 89 MB{init}\t\n"
        ),
    ];
    if dice.percent(25) {
        lines.remove(usize::try_from(dice.within(0..=3)).unwrap());
    }
    if dice.percent(10) {
        lines.push(format!(
            "2026-11-21T12:00:00.000Z {id} Task timed out after 3.00 seconds\n\n"
        ));
    }
    lines
}

/// One message.
fn line(dice: &mut Dice) -> String {
    let (level, text) = (
        *dice.pick(&["INFO", "WARN", "ERROR", "debug", "30", ""]),
        words::any(dice),
    );
    match dice.within(0..=9) {
        0 | 1 => format!("{level} {text}"),
        2 | 3 => serde_json::json!({
            "level": level,
            "message": text,
            "deep": {"a": [1, null, {"b": words::any(dice)}], "": words::any(dice)},
            "requestId": "0d2ab1a5-0000-4000-8000-000000000001",
        })
        .to_string(),
        4 => format!("{level} failed\n  at {text}\n  at main (x.js:1:2)\n"),
        5 => format!("{{\"level\":\"{level}\",\"cut\":\"{text}"),
        6 => format!("AKIAIOSFODNN7EXAMPLE password={text} token: eyJhbGciOi.J9.x"),
        7 => words::odd(dice),
        8 => "the same line".to_owned(),
        _ => format!("[{level}]\t2026-11-21T12:00:00.000Z\t{text}"),
    }
}

/// Something a tail of these groups tells around a time in Unix milliseconds.
pub(super) fn told(wanted: &TailTarget, now_ms: i64, dice: &mut Dice) -> Tailing {
    match dice.within(0..=99) {
        0..72 => Tailing::Events(events(wanted, now_ms, dice)),
        72..76 => Tailing::Opened,
        76..86 => Tailing::Marker(marker(now_ms, dice)),
        _ => Tailing::Status(standing(dice)),
    }
}

fn events(wanted: &TailTarget, now_ms: i64, dice: &mut Dice) -> Vec<LogEvent> {
    let most = *dice.pick(&[1, 3, 8, 20]);
    let count = if dice.percent(1) {
        300
    } else {
        dice.within(1..=most)
    };
    let mut events: Vec<LogEvent> = Vec::new();
    while (events.len() as u64) < count {
        let group = dice.pick(&wanted.groups).clone();
        let stream = match dice.within(0..=9) {
            0 => words::any(dice),
            number => format!("2026/11/21/[$LATEST]{}", number % 3),
        };
        let time_ms = now_ms + offset(dice);
        let lines = if dice.percent(50) {
            invocation(count, dice)
        } else {
            vec![line(dice)]
        };
        for (after, message) in (0..).zip(lines) {
            events.push(LogEvent {
                group: group.as_str().into(),
                stream: stream.as_str().into(),
                time_ms: time_ms + after * 7,
                ingested_ms: time_ms + 200,
                message,
                id: dice
                    .percent(30)
                    .then(|| format!("{}", dice.number()).into()),
                origin: *dice.pick(&[
                    EventOrigin::History,
                    EventOrigin::Live,
                    EventOrigin::Polled,
                    EventOrigin::Recovered,
                ]),
            });
        }
        if dice.percent(10) {
            events.extend(events.last().cloned());
        }
    }
    events
}

/// How far an event is from now, in milliseconds.
fn offset(dice: &mut Dice) -> i64 {
    let within = |dice: &mut Dice, most: u64| dice.within(0..=most).cast_signed();
    match dice.within(0..=99) {
        0..70 => -within(dice, 2_000),
        70..85 => -within(dice, 3_600_000),
        85..92 => within(dice, 7_200_000),
        92..98 => -within(dice, (14 * DAY).cast_unsigned()),
        _ => *dice.pick(&[-1_900_000_000_000, 0, 60 * 365 * DAY]),
    }
}

fn marker(now_ms: i64, dice: &mut Dice) -> Marker {
    Marker {
        time_ms: now_ms + offset(dice),
        kind: *dice.pick(&[
            MarkerKind::Gap,
            MarkerKind::Filled,
            MarkerKind::Unchecked,
            MarkerKind::Course,
        ]),
        text: words::some(dice),
    }
}

fn standing(dice: &mut Dice) -> TailStatus {
    let why = words::any(dice);
    let modes = [
        TailMode::Connecting,
        TailMode::Live,
        TailMode::Polling(why.clone()),
        TailMode::Querying,
        TailMode::Stalled,
        TailMode::Reconnecting(why.clone()),
        TailMode::Failing(why.clone()),
        TailMode::Waiting(why),
    ];
    TailStatus {
        mode: dice.pick(&modes).clone(),
        rate: *dice.pick(&[0.0, 0.4, 312.4, 1e9]),
        lag_ms: *dice.pick(&[None, Some(0), Some(1_400), Some(u64::MAX)]),
        recovered: *dice.pick(&[0, 17, u64::MAX]),
        gaps: *dice.pick(&[0, 1, 99]),
        dropped: *dice.pick(&[0, 1, u64::MAX]),
        sampled: dice.percent(10),
        live_minutes: *dice.pick(&[0, 12, 100_000]),
        scanned: None,
        late_ms: *dice.pick(&[None, Some(120_000), Some(i64::MAX)]),
        open: Vec::new(),
    }
}
