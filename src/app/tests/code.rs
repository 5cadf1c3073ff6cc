//! The sheet of a run as code: its sizes, forms and places, what is copied and written, what comes too late.

use std::sync::Arc;

use crate::app::App;
use crate::app::fixture::*;
use crate::effect::{CodeJob, CodeReport, Effect, Job, JobReport, Msg, Problem, Severity};
use crate::iac::{CodeForm, SourceStamp};
use crate::panes::tuning::{CodePick, CodeSheet, TuningScreen};

fn with_runs() -> App {
    ready_with(context(), &runs(), &[])
}

fn sheet(app: &App) -> &CodeSheet {
    match &app.panes.tuning.screen {
        TuningScreen::Code(sheet) => sheet,
        other => panic!("{other:?}"),
    }
}

fn text(app: &App) -> String {
    let (_, lines) = sheet(app).lines();
    let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    lines.join(" ")
}

fn copied(effects: &[Effect]) -> &str {
    let mut copies = effects.iter().filter_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str()),
        _ => None,
    });
    copies.next().unwrap()
}

#[test]
fn a_run_is_asked_for_in_the_background_and_shown_as_what_the_directory_uses() {
    let mut app = with_runs();
    let effects = press(&mut app, "I");
    let (_, target) = asked_code(&effects);
    let recommended = app.panes.tuning.runs.shown().unwrap().answer.recommended;
    assert_eq!(
        (target.name.as_str(), Some(target.to)),
        ("dynamodb-reads", recommended)
    );
    assert!(text(&app).contains("Reading the code of this directory"));
    answer_code(&mut app, &effects);
    assert_eq!(sheet(&app).form(), CodeForm::CdkTypescript);
    let text = text(&app);
    assert!(text.contains("cdk/lib/shop-stack.ts:16"), "{text}");
    assert!(text.contains("+      memorySize: "), "{text}");
}

#[test]
fn forms_and_places_are_walked_through() {
    let mut app = with_runs();
    code_sheet(&mut app);
    let forms = sheet(&app).forms();
    assert_eq!(
        forms[..3],
        [
            CodeForm::CdkTypescript,
            CodeForm::PulumiTypescript,
            CodeForm::Terraform
        ]
    );
    assert_eq!(forms.len(), CodeForm::ALL.len());
    press(&mut app, "l l");
    assert_eq!(sheet(&app).form(), CodeForm::Terraform);
    assert!(copied(&press(&mut app, "y")).contains("+++ b/terraform/envs/dev.tfvars"));
    press(&mut app, "j");
    assert!(copied(&press(&mut app, "y")).contains("+++ b/terraform/variables.tf"));
    press(&mut app, "k");
    assert!(copied(&press(&mut app, "y")).contains("dev.tfvars"));
    assert!(copied(&press(&mut app, "Y")).starts_with("resource \"aws_lambda_function\""));
    for _ in 0..20 {
        press(&mut app, "l");
    }
    assert_eq!(sheet(&app).form(), *forms.last().unwrap());
    assert!(text(&app).contains("AWS CLI in general:"));
    press(&mut app, "esc");
    assert!(matches!(app.panes.tuning.screen, TuningScreen::Runs));
}

#[test]
fn another_size_is_read_once_and_what_comes_too_late_is_dropped() {
    let mut app = with_runs();
    press(&mut app, "h h h h h");
    code_sheet(&mut app);
    let effects = press(&mut app, "f");
    let (id, target) = asked_code(&effects);
    assert_eq!(Some(target.to), sheet(&app).size(CodePick::Fastest));
    let late = press(&mut app, "u");
    assert!(late.contains(&Effect::Cancel(id)), "{late:?}");
    let nothing = CodeReport::Found(Arc::default(), Arc::default(), Vec::new());
    app.update(Msg::Task(id, JobReport::Code(nothing)));
    assert!(!text(&app).contains("There is no project"));
    let has_known = jobs(&late)
        .into_iter()
        .any(|(_, job)| matches!(job, Job::Code(CodeJob::Find(Some(_), _))));
    assert!(has_known, "the projects are not surveyed again");
    answer_code(&mut app, &late);
    assert_eq!(jobs(&press(&mut app, "R")), []);
}

