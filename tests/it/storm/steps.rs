//! What happened in a storm, in plain words, with the virtual time of each step.

use std::collections::VecDeque;
use std::collections::hash_map::DefaultHasher;
use std::fmt::Display;
use std::hash::{Hash as _, Hasher as _};
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::time::Instant;

/// How many steps a failure shows.
const SHOWN: usize = 100;

/// The steps of one storm; clones write into the same record.
#[derive(Debug, Clone)]
pub(crate) struct Steps(Arc<Mutex<Record>>);

#[derive(Debug)]
struct Record {
    began: Option<Instant>,
    last: VecDeque<String>,
    hash: DefaultHasher,
    count: u64,
    aloud: bool,
}

impl Steps {
    /// No step yet; `aloud` prints each as it happens.
    pub(crate) fn new(aloud: bool) -> Self {
        Self(Arc::new(Mutex::new(Record {
            began: None,
            last: VecDeque::new(),
            hash: DefaultHasher::new(),
            count: 0,
            aloud,
        })))
    }

    /// Time begins here; called inside the runtime.
    pub(super) fn begin(&self) {
        self.record().began = Some(Instant::now());
    }

    /// Writes down a step.
    pub(crate) fn note(&self, what: impl Display) {
        let mut record = self.record();
        let since = record.began.map(|began| began.elapsed().as_secs_f64());
        let line = format!("{:12.3} s  {what}", since.unwrap_or_default());
        if record.aloud {
            println!("{line}");
        }
        line.hash(&mut record.hash);
        record.count += 1;
        if record.last.len() == SHOWN {
            record.last.pop_front();
        }
        record.last.push_back(line);
    }

    /// The last steps, oldest first.
    pub(crate) fn last(&self) -> Vec<String> {
        self.record().last.iter().cloned().collect()
    }

    /// A number that two storms share when all their steps were the same, and how many steps there were.
    pub(crate) fn digest(&self) -> (u64, u64) {
        let record = self.record();
        (record.hash.finish(), record.count)
    }

    fn record(&self) -> MutexGuard<'_, Record> {
        self.0.lock().unwrap()
    }
}
