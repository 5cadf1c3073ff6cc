//! The groups of an ECS environment: containers that log all day, in everything logs are made of.

mod beat;
mod gunicorn;
mod migrate;
mod worker;

use std::ops::RangeInclusive;
use std::sync::Arc;

use jiff::Timestamp;

use super::super::event::mix;
use super::{Line, Span, Traffic};

/// A container of the environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::simulator::logs) enum Container {
    /// Runs database migrations and ends.
    Migrate,
    /// Serves HTTP.
    Gunicorn,
    /// Works off the default queue.
    Default,
    /// Schedules tasks.
    Beat,
}

/// All tasks of one container.
#[derive(Debug)]
pub(in crate::simulator::logs) struct Service {
    container: Container,
    key: u64,
}

/// One line of a container: milliseconds into the slot, the replica that writes it, the text.
type Said = (i64, u64, String);

/// What a container's lines are made of.
#[derive(Debug, Clone, Copy)]
struct Moment {
    /// The beginning of the slot, in Unix milliseconds.
    begin_ms: i64,
    slot: i64,
    /// Random bits of the slot.
    bits: u64,
}

impl Moment {
    /// Random bits of the so-manieth thing in the slot.
    fn bits(&self, index: u64) -> u64 {
        mix(self.bits, index)
    }

    /// The time so many milliseconds into the slot.
    fn time(&self, offset_ms: i64) -> Timestamp {
        Timestamp::from_millisecond(self.begin_ms + offset_ms).unwrap_or_default()
    }
}

impl Service {
    pub(in crate::simulator::logs) fn new(container: Container, seed: u64) -> Self {
        let key = mix(seed, container as u64 + 101);
        Self { container, key }
    }

    /// How long a task lives, in slots, and how many run side by side.
    const fn shape(&self) -> (i64, u64) {
        match self.container {
            Container::Migrate => (1, 1),
            Container::Gunicorn => (6 * 3600, 3),
            Container::Default => (6 * 3600, 2),
            Container::Beat => (6 * 720, 1),
        }
    }

    /// The stream of a replica: `alpha/gunicorn/0123…`.
    fn stream(&self, generation: i64, replica: u64) -> Arc<str> {
        let name = match self.container {
            Container::Migrate => "migrate",
            Container::Gunicorn => "gunicorn",
            Container::Default => "default",
            Container::Beat => "beat",
        };
        let high = mix(self.key ^ replica, generation.cast_unsigned());
        format!("alpha/{name}/{high:016x}{:016x}", mix(high, 1)).into()
    }
}

impl Traffic for Service {
    fn slot_ms(&self) -> i64 {
        match self.container {
            Container::Migrate => 900_000,
            Container::Gunicorn | Container::Default => 1_000,
            Container::Beat => 5_000,
        }
    }

    fn lines(&self, slot: i64) -> Vec<Line> {
        let moment = Moment {
            begin_ms: slot * self.slot_ms(),
            slot,
            bits: mix(self.key, slot.cast_unsigned()),
        };
        let mut said: Vec<Said> = match self.container {
            Container::Migrate => migrate::lines(moment),
            Container::Gunicorn => gunicorn::lines(moment),
            Container::Default => worker::lines(moment),
            Container::Beat => beat::lines(moment),
        };
        said.sort_by_key(|(offset_ms, ..)| *offset_ms);
        let (life, replicas) = self.shape();
        let generation = slot.div_euclid(life);
        said.into_iter()
            .map(|(offset_ms, replica, text)| Line {
                time_ms: moment.begin_ms + offset_ms,
                stream: self.stream(generation, replica % replicas),
                message: text.into(),
            })
            .collect()
    }

    fn streams(&self, slots: RangeInclusive<i64>) -> Vec<Span> {
        let (life, replicas) = self.shape();
        let generations = slots.start().div_euclid(life)..=slots.end().div_euclid(life);
        let replicas = move |generation| (0..replicas).map(move |replica| (generation, replica));
        generations
            .flat_map(replicas)
            .map(|(generation, replica)| {
                let first = (generation * life).max(*slots.start());
                let last = (generation * life + life - 1).min(*slots.end());
                Span {
                    stream: self.stream(generation, replica),
                    slots: first..=last,
                }
            })
            .collect()
    }

    fn bytes_per_day(&self) -> u64 {
        match self.container {
            Container::Migrate => 120_000,
            Container::Gunicorn => 90_000_000,
            Container::Default => 40_000_000,
            Container::Beat => 1_900_000,
        }
    }
}

/// One of these, by random bits.
fn pick<'a>(words: &[&'a str], bits: u64) -> &'a str {
    let count = u64::try_from(words.len()).unwrap_or(1).max(1);
    let index = usize::try_from(bits % count).unwrap_or(0);
    words.get(index).copied().unwrap_or_default()
}

/// RFC 3339 with milliseconds and `Z`.
fn stamp(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Container; 4] = [
        Container::Migrate,
        Container::Gunicorn,
        Container::Default,
        Container::Beat,
    ];

    #[test]
    fn lines_stay_in_their_slot_and_belong_to_a_listed_stream() {
        for container in ALL {
            let service = Service::new(container, 5);
            let first = 1_795_000_000_000 / service.slot_ms();
            let slots = first..=first + 40;
            let streams = service.streams(slots.clone());
            for slot in slots {
                let lines = service.lines(slot);
                assert_eq!(lines, service.lines(slot));
                assert!(lines.is_sorted_by_key(|line| line.time_ms));
                for line in lines {
                    assert_eq!(line.time_ms.div_euclid(service.slot_ms()), slot);
                    let known =
                        |span: &Span| span.stream == line.stream && span.slots.contains(&slot);
                    assert!(streams.iter().any(known), "{container:?}: {line:?}");
                }
            }
        }
    }

    #[test]
    fn an_hour_has_everything_a_reader_must_cope_with() {
        let mut text = String::new();
        let mut longest = 0;
        for container in ALL {
            let service = Service::new(container, 5);
            let first = 1_795_000_000_000 / service.slot_ms();
            for line in
                (first..first + 3_600_000 / service.slot_ms()).flat_map(|s| service.lines(s))
            {
                longest = longest.max(line.message.len());
                text.push_str(&line.message);
                text.push('\u{1e}');
            }
        }
        for part in [
            "\n  File \"",
            "\u{1b}[3",
            "{\"",
            "🚀",
            "migration",
            "WARNING",
            "日本",
        ] {
            assert!(text.contains(part), "{part:?}");
        }
        assert!((200_000..220_000).contains(&longest), "{longest}");
    }
}