#[test]
fn a_change_is_written_to_a_new_file_also_where_the_account_is_only_read() {
    let mut app = ready_with(
        crate::effect::AppContext {
            read_only: true,
            ..context()
        },
        &runs(),
        &[],
    );
    code_sheet(&mut app);
    press(&mut app, "w");
    assert!(
        app.prompt
            .as_ref()
            .unwrap()
            .text()
            .starts_with("dynamodb-reads-")
    );
    let effects = press(&mut app, "enter");
    let [(id, Job::Code(CodeJob::WritePatch { diff, path, .. }))] = jobs(&effects)[..] else {
        panic!("{effects:?}");
    };
    assert!(diff.contains("+++ b/cdk/lib/shop-stack.ts"));
    assert!(path.starts_with("dynamodb-reads-"), "{path}");
    press(&mut app, "esc");
    app.update(Msg::Task(
        id,
        JobReport::Exported("/home/a/x.patch".to_owned()),
    ));
    let notice = app.notices.current().unwrap();
    assert_eq!(
        (notice.severity, notice.text.as_str()),
        (
            Severity::Success,
            "Wrote the change of cdk/lib/shop-stack.ts:16 to /home/a/x.patch; 'git apply' takes it in '/home/a/shop'. That cdk/lib/shop-stack.ts:16 is the place is certain."
        )
    );
}

#[test]
fn a_change_of_a_file_that_was_changed_meanwhile_is_not_written_but_looked_for_anew() {
    let mut app = with_runs();
    code_sheet(&mut app);
    let effects = press(&mut app, "w enter");
    let [(id, Job::Code(CodeJob::WritePatch { stamp, .. }))] = jobs(&effects)[..] else {
        panic!("{effects:?}");
    };
    assert_ne!(*stamp, SourceStamp::default());
    let stale = CodeReport::Stale("cdk/lib/shop-stack.ts was changed after it was read".to_owned());
    let again = app.update(Msg::Task(id, JobReport::Code(stale)));
    let notice = app.notices.current().unwrap();
    assert_eq!(
        (notice.severity, notice.text.as_str()),
        (
            Severity::Warning,
            "cdk/lib/shop-stack.ts was changed after it was read: no patch was written. The code is read again; look at the change, then write it."
        )
    );
    let is_whole = jobs(&again)
        .into_iter()
        .any(|(_, job)| matches!(job, Job::Code(CodeJob::Find(None, _))));
    assert!(is_whole, "all files are read again: {again:?}");
    assert!(text(&app).contains("Reading the code of this directory"));
}

#[test]
fn the_name_that_is_proposed_for_a_patch_is_free() {
    let mut app = with_runs();
    let effects = press(&mut app, "I");
    let (_, target) = asked_code(&effects);
    let stem = format!("dynamodb-reads-{}", target.to);
    answer_code_beside(&mut app, &effects, vec![format!("{stem}.patch")]);
    press(&mut app, "w");
    let proposed = |app: &App| app.prompt.as_ref().unwrap().text();
    assert_eq!(proposed(&app), format!("{stem}-2.patch"));
    let effects = press(&mut app, "enter");
    let (id, _) = jobs(&effects)[0];
    app.update(Msg::Task(
        id,
        JobReport::Exported(format!("/home/a/{stem}-2.patch")),
    ));
    press(&mut app, "w");
    assert_eq!(proposed(&app), format!("{stem}-3.patch"));
}

#[test]
fn a_file_that_is_there_is_not_written_over() {
    let mut app = with_runs();
    code_sheet(&mut app);
    let effects = press(&mut app, "w enter");
    let (id, _) = jobs(&effects)[0];
    let why = "'x.patch' is there already; give another name";
    app.update(Msg::Task(id, JobReport::Failed(Problem::other(why))));
    assert_eq!(app.notices.current().unwrap().text, why);
}

#[test]
fn what_cannot_be_read_says_how_to_try_again() {
    let mut app = with_runs();
    let effects = press(&mut app, "I");
    let (id, _) = asked_code(&effects);
    let why = "the directory '.' cannot be read: gone; give another one";
    app.update(Msg::Task(id, JobReport::Failed(Problem::other(why))));
    assert!(text(&app).contains("give another one. Press r to try again."));
    assert!(text(&app).contains("in general:"));
    assert_eq!(jobs(&press(&mut app, "r")).len(), 1);
}
