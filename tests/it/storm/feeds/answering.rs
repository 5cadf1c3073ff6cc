//! What a server answers at a moment: its habits, and what is the matter with it.

use std::fmt;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::cast::{Site, State, after};
use super::fetch::{Served, Wishes};
use super::memory::Asked;
use super::trouble::{End, Fault, Place, Trouble, Wait};
use super::writing::Document;

/// What an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) feed: usize,
    pub(super) place: Place,
}

/// An answer.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    /// Whether there is no server at all.
    pub(super) refused: bool,
    pub(super) status: u16,
    pub(super) redirect: Option<String>,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    pub(super) content_type: &'static str,
    /// Without the `Retry-After`, whose length depends on the moment.
    pub(super) wishes: Wishes,
    wait: Option<Wait>,
    pub(super) body: Vec<u8>,
    /// Where each article ends in it.
    ends: Vec<usize>,
    pub(super) ending: Ending,
    /// What of a feed is in the body.
    pub(super) served: Option<Served>,
    /// For how long the server is silent before.
    pub(super) thinks: Duration,
    /// For how long the body is on its way.
    pub(super) takes: Duration,
}

/// How a body ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Whole,
    Broken,
    Never,
}

/// Where a feed is that did not move.
pub(super) fn home(site: &Site) -> Place {
    Place {
        host: site.host,
        number: 0,
    }
}

/// The address of a feed at a place.
pub(super) fn address(feed: usize, place: Place) -> String {
    format!("https://h{}.example/f{feed}/p{}", place.host, place.number)
}

/// What an address names.
pub(super) fn spot(url: &str) -> Spot {
    let numbers: Vec<u64> = url
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect();
    let [host, feed, number] = numbers[..] else {
        panic!("{url} is no address of a feed");
    };
    Spot {
        feed: usize::try_from(feed).unwrap(),
        place: Place { host, number },
    }
}

/// What is answered there so long after the beginning.
pub(super) fn answer(sites: &[Site], troubles: &[Trouble], spot: Spot, since: Duration) -> Answer {
    let site = &sites[spot.feed];
    let of_feed: Vec<&Trouble> = troubles.iter().filter(|it| it.is_of(spot.feed)).collect();
    let fault = of_feed.iter().find_map(|trouble| match trouble {
        Trouble::Fault(_, period, fault) if period.holds(since) => Some(*fault),
        _ => None,
    });
    if fault == Some(Fault::Refused) {
        return Answer {
            refused: true,
            ..Answer::status(0)
        };
    }
    let elsewhere = of_feed.iter().find_map(|trouble| match trouble {
        Trouble::Detour(_, _, _, place, behind) => (*place == spot.place).then_some(*behind),
        Trouble::Gateway(_, _, place) => (*place == spot.place).then_some(Duration::ZERO),
        _ => None,
    });
    if let Some(behind) = elsewhere {
        return document(site, spot.place, since.saturating_sub(behind)).spoilt(fault);
    }
    match redirect(site, &of_feed, spot.place, since) {
        Some((status, to)) => Answer {
            redirect: Some(address(spot.feed, to)),
            ..Answer::status(status)
        },
        None => document(site, spot.place, since).spoilt(fault),
    }
}

/// Where a place leads at that time, and with which status.
fn redirect(
    site: &Site,
    of_feed: &[&Trouble],
    place: Place,
    since: Duration,
) -> Option<(u16, Place)> {
    let mut moves: Vec<(Duration, u16, Place)> = of_feed
        .iter()
        .filter_map(|trouble| match trouble {
            Trouble::Move(_, at, status, to) if *at <= since => Some((*at, *status, *to)),
            _ => None,
        })
        .collect();
    moves.sort_by_key(|(at, _, to)| (*at, to.number));
    let mut from = home(site);
    for (_, status, to) in moves {
        if from == place {
            return Some((status, to));
        }
        from = to;
    }
    of_feed.iter().find_map(|trouble| match trouble {
        Trouble::Circle(_, period, status) if period.holds(since) => Some((*status, place)),
        Trouble::Detour(_, period, status, to, _) | Trouble::Gateway(period, status, to)
            if period.holds(since) =>
        {
            Some((*status, *to))
        }
        _ => None,
    })
}

fn document(site: &Site, place: Place, since: Duration) -> Answer {
    let state = site.at(since);
    let document = Document::of(site, &state);
    let (has_etag, has_date) = site.validators;
    let seconds = |seconds: Option<u64>| seconds_of(seconds.unwrap_or_default());
    Answer {
        etag: has_etag.then(|| etag(place, &state)),
        last_modified: has_date.then(|| date(state.edited)),
        content_type: document.content_type,
        wishes: Wishes {
            max_age: seconds(site.max_age),
            ttl: seconds(site.ttl_minutes.map(|minutes| 60 * minutes)),
            ..Wishes::default()
        },
        body: document.text.into_bytes(),
        served: Some(Served {
            items: state.items,
            complete: None,
        }),
        ends: document.ends,
        ..Answer::status(200)
    }
}

