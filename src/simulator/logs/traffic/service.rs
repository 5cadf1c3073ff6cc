//! The groups of an ECS environment: containers that log all day, in everything logs are made of.

mod beat;
mod gunicorn;
mod migrate;
mod worker;

use std::ops::RangeInclusive;
use std::sync::Arc;

use jiff::Timestamp;

use super::super::event::mix;
use super::{Traffic, TrafficLine, TrafficStream};

/// A container of the environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::simulator::logs) enum ServiceContainer {
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
pub(in crate::simulator::logs) struct ContainerService {
    container: ServiceContainer,
    key: u64,
}

/// One line of a container: milliseconds into the slot, the replica that writes it, the text.
type Said = (i64, u64, String);

/// What a container's lines are made of.
#[derive(Debug, Clone, Copy)]
struct ServiceMoment {
    /// The beginning of the slot, in Unix milliseconds.
    begin_ms: i64,
    slot: i64,
    /// Random bits of the slot.
    bits: u64,
}

impl ServiceMoment {
    /// Random bits of the so-manieth thing in the slot.
    fn bits(&self, index: u64) -> u64 {
        mix(self.bits, index)
    }

    /// The time so many milliseconds into the slot.
    fn time(&self, offset_ms: i64) -> Timestamp {
        Timestamp::from_millisecond(self.begin_ms + offset_ms).unwrap_or_default()
    }
}

impl ContainerService {
    pub(in crate::simulator::logs) fn new(container: ServiceContainer, seed: u64) -> Self {
        let key = mix(seed, container as u64 + 101);
        Self { container, key }
    }

    /// How long a task lives, in slots, and how many run side by side.
    const fn shape(&self) -> (i64, u64) {
        match self.container {
            ServiceContainer::Migrate => (1, 1),
            ServiceContainer::Gunicorn => (6 * 3600, 3),
            ServiceContainer::Default => (6 * 3600, 2),
            ServiceContainer::Beat => (6 * 720, 1),
        }
    }

    /// The stream of a replica: `alpha/gunicorn/0123…`.
    fn stream(&self, generation: i64, replica: u64) -> Arc<str> {
        let name = match self.container {
            ServiceContainer::Migrate => "migrate",
            ServiceContainer::Gunicorn => "gunicorn",
            ServiceContainer::Default => "default",
            ServiceContainer::Beat => "beat",
        };
        let high = mix(self.key ^ replica, generation.cast_unsigned());
        format!("alpha/{name}/{high:016x}{:016x}", mix(high, 1)).into()
    }
}

impl Traffic for ContainerService {
    fn slot_ms(&self) -> i64 {
        match self.container {
            ServiceContainer::Migrate => 900_000,
            ServiceContainer::Gunicorn | ServiceContainer::Default => 1_000,
            ServiceContainer::Beat => 5_000,
        }
    }

    fn lines(&self, slot: i64) -> Vec<TrafficLine> {
        let moment = ServiceMoment {
            begin_ms: slot * self.slot_ms(),
            slot,
            bits: mix(self.key, slot.cast_unsigned()),
        };
        let mut said: Vec<Said> = match self.container {
            ServiceContainer::Migrate => migrate::lines(moment),
            ServiceContainer::Gunicorn => gunicorn::lines(moment),
            ServiceContainer::Default => worker::lines(moment),
            ServiceContainer::Beat => beat::lines(moment),
        };
        said.sort_by_key(|(offset_ms, ..)| *offset_ms);
        let (life, replicas) = self.shape();
        let generation = slot.div_euclid(life);
        said.into_iter()
            .map(|(offset_ms, replica, text)| TrafficLine {
                time_ms: moment.begin_ms + offset_ms,
                stream: self.stream(generation, replica % replicas),
                message: text.into(),
            })
            .collect()
    }

    fn streams(&self, slots: RangeInclusive<i64>) -> Vec<TrafficStream> {
        let (life, replicas) = self.shape();
        let generations = slots.start().div_euclid(life)..=slots.end().div_euclid(life);
        let replicas = move |generation| (0..replicas).map(move |replica| (generation, replica));
        generations
            .flat_map(replicas)
            .map(|(generation, replica)| {
                let first = (generation * life).max(*slots.start());
                let last = (generation * life + life - 1).min(*slots.end());
                TrafficStream {
                    stream: self.stream(generation, replica),
                    slots: first..=last,
                }
            })
            .collect()
    }

    fn bytes_per_day(&self) -> u64 {
        match self.container {
            ServiceContainer::Migrate => 120_000,
            ServiceContainer::Gunicorn => 90_000_000,
            ServiceContainer::Default => 40_000_000,
            ServiceContainer::Beat => 1_900_000,
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

    const ALL: [ServiceContainer; 4] = [
        ServiceContainer::Migrate,
        ServiceContainer::Gunicorn,
        ServiceContainer::Default,
        ServiceContainer::Beat,
    ];

    #[test]
    fn lines_stay_in_their_slot_and_belong_to_a_listed_stream() {
        for container in ALL {
            let service = ContainerService::new(container, 5);
            let first = 1_795_000_000_000 / service.slot_ms();
            let slots = first..=first + 40;
            let streams = service.streams(slots.clone());
            for slot in slots {
                let lines = service.lines(slot);
                assert_eq!(lines, service.lines(slot));
                assert!(lines.is_sorted_by_key(|line| line.time_ms));
                for line in lines {
                    assert_eq!(line.time_ms.div_euclid(service.slot_ms()), slot);
                    let known = |span: &TrafficStream| {
                        span.stream == line.stream && span.slots.contains(&slot)
                    };
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
            let service = ContainerService::new(container, 5);
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
