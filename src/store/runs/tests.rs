//! Runs come back as they were saved, or are refused, or are passed over with a sentence.

use proptest::prelude::*;
use rusqlite::Row;

use super::rows;
use crate::power::{Run, RunId, RunOrigin, Sample, SampleKind, SampledCall};
use crate::store::database::Database;
use crate::store::error::StoreError;
use crate::store::example::{every_run, full_sample, imported, memory, plain, sample};
use crate::store::opening;

fn database() -> Database {
    opening::in_memory().unwrap()
}

fn all(database: &mut Database) -> Vec<Run> {
    let (runs, unreadable) = rows::all(database).unwrap();
    assert_eq!(unreadable, Vec::<String>::new());
    runs
}

#[test]
fn every_kind_of_run_comes_back_equal() {
    let mut database = database();
    for run in every_run() {
        rows::save(&mut database, run.clone()).unwrap();
        assert_eq!(rows::with_id(&mut database, &run.id).unwrap(), Some(run));
    }
    let mut expected = every_run();
    expected.reverse();
    assert_eq!(all(&mut database), expected);
}

#[test]
fn runs_come_newest_first() {
    let mut database = database();
    let times = [
        "2026-11-21T10:15:30Z",
        "2026-11-21T10:15:30.5Z",
        "2025-01-01T00:00:00Z",
    ];
    for (id, time) in ["a", "b", "c"].into_iter().zip(times) {
        let started = time.parse().unwrap();
        rows::save(
            &mut database,
            Run {
                started,
                ..imported(id)
            },
        )
        .unwrap();
    }
    let ids: Vec<String> = all(&mut database).into_iter().map(|run| run.id.0).collect();
    assert_eq!(ids, ["b", "a", "c"]);
}

#[test]
fn saving_again_replaces_the_run_and_its_samples() {
    let mut database = database();
    let id = RunId("r1".to_owned());
    rows::save(&mut database, plain("r1")).unwrap();
    rows::append(&mut database, &id, memory(128), &full_sample().into()).unwrap();
    rows::save(&mut database, plain("r1")).unwrap();
    assert_eq!(all(&mut database), [plain("r1")]);
    rows::save(&mut database, imported("r1")).unwrap();
    assert_eq!(all(&mut database), [imported("r1")]);
}

#[test]
fn appended_samples_keep_their_order_and_their_size() {
    let mut database = database();
    let mut run = plain("r1");
    rows::save(&mut database, run.clone()).unwrap();
    for n in 0..5 {
        let sample = sample(SampleKind::Warm, f64::from(n));
        let size = usize::try_from(n % 2).unwrap();
        let RunOrigin::Measured(measured) = &mut run.origin else {
            unreachable!()
        };
        let of_size = &mut measured.sizes[size];
        rows::append(
            &mut database,
            &run.id,
            of_size.memory_mb,
            &sample.clone().into(),
        )
        .unwrap();
        of_size.samples.push(sample);
    }
    assert_eq!(all(&mut database), [run]);
}

#[test]
fn a_sample_of_a_size_the_run_does_not_list_is_kept() {
    let mut database = database();
    let run = plain("r1");
    rows::save(&mut database, run.clone()).unwrap();
    rows::append(&mut database, &run.id, memory(192), &full_sample().into()).unwrap();
    let RunOrigin::Measured(found) = all(&mut database).remove(0).origin else {
        panic!("measured")
    };
    let sizes: Vec<u32> = found
        .sizes
        .iter()
        .map(|size| size.memory_mb.megabytes())
        .collect();
    assert_eq!(sizes, [128, 192, 256, 512, 1024, 2048]);
    assert_eq!(found.sizes[1].samples, [full_sample()]);
}

#[test]
fn a_sample_without_its_run_is_refused() {
    let refused = rows::append(
        &mut database(),
        &RunId("gone".to_owned()),
        memory(128),
        &full_sample().into(),
    );
    assert!(matches!(refused, Err(StoreError::NoSuchRun(id)) if id == "gone"));
}

#[test]
fn a_run_that_would_not_come_back_is_not_written() {
    let mut database = database();
    let mut run = plain("r1");
    rows::save(&mut database, run.clone()).unwrap();
    let RunOrigin::Measured(measured) = &mut run.origin else {
        unreachable!()
    };
    measured.sizes[2].samples[0].duration_ms = f64::NAN;
    let refused = rows::save(&mut database, run).unwrap_err();
    assert!(matches!(refused, StoreError::Unstorable { .. }));
    assert!(refused.to_string().contains("a sample of run 'r1'"));
    assert_eq!(all(&mut database), [plain("r1")]);
}

