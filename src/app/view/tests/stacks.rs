//! The stacks pane.

use super::pictures::pictures;
use super::{draw, lines};
use crate::app::fixture::*;
use crate::effect::{CodeReport, JobReport, Msg, Problem};
use crate::iac::{Survey, Whereabouts, WorkBranch};
use crate::toml_file::FileError;

#[test]
fn the_stacks_here() {
    let mut app = stacks(context());
    press(&mut app, "j j space k");
    pictures("stacks", &mut app, true);
    press(&mut app, "j enter");
    pictures("stacks-resources", &mut app, true);
    press(&mut app, "esc c j j");
    pictures("stacks-commands", &mut app, true);
    press(&mut app, "j j !");
    pictures("stacks-read-question", &mut app, false);
}

#[test]
fn outputs_side_by_side() {
    let mut app = stacks(context());
    press(&mut app, "o j");
    pictures("stacks-outputs", &mut app, true);
    press(&mut app, "d l l");
    pictures("stacks-outputs-differences", &mut app, false);
}

#[test]
fn branch_and_environments_stand_in_the_status_line_where_there_is_room() {
    let mut app = crate::app::App::new(context());
    let effects = app.update(Msg::Resized(80, 24));
    let (id, _) = jobs(&effects)[0];
    let around = |branch: &str| Whereabouts {
        branch: Some(WorkBranch::Named(branch.to_owned())),
        environments: vec![("tf", "prod".to_owned())],
    };
    let told = JobReport::Code(CodeReport::Around(around("main")));
    app.update(Msg::Task(id, told));
    let status = |app: &mut crate::app::App, columns| lines(&draw(app, columns, 24)).remove(22);
    let wide = status(&mut app, 120);
    assert!(wide.contains("main · tf prod"), "{wide}");
    let narrow = status(&mut app, 40);
    assert!(!narrow.contains("tf prod"), "{narrow}");
    // Nothing is read again before a minute is over, and then only because something happens.
    assert!(jobs(&press(&mut app, "j")).is_empty());
    app.update(Msg::Tick(at("2026-11-21T10:17:00Z")));
    let again = app.update(Msg::Resized(120, 24));
    assert!(again.is_empty(), "it is being read already: {again:?}");
}

#[test]
fn no_stacks() {
    let mut app = ready(context());
    let effects = press(&mut app, "4");
    pictures("stacks-looking", &mut app, false);
    let mut empty = Survey::default();
    empty.root.push("/home/a");
    answer_survey(&mut app, &effects, empty);
    pictures("stacks-none", &mut app, false);
}

/// The samples, with a state of Terraform that is no JSON.
fn with_a_broken_state() -> Survey {
    let mut broken = survey();
    let stack = &mut broken.projects[2].stacks[0];
    (stack.is_known, stack.written) = (false, None);
    stack.resources.clear();
    stack.outputs.clear();
    let file = stack.source.clone().unwrap();
    let error = FileError::at(&file, 7, "this is not JSON: expected `:`");
    broken.problems.push(error);
    broken
}

#[test]
fn stacks_that_cannot_be_read() {
    let mut app = ready(context());
    let effects = press(&mut app, "4");
    let why = "the directory '.' cannot be read: Permission denied (os error 13); give another one";
    app.update(Msg::Task(
        jobs(&effects)[0].0,
        JobReport::Failed(Problem::other(why)),
    ));
    pictures("stacks-failed", &mut app, false);
    let effects = press(&mut app, "esc r");
    answer_survey(&mut app, &effects, with_a_broken_state());
    press(&mut app, "j j");
    pictures("stacks-broken-state", &mut app, false);
    press(&mut app, "enter");
    pictures("stacks-broken-resources", &mut app, false);
    press(&mut app, "esc k k");
    let effects = press(&mut app, "r");
    let mut broken = survey();
    let file = "terraform/terraform.tfstate.d/dev/terraform.tfstate";
    broken
        .problems
        .push(FileError::at(file, 7, "this is not JSON: expected `:`"));
    broken.stops.push(
        "The search ended in node after 100000 entries; 3 directories were not looked into."
            .to_owned(),
    );
    answer_survey(&mut app, &effects, broken);
    let effects = press(&mut app, "r");
    app.update(Msg::Task(
        jobs(&effects)[0].0,
        JobReport::Failed(Problem::other(why)),
    ));
    pictures("stacks-partly-read", &mut app, true);
}
