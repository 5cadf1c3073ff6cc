//! The groups of an ECS environment: containers that log all day, in everything logs are made of.

mod beat;
mod gunicorn;
mod migrate;
mod moment;
mod worker;

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::super::event::mix;
use super::{Traffic, TrafficLine, TrafficStream};
use moment::{Said, ServiceMoment};

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
