//! What ends a run, each as something the user can act on.

use std::time::Duration;

use crate::aws::AwsError;
use crate::lambda::{FunctionRefError, MemoryMb};
use crate::power::{ResumeError, RunId};
use crate::store::StoreError;

/// Why a run could not start, or ended early.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A call to AWS failed.
    #[error(transparent)]
    Aws(#[from] AwsError),
    /// The journal or the run could not be kept; nothing is changed without it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The function's name is none.
    #[error(transparent)]
    Name(FunctionRefError),
    /// The function is in no state to be tuned, or the plan does not fit it.
    #[error("{0}")]
    Unfit(String),
    /// The qualifier is not the code that `$LATEST` has.
    #[error(
        "'{qualified}' is version {version}, whose code is not the code of $LATEST; Lambda can change the memory size of \
         $LATEST only, so the run would measure other code: deploy that code, or leave the qualifier away"
    )]
    OtherCode {
        /// What the user named.
        qualified: String,
        /// The version behind it.
        version: String,
    },
    /// The function fails before anything is measured.
    #[error("the function fails with this payload, so there is nothing to measure; it said: {0}")]
    FunctionFails(String),
    /// No invocation could be measured, though the function itself may be fine.
    #[error("nothing could be measured, and the function was left as it was: {0}")]
    Unmeasurable(String),
    /// Another run has changed the function, or is about to.
    #[error(
        "run '{0}' on this function has not ended, or was cut off: wait for it, or undo it with `iacstone runs recover {0}`"
    )]
    Unfinished(RunId),
    /// A journal in the store is of no use to this program, and may be about this function.
    #[error(
        "{0}; it may tell of this function, so nothing is changed: undo that run with the iacstone that made it"
    )]
    Unreadable(String),
    /// Another iacstone, with another store, has left a version behind or is at work.
    #[error(
        "version {version} of '{function}' belongs to run '{run}' of another iacstone: let that run end, or undo it there with \
         `iacstone runs recover {run}`; if its store is lost, see that {memory} MB is the size the function should have, \
         delete that version and start anew"
    )]
    Foreign {
        /// The function.
        function: String,
        /// The version with the mark.
        version: String,
        /// The run it names.
        run: String,
        /// The size `$LATEST` has now.
        memory: MemoryMb,
    },
    /// `$LATEST` has a size of a run that this store knows no open journal of.
    #[error(
        "'{function}' has a size of run '{run}', of which nothing is open here; it had {memory} MB before: let that run end, or \
         undo it where it was started with `iacstone runs recover {run}`; if its store is lost, give the function back its \
         memory size, take the sign out of its description (of a long one, the end is cut off) and start anew"
    )]
    Signed {
        /// The function.
        function: String,
        /// The run its description names.
        run: String,
        /// The size it had before, in megabytes, by the description.
        memory: String,
    },
    /// The alias that is to be moved splits its calls.
    #[error(
        "alias '{0}' sends a part of its calls to a second version, and moving it would end that: finish that release first, or \
         apply to another alias"
    )]
    Split(String),
    /// Another process is at work on the function.
    #[error("another iacstone is at work on '{0}'; wait until its run has ended")]
    Occupied(String),
    /// A pre- or post-processor failed.
    #[error("the processor '{processor}' failed; it said: {said}")]
    Processor {
        /// The function.
        processor: String,
        /// Its words.
        said: String,
    },
    /// AWS rejected the new memory size.
    #[error("AWS could not update the function: {0}")]
    UpdateFailed(String),
    /// A published version is broken.
    #[error("the published version cannot be invoked: {0}")]
    VersionFailed(String),
    /// An update or a snapshot takes too long.
    #[error("'{function}' is still being updated after {} s; look at it in the console, then start anew", after.as_secs())]
    NeverSettled {
        /// The function or version.
        function: String,
        /// How long it was waited for.
        after: Duration,
    },
    /// Someone else changed the function during the run.
    #[error(
        "'{0}' was deployed or changed by someone else during the run; the change was left alone: start anew"
    )]
    Deployed(String),
    /// There is nothing to recover.
    #[error("run '{0}' left nothing to undo; `iacstone runs list` shows the runs there are")]
    NoJournal(RunId),
    /// Another process is at work on the run.
    #[error("run '{0}' is still under way in another iacstone; it restores the function itself")]
    StillRunning(RunId),
    /// The run was made against another endpoint.
    #[error(
        "run '{run}' was made against {endpoint}; recover it with the same --endpoint-url and account"
    )]
    OtherEndpoint {
        /// The run.
        run: RunId,
        /// Its endpoint.
        endpoint: String,
    },
    /// The run is none that can be gone on with.
    #[error(transparent)]
    Resume(#[from] ResumeError),
    /// The function is another one than the run measured.
    #[error(
        "the code or the configuration of '{function}' is not what run '{run}' measured, so more samples would be of another function; start a new run"
    )]
    OtherFunction {
        /// The run.
        run: RunId,
        /// The function.
        function: String,
    },
    /// A defect of iacstone.
    #[error("iacstone itself failed ({0}); please report it with the log of --log-file")]
    Defect(String),
}
