//! How long a whole frame takes at 200x60, with a live run of 46 sizes and 5,000 samples in front of 200 saved runs.
//!
//! `cargo bench --bench frame`. Goal: at most 2 ms for a frame, drawn whole onto a test terminal; the same for what a
//! batch of 64 samples costs the state, for at 60 frames a second each frame brings one. An error message of 1 MB without
//! a blank: at most 16 ms from the report to the frame that shows it. A key in the filter of a query's answer: 16 ms.

mod answering;
mod events;
mod measure;
mod runs;
mod session;
mod tailed;

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use answering::filter_of_an_answer;
use iacstone::app::{self, App};
use measure::{Goal, heading, median, median_ms, milliseconds, report};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use session::Session;

const SAVED: u16 = 200;
const SAMPLES: usize = 5000;
const TRIES: usize = 201;

fn main() -> Result<(), Box<dyn Error>> {
    let mut session = Session::with_runs(SAVED)?;
    heading("a frame at 200x60, drawn whole");
    frame("200 saved runs, one in front", &session.app)?;
    session.keys("n")?;
    frame("the function picker", &session.app)?;
    session.keys("enter")?;
    frame("the plan form", &session.app)?;
    session.start()?;
    for number in 0..SAMPLES {
        session.sample(number);
    }
    frame("a live run, 46 sizes, 5,000 samples", &session.app)?;
    session.keys("?")?;
    frame("the keys over it", &session.app)?;
    session.keys("esc")?;
    heading("the state, a live run of 46 sizes and 5,000 samples");
    let mut numbers = SAMPLES..;
    let mut next = || numbers.next().unwrap_or_default();
    let one = median_ms(TRIES, &mut next, |number| session.sample(number));
    report("a sample, median", one, "ms", Goal::AtMost(2.0));
    let batch = median_ms(TRIES, || (), |()| session.batch(64));
    report(
        "a batch of 64 samples, median",
        batch,
        "ms",
        Goal::AtMost(2.0),
    );
    heading("an error of 1 MB without a blank, from report to frame");
    long_error("in ASCII, median", "x")?;
    long_error("in other letters, median", "é")?;
    filter_of_an_answer()
}

/// A live run reports an error of 1 MB; the frame that shows it is drawn.
fn long_error(what: &str, letter: &str) -> Result<(), Box<dyn Error>> {
    let mut terminal = Terminal::new(TestBackend::new(200, 60))?;
    let mut figures = Vec::new();
    for _ in 0..21 {
        let mut session = Session::with_runs(1)?;
        session.keys("n enter")?;
        session.start()?;
        let message = letter.repeat((1 << 20) / letter.len());
        let start = Instant::now();
        session.fails(message);
        terminal.draw(|frame| app::view(black_box(&session.app), frame))?;
        figures.push(milliseconds(start.elapsed()));
        if session.app.notices.current().is_none() {
            return Err("the error is not shown".into());
        }
    }
    report(what, median(figures), "ms", Goal::AtMost(16.0));
    Ok(())
}

/// Draws whole frames and reports the median.
fn frame(what: &str, app: &App) -> Result<(), Box<dyn Error>> {
    let mut blank = Terminal::new(TestBackend::new(200, 60))?;
    let mut failed = None;
    let median = median_ms(
        TRIES,
        || (),
        |()| {
            let cleared = blank.clear();
            let drawn = blank
                .draw(|frame| app::view(black_box(app), frame))
                .map(|_| ());
            failed = cleared.and(drawn).err();
        },
    );
    report(what, median, "ms", Goal::AtMost(2.0));
    failed.map_or(Ok(()), |error| Err(error.into()))
}