#[test]
fn a_run_is_found_by_id_name_or_beginning() {
    let mut database = database();
    for id in ["r2026-a", "r2026-b", "r2027"] {
        rows::save(&mut database, plain(id)).unwrap();
    }
    let mut found = |text: &str| rows::find(&mut database, text).map(|run| run.id.0);
    assert_eq!(found("r2026-a").unwrap(), "r2026-a");
    assert_eq!(found("name of r2026-b").unwrap(), "r2026-b");
    assert_eq!(found("r2027").unwrap(), "r2027");
    assert_eq!(found("r2026-b").unwrap(), "r2026-b");
    for text in ["", "name", "R2027", "r2028", "%", "r____", "2026"] {
        assert!(
            matches!(found(text), Err(StoreError::NoSuchRun(_))),
            "{text}"
        );
    }
    let sentence = found("r2026").unwrap_err().to_string();
    assert!(sentence.contains("r2026-b (name of r2026-b), r2026-a (name of r2026-a);"));
}

#[test]
fn an_id_goes_before_a_name_and_a_name_before_a_beginning() {
    let mut database = database();
    for id in ["r1", "r12", "other"] {
        rows::save(&mut database, plain(id)).unwrap();
    }
    rows::rename(&mut database, &RunId("other".to_owned()), "r1").unwrap();
    assert_eq!(rows::find(&mut database, "r1").unwrap().id.0, "r1");
    rows::rename(&mut database, &RunId("other".to_owned()), "r").unwrap();
    assert_eq!(rows::find(&mut database, "r").unwrap().id.0, "other");
    rows::rename(&mut database, &RunId("r12".to_owned()), "r").unwrap();
    assert!(matches!(
        rows::find(&mut database, "r"),
        Err(StoreError::AmbiguousRun { .. })
    ));
}

#[test]
fn a_run_may_be_named_by_its_function_and_by_how_long_ago_it_was_made() {
    let mut database = database();
    let at = |day: u32| format!("2026-11-{day}T10:00:00Z").parse().unwrap();
    for (day, id, name) in [(10, "r1", "busy"), (11, "r2", "busy"), (12, "r3", "before")] {
        let name = name.to_owned();
        let run = Run {
            started: at(day),
            name,
            ..plain(id)
        };
        rows::save(&mut database, run).unwrap();
    }
    let other = Run {
        started: at(13),
        name: "latest".to_owned(),
        ..imported("i1")
    };
    let mut found = |text: &str| rows::find(&mut database, text).map(|run| run.id.0);
    // Two have the name of the function, a third is of it.
    assert_eq!(found("busy").unwrap(), "r3");
    for (text, id) in [
        ("latest", "r3"),
        ("-1", "r3"),
        ("-2", "r2"),
        ("-3", "r1"),
        ("before", "r3"),
    ] {
        assert_eq!(found(text).unwrap(), id, "{text}");
    }
    for text in ["-4", "-0", "sy", "function:busy"] {
        assert!(
            matches!(found(text), Err(StoreError::NoSuchRun(_))),
            "{text}"
        );
    }
    // A name goes before what it would mean otherwise, and one that two have needs more.
    rows::save(&mut database, other).unwrap();
    assert_eq!(rows::find(&mut database, "latest").unwrap().id.0, "i1");
    rows::rename(&mut database, &RunId("i1".to_owned()), "busy").unwrap();
    assert!(matches!(
        rows::find(&mut database, "busy"),
        Err(StoreError::AmbiguousRun { .. })
    ));
}

#[test]
fn a_long_list_of_candidates_is_cut() {
    let mut database = database();
    for n in 0..11 {
        rows::save(&mut database, imported(&format!("r{n:02}"))).unwrap();
    }
    let sentence = rows::find(&mut database, "r").unwrap_err().to_string();
    assert!(
        sentence.contains("r03 (name of r03), and 3 more;"),
        "{sentence}"
    );
}

#[test]
fn renaming_and_deleting_need_a_run_and_deleting_can_be_undone() {
    let mut database = database();
    let run = plain("r1");
    rows::save(&mut database, run.clone()).unwrap();
    rows::rename(&mut database, &run.id, "nicer").unwrap();
    let renamed = rows::with_id(&mut database, &run.id).unwrap().unwrap();
    assert_eq!(
        renamed,
        Run {
            name: "nicer".to_owned(),
            ..run.clone()
        }
    );
    rows::delete(&mut database, &run.id).unwrap();
    assert_eq!(all(&mut database), []);
    assert!(matches!(
        rows::delete(&mut database, &run.id),
        Err(StoreError::NoSuchRun(_))
    ));
    assert!(matches!(
        rows::rename(&mut database, &run.id, "x"),
        Err(StoreError::NoSuchRun(_))
    ));
    let samples: i64 = database
        .connection()
        .query_row("SELECT count(*) FROM samples", [], |row| row.get(0))
        .unwrap();
    assert_eq!(samples, 0);
    rows::save(&mut database, renamed.clone()).unwrap();
    assert_eq!(all(&mut database), [renamed]);
}

