//! The feeds that wait to be fetched: many are at once, few from one host, also where redirects lead to.

use std::collections::{HashMap, VecDeque};

use jiff::Timestamp;
use url::Url;

use super::fetcher::Journey;
use super::limits::{AT_ONCE, PER_HOST};
use super::source::start;
use crate::articles::Subscription;

/// A feed to be fetched, or one that is on its way and was sent to another host.
#[derive(Debug)]
pub(super) struct QueuedFetch {
    /// The feed.
    pub(super) feed: Subscription,
    /// How far it is, and when it was asked for first.
    pub(super) journey: Option<Box<(Journey, Timestamp)>>,
}

impl QueuedFetch {
    /// The host that is asked next.
    fn host(&self) -> String {
        let host = match &self.journey {
            Some(on_its_way) => on_its_way.0.url.host_str().map(str::to_owned),
            None => Url::parse(&self.feed.source)
                .ok()
                .and_then(|source| start(&self.feed, &source).host_str().map(str::to_owned)),
        };
        host.unwrap_or_default()
    }
}

/// What waits, each with its host, and how many of each host are being asked.
pub(super) struct Queue {
    waiting: VecDeque<(String, QueuedFetch)>,
    hosts: HashMap<String, usize>,
    running: usize,
}

impl Queue {
    /// Feeds in this order.
    pub(super) fn new(feeds: Vec<Subscription>) -> Self {
        let works = feeds.into_iter().map(|feed| QueuedFetch {
            feed,
            journey: None,
        });
        Self {
            waiting: works.map(|work| (work.host(), work)).collect(),
            hosts: HashMap::new(),
            running: 0,
        }
    }

    /// The first whose host is not busy yet, and that host; [`Self::finished`] makes room again.
    pub(super) fn next(&mut self) -> Option<(String, QueuedFetch)> {
        if self.running >= AT_ONCE {
            return None;
        }
        let busy = |host: &String| {
            self.hosts
                .get(host)
                .is_some_and(|running| *running >= PER_HOST)
        };
        let at = self.waiting.iter().position(|(host, _)| !busy(host))?;
        let (host, work) = self.waiting.remove(at)?;
        *self.hosts.entry(host.clone()).or_default() += 1;
        self.running += 1;
        Some((host, work))
    }

    /// This host is asked by one less.
    pub(super) fn finished(&mut self, host: &str) {
        self.running = self.running.saturating_sub(1);
        if let Some(running) = self.hosts.get_mut(host) {
            *running = running.saturating_sub(1);
        }
    }

    /// What was sent to another host waits for that one, before what has not begun.
    pub(super) fn go_on(&mut self, work: QueuedFetch) {
        self.waiting.push_front((work.host(), work));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::articles::{FeedHealth, FeedId, Validators};

    fn subscription(id: i64, source: &str) -> Subscription {
        Subscription {
            feed: FeedId(id),
            source: source.to_owned(),
            address: None,
            near: false,
            validators: Validators::default(),
            health: FeedHealth::default(),
        }
    }

    fn started(queue: &mut Queue) -> Vec<i64> {
        std::iter::from_fn(|| queue.next())
            .map(|(_, work)| work.feed.feed.0)
            .collect()
    }

    #[test]
    fn a_host_with_many_feeds_does_not_hold_up_the_others() {
        let mut feeds: Vec<_> = (0..10)
            .map(|id| subscription(id, &format!("https://one.example/{id}")))
            .collect();
        feeds.extend((10..40).map(|id| subscription(id, &format!("https://host{id}.example/"))));
        let mut queue = Queue::new(feeds);
        assert_eq!(
            started(&mut queue),
            [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]
        );
        queue.finished("one.example");
        assert_eq!(started(&mut queue), [4]);
    }

    #[test]
    fn redirects_wait_for_the_host_they_lead_to() {
        let feeds = (0..6).map(|id| subscription(id, &format!("https://host{id}.example/")));
        let mut queue = Queue::new(feeds.collect());
        let begun: Vec<_> = std::iter::from_fn(|| queue.next()).collect();
        assert_eq!(begun.len(), 6);
        for (host, mut work) in begun {
            queue.finished(&host);
            let to = Url::parse("https://all.example/").unwrap();
            let journey = Journey::begin(None, to, Validators::default());
            work.journey = Some(Box::new((journey, Timestamp::UNIX_EPOCH)));
            queue.go_on(work);
        }
        assert_eq!(started(&mut queue).len(), 4);
        queue.finished("all.example");
        assert_eq!(started(&mut queue).len(), 1);
    }
}
