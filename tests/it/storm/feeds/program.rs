//! The program, from its start to its end or death, in the hands of its user.

use std::collections::VecDeque;
use std::time::Duration;

use iacstone::articles::{Article, ArticleFilter, FeedId, Mark, MarkScope};
use iacstone::feeds::{self, Fetcher};
use iacstone::store::{Disk, Store, Turnstile};

use super::answering::{address, home};
use super::cast::Site;
use super::check::{self, Look};
use super::memory::Why;
use super::plan::{Deed, Meanwhile, What};
use super::world::World;
use crate::promise;
use crate::storm::Broken;

/// What is due comes up within a day: so much later everything is.
const A_DAY: Duration = Duration::from_mins(24 * 60 + 1);

/// How long the user waits for what is due.
const PATIENCE: Duration = Duration::from_hours(5);

/// The disk as the world has it.
pub(super) struct DiskOf(pub(super) World);

impl Turnstile for DiskOf {
    async fn pass(&mut self) -> Disk {
        let (takes, writable) = self.0.call();
        tokio::time::sleep(takes).await;
        if writable {
            Disk::Writable
        } else {
            Disk::Refusing
        }
    }
}

/// How a life of the program ended that nothing broke off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The user ended it, and starts it again so much later.
    For(Duration),
    /// The storm is over.
    Good,
}

/// The running program.
pub(super) struct Program {
    world: World,
    store: Store,
    fetcher: Fetcher,
}

impl Program {
    pub(super) fn new(world: &World, store: Store) -> Self {
        let fetcher = Fetcher::in_process(std::sync::Arc::new(world.clone()), world.clock());
        Self {
            world: world.clone(),
            store,
            fetcher,
        }
    }

    /// Does what the user wants until one of them ends it.
    pub(super) async fn live(
        self,
        deeds: &mut VecDeque<Deed>,
        lasts: Duration,
    ) -> Result<End, Broken> {
        self.look().await?;
        while let Some(deed) = deeds.pop_front() {
            tokio::time::sleep(deed.pause).await;
            self.world.note(format_args!("the user: {:?}", deed.what));
            if let Some(end) = self.does(deed.what).await? {
                return Ok(end);
            }
            match deeds.len() % 6 {
                0 => check::all(&self.store, &self.world, Look::Texts).await?,
                2 | 4 => check::all(&self.store, &self.world, Look::Lists).await?,
                _ => {}
            }
        }
        tokio::time::sleep(lasts.saturating_sub(self.world.since())).await;
        self.calm().await?;
        Ok(End::Good)
    }

    /// The first look at what is there: nothing was followed or removed by itself. What is missing is followed.
    async fn look(&self) -> Result<(), Broken> {
        let followed = self
            .store
            .feeds()
            .subscriptions()
            .await
            .map_err(unreadable)?;
        for site in self.world.sites() {
            let source = address(site.number, home(site));
            let found = followed.iter().find(|feed| feed.source == source);
            let found = found.map(|feed| feed.feed);
            let expected = self.id_of(site.number);
            let unsure = self.world.ledger(|it| it.unsure.remove(&site.number));
            promise!(
                unsure || found == expected,
                "{source} is followed as {found:?}, and it was as {expected:?}"
            );
            match found {
                Some(id) if expected == Some(id) => {}
                Some(id) => self.world.ledger(|it| it.followed(site.number, id, source)),
                None => {
                    self.world.ledger(|it| it.accounts.remove(&site.number));
                    self.follow(site).await;
                }
            }
        }
        check::all(&self.store, &self.world, Look::Texts).await
    }

    fn id_of(&self, number: usize) -> Option<FeedId> {
        self.world
            .ledger(|it| it.accounts.get(&number).map(|account| account.id))
    }

    async fn follow(&self, site: &Site) {
        let source = address(site.number, home(site));
        self.world.ledger(|it| it.unsure.insert(site.number));
        if let Ok((id, _)) = self.store.feeds().follow(&source, None).await {
            self.world.ledger(|it| it.followed(site.number, id, source));
        }
        self.world.ledger(|it| it.unsure.remove(&site.number));
    }

    async fn remove(&self, which: u64) -> Option<&Site> {
        let site = &self.world.sites()[choose(which, self.world.sites().len())?];
        let id = self.id_of(site.number)?;
        self.world
            .note(format_args!("feed {} is removed", site.number));
        self.world.ledger(|it| it.unsure.insert(site.number));
        let removed = self.store.feeds().unfollow(id).await.is_ok();
        self.world.ledger(|it| {
            it.unsure.remove(&site.number);
            if removed {
                it.accounts.remove(&site.number);
            }
        });
        removed.then_some(site)
    }

