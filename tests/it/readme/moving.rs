//! The moving picture: a run, its answer, the answer as a diff, and a tail.

use std::time::Duration;

use super::film::Film;
use super::stage::Stage;
use super::{is_kept, root};

/// Columns and rows.
const SIZE: (u16, u16) = (100, 28);
/// Heavier ones are slow to load, in bytes.
const HEAVIEST: usize = 200_000;

#[tokio::test(start_paused = true)]
async fn the_moving_picture_is_of_frames_of_the_demo() {
    let mut stage = Stage::open(SIZE);
    let mut film = Film::default();
    stage.until("network ok  store ok").await;
    a_run(&mut stage, &mut film).await;
    its_code(&mut stage, &mut film).await;
    a_tail(&mut stage, &mut film).await;
    let svg = film.svg();
    assert!(svg.len() < HEAVIEST, "{} bytes", svg.len());
    is_kept(&root().join("assets/tour.svg"), &svg);
}

async fn a_run(stage: &mut Stage, film: &mut Film) {
    stage.press("n").await;
    stage.until(" functions").await;
    stage.press("/").await;
    stage.write("dynamodb-reads").await;
    stage.press("enter enter").await;
    stage.until("Plan a run of dynamodb-reads").await;
    film.show(stage.screen(), 2500);
    stage.press("ctrl-s").await;
    stage.until("Under way").await;
    for _ in 0..5 {
        stage.pass(Duration::from_millis(1500)).await;
        film.show(stage.screen(), 700);
    }
    stage.until("shows it as code").await;
    stage.press("esc").await;
    film.show(stage.screen(), 5000);
    film.hold();
}

async fn its_code(stage: &mut Stage, film: &mut Film) {
    stage.press("I").await;
    stage.until("+++ b/").await;
    film.show(stage.screen(), 5000);
    stage.press("esc").await;
}

async fn a_tail(stage: &mut Stage, film: &mut Film) {
    stage.press("2").await;
    stage.until("/demo/").await;
    stage.press("/").await;
    stage.write("firehose").await;
    stage.press("enter enter").await;
    for _ in 0..3 {
        stage.pass(Duration::from_secs(4)).await;
        film.show(stage.screen(), 2000);
    }
}
