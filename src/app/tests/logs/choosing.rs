//! The group picker.

use super::*;
use crate::effect::{Job, JobReport, Problem};
use crate::logs::{GroupSet, LogGroup};
use crate::panes::logs::LogsScreen;

fn wanted(effects: &[crate::effect::Effect]) -> Vec<String> {
    jobs(effects)
        .iter()
        .find_map(|(_, job)| match job {
            Job::Follow(wanted) => Some(wanted.groups.clone()),
            _ => None,
        })
        .expect("a tail was started")
}

#[test]
fn the_groups_are_listed_once_when_the_pane_is_first_seen() {
    let mut app = ready(context());
    let effects = press(&mut app, "2");
    let asked: Vec<_> = jobs(&effects)
        .into_iter()
        .map(|(_, job)| job.clone())
        .collect();
    assert_eq!(asked, [Job::LoadSets, Job::ListGroups]);
    assert!(press(&mut app, "3 2").is_empty());
}

#[test]
fn enter_follows_the_group_under_the_cursor() {
    let mut app = ready(context());
    group_picker(&mut app);
    assert_eq!(wanted(&press(&mut app, "j j enter")), ["/ecs/alpha/beat"]);
    assert!(matches!(app.panes.logs.screen, LogsScreen::Tail));
}

#[test]
fn a_wildcard_and_all_shown_follow_many_groups_at_once() {
    let mut app = ready(context());
    group_picker(&mut app);
    press(&mut app, "/");
    write(&mut app, "/ecs/*/beat");
    let effects = press(&mut app, "enter a enter");
    assert_eq!(wanted(&effects), ["/ecs/alpha/beat", "/ecs/beta/beat"]);
}

#[test]
fn chosen_groups_stay_chosen_whatever_the_filter_shows() {
    let mut app = ready(context());
    group_picker(&mut app);
    press(&mut app, "space");
    press(&mut app, "/");
    write(&mut app, "gunicorn");
    let effects = press(&mut app, "enter space enter");
    assert_eq!(
        wanted(&effects),
        ["/aws/lambda/hash-bun", "/ecs/alpha/gunicorn"]
    );
}

#[test]
fn a_saved_set_stands_first_and_is_followed_as_one() {
    let mut app = ready(context());
    group_picker(&mut app);
    press(&mut app, "space space w");
    write(&mut app, "hashes");
    let effects = press(&mut app, "enter");
    let set = GroupSet {
        name: "hashes".to_owned(),
        groups: vec![
            "/aws/lambda/hash-bun".to_owned(),
            "/aws/lambda/hash-node".to_owned(),
        ],
    };
    let (id, job) = jobs(&effects)[0];
    assert_eq!(*job, Job::SaveSet(set.clone()));
    app.update(Msg::Task(id, JobReport::Done));
    press(&mut app, "esc esc g");
    assert_eq!(app.panes.logs.picker.chosen().len(), 0);
    assert_eq!(wanted(&press(&mut app, "enter")), set.groups);
}

#[test]
fn a_set_the_store_refused_to_delete_comes_back() {
    let mut app = ready(context());
    group_picker(&mut app);
    press(&mut app, "space w");
    write(&mut app, "one");
    press(&mut app, "enter");
    let effects = press(&mut app, "g d");
    assert!(app.panes.logs.picker.sets().is_empty());
    let (id, _) = jobs(&effects)[0];
    app.update(Msg::Task(
        id,
        JobReport::Failed(Problem::other("The disk is full.")),
    ));
    assert_eq!(app.panes.logs.picker.sets()[0].name, "one");
}

#[test]
fn the_same_groups_again_keep_their_tail() {
    let (mut app, _) = following(5);
    let effects = press(&mut app, "a enter");
    assert!(jobs(&effects).is_empty());
    assert_eq!(tail(&app).rows().count(), 5);
}