/// Servers count on their own: what is number five here may be number three elsewhere.
fn etag(place: Place, state: &State) -> String {
    format!("\"{}\"", state.version + place.number % 3)
}

/// A time as HTTP writes it.
fn date(time: Timestamp) -> String {
    time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

impl Answer {
    fn status(status: u16) -> Self {
        Self {
            refused: false,
            status,
            redirect: None,
            etag: None,
            last_modified: None,
            content_type: "text/html",
            wishes: Wishes::default(),
            wait: None,
            body: Vec::new(),
            ends: Vec::new(),
            ending: Ending::Whole,
            served: None,
            thinks: Duration::ZERO,
            takes: Duration::ZERO,
        }
    }
}

impl Answer {
    /// With what is the matter with the server.
    fn spoilt(self, fault: Option<Fault>) -> Self {
        match fault {
            None | Some(Fault::Refused) => self,
            Some(Fault::Busy(status, wait)) => Self {
                wait,
                ..Self::status(status)
            },
            Some(Fault::Status(status)) => Self::status(status),
            Some(Fault::Slow(thinks)) => Self { thinks, ..self },
            Some(Fault::Drip(takes)) => Self { takes, ..self },
            Some(Fault::Cut(thousandths, end)) => self.cut(thousandths, end),
            Some(Fault::Garbage(text)) => Self {
                etag: Some("\"nothing\"".to_owned()),
                body: text.as_bytes().to_vec(),
                ..Self::status(200)
            },
            Some(Fault::Type(content_type)) => Self {
                content_type,
                ..self
            },
        }
    }

    fn cut(mut self, thousandths: u64, end: End) -> Self {
        let length = self.body.len() * usize::try_from(thousandths).unwrap() / 1000;
        self.body.truncate(length);
        let complete = self.ends.iter().filter(|end| **end <= length).count();
        (self.ending, self.served) = match (end, self.served) {
            (End::Silently, Some(served)) => {
                let complete = Some(complete);
                (Ending::Whole, Some(Served { complete, ..served }))
            }
            (End::Broken, _) => (Ending::Broken, None),
            _ => (Ending::Never, None),
        };
        self
    }

    /// Whether who asks has this version already.
    pub(super) fn is_known_as(&self, asked: &Asked) -> bool {
        let is_document = self.status == 200 && self.served.is_some();
        let is_same = if asked.etag.is_some() {
            asked.etag == self.etag
        } else {
            asked.last_modified.is_some() && asked.last_modified == self.last_modified
        };
        is_document && is_same
    }

    /// The word that all is as it was. Some servers say again what the version is known by.
    pub(super) fn unchanged(self) -> Self {
        let again = self.body.len().is_multiple_of(2);
        Self {
            etag: self.etag.filter(|_| again),
            last_modified: self.last_modified.filter(|_| again),
            wishes: self.wishes,
            ..Self::status(304)
        }
    }

    /// For how long the server wants to be left alone that answers now.
    pub(super) fn retry_after(&self, now: Timestamp) -> SignedDuration {
        match self.wait {
            None => SignedDuration::ZERO,
            Some(Wait::Seconds(seconds)) => seconds_of(seconds),
            Some(Wait::Date(seconds)) => retry_date(now, seconds).duration_since(now),
        }
    }

    /// The same as its header says it.
    pub(super) fn retry_header(&self, now: Timestamp) -> Option<String> {
        self.wait.map(|wait| match wait {
            Wait::Seconds(seconds) => seconds.to_string(),
            Wait::Date(seconds) => date(retry_date(now, seconds)),
        })
    }

    /// The body in up to four pieces.
    pub(super) fn pieces(&self) -> Vec<Vec<u8>> {
        let size = self.body.len().div_ceil(4).max(1);
        self.body.chunks(size).map(<[u8]>::to_vec).collect()
    }
}

/// Dates of HTTP have no fractions.
fn retry_date(now: Timestamp, seconds: u64) -> Timestamp {
    after(Duration::from_secs(
        u64::try_from(now.duration_since(after(Duration::ZERO)).as_secs()).unwrap() + 1 + seconds,
    ))
}

fn seconds_of(seconds: u64) -> SignedDuration {
    SignedDuration::from_secs(i64::try_from(seconds).unwrap())
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.refused {
            return f.write_str("no connection");
        }
        write!(f, "{}", self.status)?;
        if let Some(to) = &self.redirect {
            write!(f, ", it is at {to}")?;
        }
        if let Some(wait) = self.wait {
            write!(f, ", wait {wait:?}")?;
        }
        if let Some(served) = &self.served {
            let titles: Vec<&str> = served.items.iter().map(|it| it.title.as_str()).collect();
            write!(f, ", {} bytes, {:?}", self.body.len(), titles)?;
            if let Some(complete) = served.complete {
                write!(f, ", {complete} of them whole")?;
            }
        }
        Ok(())
    }
}
