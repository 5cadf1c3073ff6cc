//! What is asked before groups are followed: many live sessions, and queries that cost money.

use super::*;
use crate::app::Overlay;
use crate::effect::{Backend, Effect, Job, JobReport, Problem, ProblemKind};
use crate::logs::{LogClass, TailTarget};

/// The groups of the tail that starts.
fn followed(effects: &[Effect]) -> Vec<String> {
    let jobs = jobs(effects);
    let groups = jobs.iter().find_map(|(_, job)| match job {
        Job::Follow(wanted) => Some(wanted.groups.clone()),
        _ => None,
    });
    groups.unwrap_or_default()
}

#[test]
fn more_than_two_sessions_are_asked_about_with_what_they_take() {
    let mut app = ready(context());
    group_picker(&mut app);
    let names = |count: usize| {
        let names = (0..count).map(|n| format!("/many/{n}"));
        names.collect::<Vec<String>>()
    };
    let follow = |app: &mut App, count| {
        let wanted = TailTarget {
            groups: names(count),
            ..TailTarget::default()
        };
        app.with_outbox(|panes, out| panes.logs.follow(wanted, out))
    };
    assert!(follow(&mut app, 21).is_empty());
    let Some(Overlay::Confirm(asked)) = &app.overlay else {
        panic!("nothing is asked");
    };
    assert_eq!(asked.question, "Follow 21 groups?");
    assert!(asked.details[0].contains("3 live sessions of the 15"));
    assert!(asked.details[1].contains("bills nothing"));
    assert!(press(&mut app, "n").is_empty());
    follow(&mut app, 21);
    assert_eq!(followed(&press(&mut app, "y")), names(21));
    assert_eq!(followed(&follow(&mut app, 20)), names(20));
    app.context.source = Backend::Aws;
    follow(&mut app, 31);
    let Some(Overlay::Confirm(asked)) = &app.overlay else {
        panic!("nothing is asked");
    };
    assert!(asked.details[1].contains("2.40 USD an hour"));
}

/// The picker, whose first group is read by queries alone.
fn picker_with_archive() -> App {
    let mut app = ready(context());
    let effects = press(&mut app, "2");
    let (id, _) = *jobs(&effects).last().unwrap();
    let mut groups = groups();
    groups[0].class = LogClass::InfrequentAccess;
    app.update(Msg::Task(id, JobReport::Groups(groups)));
    app.update(Msg::Task(id, JobReport::Done));
    app
}

/// What is asked, and what it says.
fn asked(app: &App) -> Option<String> {
    let Some(Overlay::Confirm(asked)) = &app.overlay else {
        return None;
    };
    Some(format!("{} {}", asked.question, asked.details.join(" ")))
}

/// How many bytes the queries of the tail that starts may read.
fn agreed(effects: &[Effect]) -> Option<u64> {
    let jobs = jobs(effects);
    let mut limits = jobs.iter().filter_map(|(_, job)| match job {
        Job::Follow(wanted) => Some(wanted.max_scan),
        _ => None,
    });
    limits.next_back().flatten()
}

#[test]
fn a_group_that_queries_read_is_followed_once_its_price_was_agreed_to() {
    let mut app = picker_with_archive();
    app.context.source = Backend::Aws;
    assert!(jobs(&press(&mut app, "enter")).is_empty());
    let words = asked(&app).unwrap();
    assert!(words.contains("one query a minute"), "{words}");
    assert!(words.contains("0.005 USD a GB"), "{words}");
    assert!(
        words.contains("more than 100 GB would be read: 0.50 USD"),
        "{words}"
    );
    assert!(press(&mut app, "n").is_empty() && app.panes.logs.tail().is_none());
    press(&mut app, "enter");
    assert_eq!(agreed(&press(&mut app, "y")), Some(100_000_000_000));
    // What is followed already is not asked about again.
    press(&mut app, "a");
    assert!(jobs(&press(&mut app, "enter")).is_empty());
    assert_eq!(asked(&app), None);
}

#[test]
fn a_group_that_turns_out_to_be_read_by_queries_alone_is_asked_about_then() {
    let mut app = ready(context());
    let follow = |app: &mut App| {
        app.with_outbox(|panes, out| {
            let groups = vec!["/far/archive".to_owned()];
            panes.logs.follow_groups(groups, out);
        })
    };
    let effects = follow(&mut app);
    assert_eq!(agreed(&effects), None);
    let refused = Problem {
        kind: ProblemKind::LogClass,
        ..Problem::other("It is refused.")
    };
    let task = jobs(&effects)[0].0;
    app.update(Msg::Task(task, JobReport::Failed(refused.clone())));
    assert!(asked(&app).unwrap().contains("Follow '/far/archive'?"));
    let effects = press(&mut app, "y");
    assert!(agreed(&effects).is_some());
    // Refused all the same: it is not asked again and again.
    let task = jobs(&effects)[0].0;
    app.update(Msg::Task(task, JobReport::Failed(refused)));
    assert_eq!(asked(&app), None);
}
