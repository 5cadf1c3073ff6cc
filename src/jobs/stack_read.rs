//! Runs a command that reads a stack: without a shell, for a limited time, with a bounded answer. It never outlives its
//! job, nor do programs that it started.

use std::io;
use std::os::fd::OwnedFd;
use std::process::{Child, ExitStatus, Stdio};
use std::time::Duration;

use futures::future::{Either, select};
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::net::unix::pipe::Receiver;
use tokio::time::timeout;

use super::child::{apart, end, ends};
use super::problem::failed;
use crate::effect::{CodeReport, JobReport, Problem};
use crate::iac::{StackAnswer, StackRead};
use crate::task::JobContext;
use crate::text::neutralise;

/// What a command may take.
#[derive(Debug, Clone, Copy)]
struct ReadLimits {
    time: Duration,
    /// The most bytes of its answer.
    bytes: usize,
}

const LIMITS: ReadLimits = ReadLimits {
    time: Duration::from_mins(1),
    bytes: 64 << 20,
};
/// The most bytes that are taken of what it says besides.
const MOST_WORDS: usize = 16 << 10;
/// The most characters of that which are shown.
const MOST_SHOWN: usize = 400;

/// Why a command gave no answer.
#[derive(Debug, thiserror::Error)]
enum ReadFailure {
    #[error("'{program}' was not started: {why}; install it, or put it into PATH")]
    Unstarted { program: String, why: io::Error },
    #[error("`{text}` was not read: {why}")]
    Unread { text: String, why: io::Error },
    #[error("`{text}` took longer than {limit:?} and was ended; run it in a shell")]
    TooSlow { text: String, limit: Duration },
    #[error("`{text}` answered more than {} MiB and was ended; run it in a shell", bytes >> 20)]
    TooLong { text: String, bytes: usize },
    #[error("`{text}` failed ({status}): {words}")]
    Failed {
        text: String,
        status: ExitStatus,
        words: String,
    },
    #[error("{0}")]
    Garbled(String),
}

/// A process that is ended with all that it started when nobody waits for it any more.
struct StartedRead {
    child: Child,
    /// Whether its end was waited for: its number may be another one's then.
    is_reaped: bool,
}

impl Drop for StartedRead {
    fn drop(&mut self) {
        let group = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(group) = group.filter(|_| !self.is_reaped) {
            // Also where it has ended itself: what it started may go on.
            let ended = kill_process_group(group, Signal::KILL).map_err(io::Error::from);
            if let Err(error) = ended.and_then(|()| self.child.wait().map(drop)) {
                tracing::warn!(%error, "a command that reads a stack was not ended");
            }
        }
    }
}

/// Runs the command and reads its answer.
pub(super) async fn run(read: StackRead, context: &JobContext<JobReport>) -> JobReport {
    let work = Box::pin(answer_within(&read, LIMITS));
    match select(work, Box::pin(context.cancelled())).await {
        Either::Left((Ok(answer), _)) => JobReport::Code(CodeReport::Answered(Box::new(answer))),
        Either::Left((Err(failure), _)) => failed(Problem::other(failure.to_string())),
        Either::Right(_) => JobReport::Cancelled,
    }
}

async fn answer_within(read: &StackRead, limits: ReadLimits) -> Result<StackAnswer, ReadFailure> {
    let answered = timeout(limits.time, answer(read, limits.bytes)).await;
    answered.unwrap_or_else(|_elapsed| {
        Err(ReadFailure::TooSlow {
            text: read.text.clone(),
            limit: limits.time,
        })
    })
}

async fn answer(read: &StackRead, most: usize) -> Result<StackAnswer, ReadFailure> {
    let text = || read.text.clone();
    let unread = |why| ReadFailure::Unread { text: text(), why };
    let mut ends = ends().map_err(unread)?;
    let mut started = start(read)?;
    let (out, words) = (started.child.stdout.take(), started.child.stderr.take());
    let out = receiver(out.map(OwnedFd::from)).map_err(unread)?;
    let words = receiver(words.map(OwnedFd::from)).map_err(unread)?;
    let (out, words) = futures::try_join!(whole(out, most), beginning(words)).map_err(unread)?;
    let out = out.ok_or_else(|| ReadFailure::TooLong {
        text: text(),
        bytes: most,
    })?;
    let status = end(&mut started.child, &mut ends).await.map_err(unread)?;
    started.is_reaped = true;
    if !status.success() {
        let words = told(&words);
        let text = text();
        return Err(ReadFailure::Failed {
            text,
            status,
            words,
        });
    }
    let out = String::from_utf8_lossy(&out).into_owned();
    read.answer(out)
        .map_err(|error| ReadFailure::Garbled(error.to_string()))
}

fn start(read: &StackRead) -> Result<StartedRead, ReadFailure> {
    let (program, arguments) = read
        .argv
        .split_first()
        .map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    let child = apart(program, arguments)
        .current_dir(&read.dir)
        .envs(&read.env)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    child
        .map(|child| StartedRead {
            child,
            is_reaped: false,
        })
        .map_err(|why| ReadFailure::Unstarted {
            program: program.to_owned(),
            why,
        })
}

fn receiver(pipe: Option<OwnedFd>) -> io::Result<Receiver> {
    let pipe = pipe.ok_or_else(|| io::Error::other("there is no pipe"))?;
    Receiver::from_owned_fd(pipe)
}

/// All that comes; `None` when it is too much.
async fn whole(pipe: Receiver, most: usize) -> io::Result<Option<Vec<u8>>> {
    let mut all = Vec::new();
    while let Some(part) = part(&pipe).await? {
        all.extend(part);
        if all.len() > most {
            return Ok(None);
        }
    }
    Ok(Some(all))
}

/// The beginning of what comes; the rest is taken too, so that nobody waits for room.
async fn beginning(pipe: Receiver) -> io::Result<Vec<u8>> {
    let mut all = Vec::new();
    while let Some(part) = part(&pipe).await? {
        if all.len() < MOST_WORDS {
            all.extend(part);
        }
    }
    Ok(all)
}

/// What comes next; `None` at the end.
async fn part(pipe: &Receiver) -> io::Result<Option<Vec<u8>>> {
    let mut buffer = vec![0; 64 << 10];
    loop {
        pipe.readable().await?;
        match pipe.try_read(&mut buffer) {
            Ok(0) => return Ok(None),
            Ok(length) => {
                buffer.truncate(length);
                return Ok(Some(buffer));
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
}

/// What a command said, in one line without the frames that Terraform draws.
fn told(words: &[u8]) -> String {
    let words = String::from_utf8_lossy(words);
    let words = words.replace(['╷', '│', '╵'], " ");
    let clean = neutralise(&words);
    let line: Vec<&str> = clean.split_whitespace().collect();
    let line = line.join(" ");
    if line.is_empty() {
        return "it said nothing".to_owned();
    }
    line.chars().take(MOST_SHOWN).collect()
}

#[cfg(test)]
mod tests;
