//! `stats` after `tune`: the invocations of a run are not the function's own.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{Desk, Site};

/// The statistics of one function.
fn stats(site: &Site, desk: &Desk, flags: &[&str], [since, until]: &[String; 2]) -> Value {
    let mut line = vec![
        "stats", "no-op", "--json", "--since", since, "--until", until,
    ];
    line.extend(flags);
    let done = site.run(desk, &line);
    let told = done.json()[0].clone();
    let left_out = told["run_invocations"].as_u64().unwrap();
    let words =
        format!("{left_out} invocations of tuning runs in '/aws/lambda/no-op' are left out");
    done.ends(0, if left_out > 0 { &words } else { "" });
    told
}

fn number(told: &Value, name: &str) -> u64 {
    told[name].as_u64().unwrap()
}

#[test]
fn a_run_does_not_enter_the_statistics_of_its_function() {
    let (desk, site) = (Desk::new(), Site::fast());
    let line = [
        "tune", "no-op", "--num", "5", "--powers", "128,256", "--json",
    ];
    let tuned = site.run(&desk, &line);
    assert_eq!(tuned.code, Some(0), "{tuned:?}");
    let sizes = tuned.json()["sizes"].clone();
    let samples: u64 = sizes
        .as_array()
        .unwrap()
        .iter()
        .map(|it| number(it, "samples"))
        .sum();
    let now = Timestamp::now();
    let hour = [now - SignedDuration::from_hours(1), now].map(|time| time.to_string());
    for engine in ["scan", "insights"] {
        let own = stats(&site, &desk, &["--engine", engine], &hour);
        let all = stats(&site, &desk, &["--engine", engine, "--include-runs"], &hour);
        let of_run = number(&own, "run_invocations");
        assert!(
            of_run >= samples - 1 && of_run > 5,
            "{engine}: {of_run} of {samples}"
        );
        assert_eq!(number(&all, "run_invocations"), 0);
        let more = number(&all, "invocations") - number(&own, "invocations");
        // The last of the function's own traffic may have become visible between the two looks.
        assert!(
            (of_run..of_run + 3).contains(&more),
            "{engine}: {more} and {of_run}"
        );
    }
    // Who does not know the run cannot tell.
    let others = stats(&site, &Desk::new(), &[], &hour);
    assert_eq!(number(&others, "run_invocations"), 0);
}