#[test]
fn enter_takes_the_row_under_the_cursor_unless_space_was_used_since_the_picker_opened() {
    let (mut app, _) = following(5);
    press(&mut app, "a");
    assert_eq!(app.front().offers()[0].1, "follow");
    assert_eq!(
        wanted(&press(&mut app, "g enter")),
        ["/aws/lambda/hash-bun"]
    );
    press(&mut app, "a j space");
    assert_eq!(app.front().offers()[0].1, "follow chosen");
    let both = ["/aws/lambda/hash-bun", "/aws/lambda/hash-node"];
    assert_eq!(wanted(&press(&mut app, "G enter")), both);
    // Leaving without following takes the choice back.
    press(&mut app, "a G space esc a G");
    assert_eq!(wanted(&press(&mut app, "enter")), ["/ecs/beta/beat"]);
}

#[test]
fn a_filter_begins_anew() {
    let mut app = ready(context());
    group_picker(&mut app);
    press(&mut app, "/");
    write(&mut app, "bun");
    press(&mut app, "enter /");
    assert_eq!(app.panes.logs.picker.count(), 5);
    write(&mut app, "node");
    assert_eq!(
        wanted(&press(&mut app, "enter enter")),
        ["/aws/lambda/hash-node"]
    );
}

#[test]
fn chosen_groups_that_are_filtered_away_are_counted() {
    let mut app = ready(context());
    group_picker(&mut app);
    press(&mut app, "space space /");
    write(&mut app, "node");
    press(&mut app, "enter");
    let picker = &app.panes.logs.picker;
    assert_eq!((picker.chosen().len(), picker.unseen()), (2, 1));
    press(&mut app, "esc");
    assert_eq!(app.panes.logs.picker.unseen(), 0);
}

#[test]
fn other_groups_end_the_tail_before() {
    let (mut app, task) = following(5);
    let effects = press(&mut app, "a g space enter");
    assert!(effects.contains(&crate::effect::Effect::Cancel(task)));
    assert_eq!(wanted(&effects), ["/aws/lambda/hash-bun", GROUP]);
    assert_eq!(tail(&app).rows().count(), 0);
}

#[test]
fn more_groups_than_can_be_followed_are_refused_in_words() {
    let mut app = ready(context());
    group_picker(&mut app);
    let many: Vec<String> = (0..51).map(|n| format!("/g/{n}")).collect();
    app.with_outbox(|panes, out| {
        panes.logs.follow(
            crate::logs::TailTarget {
                groups: many,
                ..Default::default()
            },
            out,
        );
    });
    assert!(
        app.notices
            .current()
            .unwrap()
            .text
            .starts_with("51 groups are chosen")
    );
    assert!(app.panes.logs.tail().is_none());
}

#[test]
fn an_offline_session_asks_for_nothing() {
    let mut context = context();
    context.offline = true;
    let mut app = App::new(context);
    app.start();
    let effects = press(&mut app, "2");
    assert!(
        !jobs(&effects)
            .iter()
            .any(|(_, job)| **job == Job::ListGroups)
    );
    assert!(app.notices.current().unwrap().text.contains("offline"));
}

#[test]
fn the_footer_says_that_the_chosen_groups_are_followed() {
    let mut app = ready(context());
    group_picker(&mut app);
    assert_eq!(app.front().offers()[0].1, "follow");
    press(&mut app, "space");
    assert_eq!(app.front().offers()[0].1, "follow chosen");
}

#[test]
fn enter_on_a_followed_group_goes_back_to_all_that_are_followed() {
    let mut app = ready(context());
    group_picker(&mut app);
    press(&mut app, "space space enter");
    let followed = |app: &App| app.panes.logs.tail().unwrap().job().target().groups.clone();
    let groups = followed(&app);
    assert_eq!(groups.len(), 2);
    press(&mut app, "esc");
    assert!(matches!(app.panes.logs.screen, LogsScreen::Groups));
    press(&mut app, "home enter");
    assert!(matches!(app.panes.logs.screen, LogsScreen::Tail));
    assert_eq!(followed(&app), groups);
}

