//! How often an update that takes its time is looked at.

use std::time::Duration;

/// How long to wait between looks at an update: learns from the updates it has seen.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct UpdatePace {
    usual: Option<Duration>,
}

impl UpdatePace {
    /// Looks at once: for a function that is probably settled.
    pub(super) const IMMEDIATE: Self = Self {
        usual: Some(Duration::ZERO),
    };

    const FIRST: Duration = Duration::from_millis(100);
    /// How long an update of unknown length is looked at often.
    const OFTEN: Duration = Duration::from_secs(2);
    const FLOOR: Duration = Duration::from_millis(20);
    const CEILING: Duration = Duration::from_secs(2);

    /// The waits before each look, without end: the first update is looked at ten times a second for two seconds. Then,
    /// and where the usual time is over, each wait is a part of all before it, so that what is waited too long is one, too.
    pub(super) fn waits(self) -> impl Iterator<Item = Duration> {
        let (first, part) = match self.usual {
            Some(usual) => (usual.mul_f64(0.95), 0.4),
            None => (Self::FIRST, 0.25),
        };
        let mut waited = first;
        std::iter::once(first).chain(std::iter::repeat_with(move || {
            let wait = match self.usual {
                None if waited < Self::OFTEN => Self::FIRST,
                _ => waited.mul_f64(part).clamp(Self::FLOOR, Self::CEILING),
            };
            waited += wait;
            wait
        }))
    }

    pub(super) fn learn(&mut self, taken: Duration) {
        self.usual = Some(taken);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_update_is_looked_at_soon_and_then_more_rarely() {
        let waits: Vec<_> = UpdatePace::default().waits().take(40).collect();
        assert_eq!(waits[0], Duration::from_millis(100));
        assert_eq!(waits[39], UpdatePace::CEILING);
        assert!(waits[1..].is_sorted());
    }

    #[test]
    fn later_updates_are_looked_at_when_the_last_ones_were_done() {
        let mut pace = UpdatePace::default();
        pace.learn(Duration::from_secs(1));
        assert_eq!(pace.waits().next(), Some(Duration::from_millis(950)));
    }
}
