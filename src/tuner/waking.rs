//! Versions that have to become active before they can be invoked.

use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};

use super::control::Control;
use super::error::Error;
use crate::lambda::MemoryMb;

/// The versions that are waited for.
pub(super) struct Waking<'a> {
    control: &'a Control<'a>,
    versions: FuturesUnordered<BoxFuture<'a, Awake>>,
    /// Their sizes.
    sizes: Vec<MemoryMb>,
}

/// A version that need not be waited for any more.
pub(super) struct Awake {
    /// Its size.
    pub memory: MemoryMb,
    /// Its number.
    pub version: String,
    /// Whether it is active.
    pub result: Result<(), Error>,
}

impl<'a> Waking<'a> {
    /// None yet.
    pub(super) fn new(control: &'a Control<'a>) -> Self {
        Self {
            control,
            versions: FuturesUnordered::new(),
            sizes: Vec::new(),
        }
    }

    /// Waits for a version from now on.
    pub(super) fn push(&mut self, memory: MemoryMb, version: String) {
        self.sizes.push(memory);
        let waking = wake(self.control, memory, version);
        self.versions.push(waking.boxed());
    }

    /// The next one that is over; `None` while there is none to wait for. Cancel-safe.
    pub(super) async fn next(&mut self) -> Option<Awake> {
        let awake = self.versions.next().await?;
        let place = self.sizes.iter().position(|&it| it == awake.memory);
        if let Some(place) = place {
            self.sizes.swap_remove(place);
        }
        Some(awake)
    }

    /// Whether none is waited for.
    pub(super) fn is_empty(&self) -> bool {
        self.versions.is_empty()
    }

    /// Whether a version of this size is waited for.
    pub(super) fn holds(&self, memory: MemoryMb) -> bool {
        self.sizes.contains(&memory)
    }

    /// Waits for none any more.
    pub(super) fn clear(&mut self) {
        self.versions.clear();
        self.sizes.clear();
    }
}

async fn wake(control: &Control<'_>, memory: MemoryMb, version: String) -> Awake {
    let result = control.active(&version).await;
    Awake {
        memory,
        version,
        result,
    }
}