    async fn does(&self, what: What) -> Result<Option<End>, Broken> {
        match what {
            What::Watch(minutes) => {
                for _ in 0..minutes {
                    self.refresh(Why::Due, None).await?;
                    tokio::time::sleep(Duration::from_mins(1)).await;
                }
            }
            What::Refresh(patience, meanwhile) => {
                let fetching = self.patiently(Why::Due, patience);
                let (fetched, marked) = tokio::join!(fetching, self.meanwhile(meanwhile));
                fetched.and(marked)?;
            }
            What::RefreshWhenTold => {
                let feeds = self.store.feeds().all().await.map_err(unreadable)?;
                let due = feeds.iter().filter_map(|feed| feed.health.next_fetch).min();
                let wait = due.map(|due| due.duration_since(self.world.now()));
                let wait = wait.and_then(|wait| Duration::try_from(wait).ok());
                tokio::time::sleep(wait.unwrap_or_default().min(PATIENCE)).await;
                self.refresh(Why::Due, None).await?;
            }
            What::RefreshAll(patience) => self.patiently(Why::All, patience).await?,
            What::RefreshOne(which) => self.refresh(Why::Named, Some(which)).await?,
            What::Read(which, on) => self.mark(which, Mark::Read(on)).await?,
            What::Star(which, on) => self.mark(which, Mark::Starred(on)).await?,
            What::Refollow(which, pause) => {
                if let Some(site) = self.remove(which).await {
                    tokio::time::sleep(pause).await;
                    self.follow(site).await;
                }
            }
            What::Restart(pause) => return Ok(Some(End::For(pause))),
        }
        Ok(None)
    }

    async fn meanwhile(&self, what: Option<(Duration, Meanwhile)>) -> Result<(), Broken> {
        let Some((pause, what)) = what else {
            return Ok(());
        };
        tokio::time::sleep(pause).await;
        self.world.note(format_args!("meanwhile: {what:?}"));
        match what {
            Meanwhile::Read(which, on) => self.mark(which, Mark::Read(on)).await?,
            Meanwhile::Remove(which) => {
                self.remove(which).await;
            }
        }
        Ok(())
    }

    /// Fetches until it is done or the user gives up.
    async fn patiently(&self, why: Why, patience: Option<Duration>) -> Result<(), Broken> {
        let Some(patience) = patience else {
            return self.refresh(why, None).await;
        };
        match tokio::time::timeout(patience, self.refresh(why, None)).await {
            Ok(done) => done,
            Err(_elapsed) => {
                self.world.note("the user gives up");
                let now = self.world.now();
                self.world.ledger(|it| it.break_off(now));
                self.world.verdict()
            }
        }
    }

    async fn refresh(&self, why: Why, which: Option<u64>) -> Result<(), Broken> {
        let began = self.world.now();
        self.world.ledger(|it| it.begin(why));
        let wanted = match why {
            Why::Due => feeds::due(&self.store, began).await,
            Why::All => feeds::all(&self.store).await,
            Why::Named => self.store.feeds().subscriptions().await,
        };
        let mut wanted = wanted.map_err(unreadable)?;
        if let Some(which) = which {
            let one = choose(which, wanted.len());
            wanted = one.map(|at| wanted.remove(at)).into_iter().collect();
        }
        let work = feeds::refresh(&self.store, &self.fetcher, wanted, |refreshed| {
            self.world.reported(&refreshed);
        });
        work.await.map_err(unreadable)?;
        self.world.ledger(|it| it.end(began));
        self.world.verdict()
    }

    async fn mark(&self, which: u64, mark: Mark) -> Result<(), Broken> {
        let articles = self.store.articles().list(&ArticleFilter::default()).await;
        let articles: Vec<Article> = articles.map_err(unreadable)?;
        let Some(article) = choose(which, articles.len()).map(|at| &articles[at]) else {
            return Ok(());
        };
        let (number, key) = check::key(&article.title)?;
        self.world.ledger(|it| {
            it.accounts
                .get_mut(&number)
                .map(|account| account.unsure.insert(key.clone()))
        });
        let scope = MarkScope::These(vec![article.id.clone()]);
        let marked = self.store.articles().mark(scope, mark).await.is_ok();
        self.world.ledger(|it| {
            let Some(account) = it.accounts.get_mut(&number) else {
                return;
            };
            account.unsure.remove(&key);
            let (marks, on) = match mark {
                Mark::Read(on) => (&mut account.read, on),
                Mark::Starred(on) => (&mut account.starred, on),
            };
            if marked && on {
                marks.insert(key);
            } else if marked {
                marks.remove(&key);
            }
        });
        Ok(())
    }

    /// All troubles are over: within a day everything is as the servers have it, and stays so.
    async fn calm(&self) -> Result<(), Broken> {
        self.world.note("all troubles are over");
        self.look().await?;
        for _day in 0..2 {
            tokio::time::sleep(A_DAY).await;
            self.refresh(Why::Due, None).await?;
            self.refresh_gone().await?;
            check::all(&self.store, &self.world, Look::Texts).await?;
            check::recovered(&self.store, &self.world).await?;
        }
        self.store.check().await.map_err(unreadable)
    }

    /// What is gone is asked for only when the user names it.
    async fn refresh_gone(&self) -> Result<(), Broken> {
        let followed = self
            .store
            .feeds()
            .subscriptions()
            .await
            .map_err(unreadable)?;
        for (at, feed) in (0..).zip(&followed) {
            if feed.is_gone() {
                self.refresh(Why::Named, Some(at)).await?;
            }
        }
        Ok(())
    }
}

/// One of so many.
fn choose(number: u64, count: usize) -> Option<usize> {
    let count = u64::try_from(count).unwrap();
    let chosen = number.checked_rem(count)?;
    Some(usize::try_from(chosen).unwrap())
}

/// A store that refuses to be read or is closed: no trouble makes that.
fn unreadable(error: impl std::fmt::Display) -> Broken {
    Broken(format!("the store fails: {error}"))
}