#[test]
fn what_a_newer_program_wrote_does_not_hide_the_other_runs() {
    let mut database = database();
    let bad_rows = [
        "UPDATE runs SET origin = '{\"teleported\":{}}' WHERE id = 'r1'",
        "UPDATE samples SET sample = replace(sample, 'cold', 'lukewarm') WHERE run = 'r2'",
        "UPDATE samples SET memory_mb = 64 WHERE run = 'r3'",
        "UPDATE runs SET started = 'yesterday' WHERE id = 'r4'",
    ];
    for id in ["r0", "r1", "r2", "r3", "r4"] {
        rows::save(&mut database, plain(id)).unwrap();
    }
    for sql in bad_rows {
        assert!(database.connection().execute(sql, []).unwrap() > 0);
    }
    let (runs, unreadable) = rows::all(&mut database).unwrap();
    assert_eq!(runs, [plain("r0")]);
    assert_eq!(unreadable.len(), 4);
    for (sentence, id) in unreadable.iter().zip(["r4", "r3", "r2", "r1"]) {
        assert!(
            sentence.starts_with(&format!("cannot read run '{id}': ")),
            "{sentence}"
        );
        let error = rows::with_id(&mut database, &RunId(id.to_owned())).unwrap_err();
        assert_eq!(&error.to_string(), sentence);
    }
}

#[test]
fn a_full_disk_is_told_and_nothing_is_half_written() {
    let mut database = database();
    rows::save(&mut database, plain("r1")).unwrap();
    cap_pages(&database, 1);
    let mut large = plain("r2");
    let RunOrigin::Measured(measured) = &mut large.origin else {
        unreachable!()
    };
    measured.sizes[1].samples = vec![full_sample(); 2_000];
    let refused = rows::save(&mut database, large.clone()).unwrap_err();
    assert!(matches!(refused, StoreError::Full { .. }), "{refused}");
    assert!(
        refused
            .to_string()
            .starts_with("cannot save the run: no space is left")
    );
    assert_eq!(all(&mut database), [plain("r1")]);
    cap_pages(&database, 1_000_000);
    rows::save(&mut database, large.clone()).unwrap();
    assert_eq!(all(&mut database), [large, plain("r1")]);
}

fn cap_pages(database: &Database, pages: i64) {
    let set = |row: &Row<'_>| row.get::<_, i64>(0);
    database
        .connection()
        .pragma_update_and_check(None, "max_page_count", pages, set)
        .unwrap();
}

prop_compose! {
    fn any_sample()(
        kind in prop_oneof![
            Just(SampleKind::Warm), Just(SampleKind::Cold), Just(SampleKind::Restored)
        ],
        duration_ms in finite(),
        billed_ms in finite(),
        init_ms in proptest::option::of(finite()),
        restore_ms in proptest::option::of(finite()),
        billed_restore_ms in proptest::option::of(finite()),
        max_memory_used_mb: Option<u32>,
        error in proptest::option::of(".*"),
        error_allowed: bool,
        client_timing: bool,
        request_id: Option<String>,
        payload: Option<u32>,
    ) -> Sample {
        Sample {
            kind, duration_ms, billed_ms, init_ms, restore_ms, billed_restore_ms,
            max_memory_used_mb, error, error_allowed, client_timing,
            call: SampledCall { request_id, at: None, payload },
        }
    }
}

fn finite() -> impl Strategy<Value = f64> {
    use proptest::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_samples_come_back_equal(
        saved in proptest::collection::vec(any_sample(), 0..8),
        appended in proptest::collection::vec(any_sample(), 0..8),
    ) {
        let mut database = database();
        let mut run = plain("r1");
        let RunOrigin::Measured(measured) = &mut run.origin else { unreachable!() };
        measured.sizes[1].samples = saved;
        rows::save(&mut database, run.clone()).unwrap();
        let RunOrigin::Measured(measured) = &mut run.origin else { unreachable!() };
        let size = &mut measured.sizes[1];
        for sample in appended {
            rows::append(&mut database, &run.id, size.memory_mb, &sample.clone().into()).unwrap();
            size.samples.push(sample);
        }
        prop_assert_eq!(rows::with_id(&mut database, &run.id).unwrap(), Some(run));
    }
}
