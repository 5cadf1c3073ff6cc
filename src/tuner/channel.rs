//! What passes between publisher and measurement: news of versions one way, what is needed of them the other.

use std::collections::BTreeSet;

use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::owner::Owner;
use crate::lambda::MemoryMb;

/// News that may wait.
const NEWS: usize = 16;

/// What the publisher says.
#[derive(Debug)]
pub(super) enum Published {
    /// Nothing is changed before the function has proved to work.
    Waiting,
    /// Something is about to happen to the function.
    Phase(String),
    /// A version of a size exists.
    Version {
        /// Its size.
        memory: MemoryMb,
        /// Its number.
        version: String,
        /// Whose it is.
        owner: Owner,
        /// Whether it has to become active first.
        pending: bool,
    },
    /// A size could not be published, for this reason; the others go on.
    Refused(MemoryMb, String),
    /// The function has its memory size again.
    Restored,
}

impl Published {
    /// Whether it changes what the measurement needs.
    const fn counts(&self) -> bool {
        matches!(self, Self::Version { .. } | Self::Refused(..))
    }
}

/// What the measurement needs of the publisher.
#[derive(Debug, Default, PartialEq, Eq)]
struct Needs {
    /// Sizes that have come to their end.
    settled: BTreeSet<MemoryMb>,
    /// Sizes that have not, and for which no version is left or on its way.
    wanting: BTreeSet<MemoryMb>,
    /// How many of the publisher's versions and refusals this takes into account.
    heard: u32,
}

/// The publisher's side.
#[derive(Debug)]
pub(super) struct PublisherSide {
    news: mpsc::Sender<Published>,
    needs: watch::Receiver<Needs>,
    enough: CancellationToken,
    proven: CancellationToken,
    /// How many versions and refusals were said.
    said: u32,
}

/// The measurement's side.
#[derive(Debug)]
pub(super) struct MeasurementSide {
    news: mpsc::Receiver<Published>,
    needs: watch::Sender<Needs>,
    /// Cancelled when there is nothing more to publish for.
    enough: CancellationToken,
    /// Cancelled when the function has proved to work.
    proven: CancellationToken,
    /// How many versions and refusals the publisher was heard to say.
    heard: u32,
    /// Whether the publisher said that it waits for the proof.
    waits: bool,
}

/// A channel between a publisher and a measurement.
pub(super) fn channel() -> (PublisherSide, MeasurementSide) {
    let (said, news) = mpsc::channel(NEWS);
    let (needs, needed) = watch::channel(Needs::default());
    let (enough, proven) = (CancellationToken::new(), CancellationToken::new());
    let publisher = PublisherSide {
        news: said,
        needs: needed,
        enough: enough.clone(),
        proven: proven.clone(),
        said: 0,
    };
    let measurement = MeasurementSide {
        news,
        needs,
        enough,
        proven,
        heard: 0,
        waits: false,
    };
    (publisher, measurement)
}

impl PublisherSide {
    /// Says something. Nobody listens any more when the run is being wound up: then there is no one to tell.
    pub(super) async fn say(&mut self, published: Published) {
        self.said += u32::from(published.counts());
        self.news.send(published).await.ok();
    }

    /// Waits until the function has proved to work, or no proof is needed any more.
    pub(super) async fn wait_for_proof(&mut self) {
        self.say(Published::Waiting).await;
        self.proven.cancelled().await;
    }

    /// Whether there is nothing more to publish for.
    pub(super) fn is_enough(&self) -> bool {
        self.enough.is_cancelled()
    }

    /// Waits for something, but no longer than there is something to publish for.
    pub(super) async fn unless_enough(&self, waiting: impl Future<Output = ()>) {
        self.enough.run_until_cancelled(waiting).await;
    }

    /// Whether a size has come to its end.
    pub(super) fn is_settled(&self, memory: MemoryMb) -> bool {
        self.needs.borrow().settled.contains(&memory)
    }

    /// Waits for a size that needs another version; `None` when there is nothing more to publish for.
    pub(super) async fn wanting(&mut self) -> Option<MemoryMb> {
        // What was published last has to have arrived there: until then the same size is still wanting.
        let said = self.said;
        let is_wanting = |needs: &Needs| needs.heard >= said && !needs.wanting.is_empty();
        let wanting = self
            .enough
            .run_until_cancelled(self.needs.wait_for(is_wanting));
        let needs = wanting.await?.ok()?;
        needs.wanting.first().copied()
    }
}

impl MeasurementSide {
    /// The next news; `None` when none will come any more. Cancel-safe.
    pub(super) async fn hear(&mut self) -> Option<Published> {
        let published = self.news.recv().await?;
        self.heard += u32::from(published.counts());
        self.waits |= matches!(published, Published::Waiting);
        Some(published)
    }

    /// Whether everything that was said so far was heard.
    pub(super) fn is_silent(&self) -> bool {
        self.news.is_empty()
    }

    /// Tells the publisher which sizes have come to their end, and which cannot go on without a version.
    pub(super) fn need(&self, settled: BTreeSet<MemoryMb>, wanting: BTreeSet<MemoryMb>) {
        let needs = Needs {
            settled,
            wanting,
            heard: self.heard,
        };
        self.needs.send_if_modified(|known| {
            let differs = *known != needs;
            *known = needs;
            differs
        });
    }

    /// Tells the publisher that the function works.
    pub(super) fn prove(&self) {
        self.proven.cancel();
    }

    /// Whether the function has proved to work.
    pub(super) fn is_proven(&self) -> bool {
        self.proven.is_cancelled()
    }

    /// Whether the publisher waits for the function to prove that it works.
    pub(super) fn is_waiting(&self) -> bool {
        self.waits && !self.is_proven()
    }

    /// Tells the publisher that there is nothing more to publish for.
    pub(super) fn end(&self) {
        self.enough.cancel();
        self.proven.cancel();
    }
}
