//! Virtual time: a runtime of one thread whose clock jumps to the next timer when everybody waits.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;
use std::time::Duration;

use jiff::Timestamp;

use super::{Broken, Dice, Steps};

/// When every storm begins, by the calendar.
const EPOCH: &str = "2026-11-21T12:00:00Z";

/// Longer than any storm lasts: what is not over by then hangs.
const END_OF_TIME: Duration = Duration::from_hours(24 * 365);

/// When every storm begins, by the calendar.
pub(crate) fn epoch() -> Timestamp {
    EPOCH.parse().unwrap()
}

/// Runs it in virtual time. A panic is a broken promise, and so is waiting for ever.
///
/// # Errors
/// What `storm` gives, or how it did not end.
pub(crate) fn run<T>(
    seed: u64,
    steps: &Steps,
    storm: impl Future<Output = Result<T, Broken>>,
) -> Result<T, Broken> {
    // The pauses between repetitions, and whatever the SDK draws, come from this generator of the thread.
    fastrand::seed(Dice::of(seed, "jitter").number());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    let timed = async {
        steps.begin();
        tokio::time::timeout(END_OF_TIME, storm).await
    };
    match caught(|| runtime.block_on(timed)) {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_elapsed)) => Err(Broken("it hangs: something waits for ever".to_owned())),
        Err(place_and_words) => Err(Broken(format!("it panicked at {place_and_words}"))),
    }
}

thread_local! {
    /// Where the work of this thread panicked last; nothing while a panic of it is none of ours.
    static PANICKED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Does some work whose panic is an answer: the place and the words of it, which are not printed.
fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static LISTENS: Once = Once::new();
    LISTENS.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            let is_ours = PANICKED.with_borrow_mut(|place| {
                let at = panic.location().map(ToString::to_string);
                place.as_mut().map(|place| *place = at.unwrap_or_default())
            });
            if is_ours.is_none() {
                usual(panic);
            }
        }));
    });
    PANICKED.set(Some(String::new()));
    let ended = catch_unwind(AssertUnwindSafe(work));
    let place = PANICKED.take().unwrap_or_default();
    ended.map_err(|panic| format!("{place}: {}", words_of(panic.as_ref())))
}

/// The words of a panic.
fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|&text| text.to_owned());
    let words = text.or_else(|| panic.downcast_ref::<String>().cloned());
    words.unwrap_or_else(|| "no words".to_owned())
}