#[test]
fn what_would_do_nothing_in_an_empty_list_is_not_offered() {
    let mut app = ready(context());
    press(&mut app, "2");
    let words: Vec<&str> = app.front().offers().iter().map(|offer| offer.1).collect();
    assert_eq!(words, ["filter", "list again"]);
    assert!(press(&mut app, "enter space a w esc").is_empty());
    assert!(app.notices.is_empty() && app.prompt.is_none());
}

#[test]
fn a_choice_is_cleared_with_one_key_also_where_the_filter_hides_it() {
    let mut app = ready(context());
    group_picker(&mut app);
    press(&mut app, "space space /");
    write(&mut app, "gunicorn");
    press(&mut app, "enter c");
    assert!(app.panes.logs.picker.chosen().is_empty());
    assert_eq!(wanted(&press(&mut app, "enter")), ["/ecs/alpha/gunicorn"]);
}

#[test]
fn a_wildcard_of_which_all_are_chosen_means_groups_made_later_too() {
    let watched = |keys: &str, filter: &str| {
        let mut app = ready(context());
        group_picker(&mut app);
        press(&mut app, "/");
        write(&mut app, filter);
        let effects = press(&mut app, keys);
        let jobs = jobs(&effects).into_iter();
        let mut targets = jobs.filter_map(|(_, job)| match job {
            Job::Follow(wanted) => Some(wanted.watched.clone()),
            _ => None,
        });
        targets.next().expect("a tail was started")
    };
    assert_eq!(watched("enter a enter", "/ecs/*/beat"), ["/ecs/*/beat"]);
    let both = ["/aws/lambda/hash-*", "hash-*"];
    assert_eq!(watched("enter a enter", "hash-*"), both);
    assert!(watched("enter a a enter", "/ecs/*/beat").is_empty());
    assert!(watched("enter a c enter", "/ecs/*/beat").is_empty());
    // One of them was taken out: the wildcard must not bring it back.
    assert!(watched("enter a space enter", "/ecs/*/beat").is_empty());
    assert!(watched("enter a enter", "beat").is_empty());
}

#[test]
fn edge_groups_that_are_found_are_chosen_beside_the_others_and_stay_listed() {
    let mut app = ready(context());
    group_picker(&mut app);
    let effects = press(&mut app, "e");
    let (id, job) = jobs(&effects)[0];
    assert_eq!(*job, Job::FindEdgeGroups("hash-bun".to_owned()));
    let name = "/aws/lambda/us-east-1.hash-bun";
    let arn = format!("arn:aws:logs:eu-west-1:123456789012:log-group:{name}");
    let found = LogGroup {
        arn: Some(arn.clone()),
        created_ms: None,
        is_own: false,
        ..group(name)
    };
    app.update(Msg::Task(
        id,
        JobReport::EdgeGroups(vec![found], Vec::new()),
    ));
    let told = &app.notices.current().unwrap().text;
    assert!(told.contains("is in eu-west-1"), "{told}");
    let again = press(&mut app, "r");
    let list = jobs(&again)[0].0;
    app.update(Msg::Task(list, JobReport::Groups(groups())));
    app.update(Msg::Task(list, JobReport::Done));
    assert_eq!(app.panes.logs.picker.groups().len(), 6);
    assert_eq!(wanted(&press(&mut app, "enter")), [arn]);
}

#[test]
fn a_list_that_is_old_is_read_again_when_the_groups_are_shown() {
    let mut app = ready(context());
    group_picker(&mut app);
    press(&mut app, "enter");
    assert!(press(&mut app, "a").is_empty());
    press(&mut app, "enter");
    app.update(Msg::Tick(at("2030-01-01T00:00:00Z")));
    let asked = press(&mut app, "a");
    assert!(jobs(&asked).iter().any(|(_, job)| **job == Job::ListGroups));
}
