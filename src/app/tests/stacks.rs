//! The stacks pane: what is listed, where the ways lead, what is copied, and what is only run after a yes.

use crate::app::fixture::*;
use crate::app::{App, Overlay, PaneId};
use crate::effect::{
    AppContext, Backend, CodeJob, CodeReport, Effect, Job, JobReport, Msg, Problem, Severity,
};
use crate::iac::{OutputGridRow, OutputValue, StackAnswer, StackOutput, Survey};
use crate::panes::stacks::StacksScreen;
use crate::panes::stacks::screens::READ;
use crate::panes::{Availability, Pane};
use crate::task::TaskId;

fn titles(app: &App) -> Vec<String> {
    let rows = app.panes.stacks.known.rows();
    rows.map(|row| row.title()).collect()
}

fn copied(effects: &[Effect]) -> &str {
    let mut copies = effects.iter().filter_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str()),
        _ => None,
    });
    copies.next().unwrap()
}

/// The session of a user: nothing is run of the demo's files.
fn of_a_user() -> AppContext {
    AppContext {
        source: Backend::Aws,
        ..context()
    }
}

/// Presses keys, then says yes; returns the command that is run.
fn agreed(app: &mut App, keys: &str) -> (TaskId, String) {
    press(app, keys);
    let effects = press(app, "y");
    let (id, job) = jobs(&effects)[0];
    match job {
        Job::Code(CodeJob::Read(read)) => (id, read.argv.join(" ")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_stacks_of_this_directory_are_looked_for_once_and_again_when_asked() {
    let mut app = ready(context());
    let effects = press(&mut app, "4");
    assert!(matches!(
        jobs(&effects)[..],
        [(_, Job::Code(CodeJob::Survey))]
    ));
    answer_survey(&mut app, &effects, survey());
    assert_eq!(
        titles(&app),
        [
            "CDK shop-cdk-dev in cdk",
            "Pulumi dev in pulumi",
            "Terraform dev in terraform"
        ]
    );
    assert_eq!(jobs(&press(&mut app, "3 4")), []);
    let again = press(&mut app, "r");
    let why = Problem::other("the directory '.' cannot be read: gone; give another one");
    app.update(Msg::Task(jobs(&again)[0].0, JobReport::Failed(why)));
    assert_eq!(titles(&app).len(), 3, "what was known stays");
}

#[test]
fn a_resource_leads_to_a_run_and_to_its_logs() {
    let mut app = stacks(context());
    press(&mut app, "j j enter");
    assert_eq!(app.panes.stacks.screen, StacksScreen::Resources);
    let effects = press(&mut app, "enter");
    assert_eq!(app.pane, PaneId::Tuning);
    let described = |job: &Job| matches!(job, Job::DescribeFunction(function) if function.name() == "dynamodb-reads");
    assert!(
        jobs(&effects).into_iter().any(|(_, job)| described(job)),
        "{effects:?}"
    );
    press(&mut app, "4");
    let effects = press(&mut app, "L");
    assert_eq!(app.pane, PaneId::Logs);
    let followed = jobs(&effects).into_iter().find_map(|(_, job)| match job {
        Job::Follow(target) => Some(target.groups.clone()),
        _ => None,
    });
    assert_eq!(followed.unwrap().len(), 1);
}

#[test]
fn all_groups_of_a_stack_are_followed_at_once() {
    let mut app = stacks(context());
    let effects = press(&mut app, "j j A");
    let followed = jobs(&effects).into_iter().find_map(|(_, job)| match job {
        Job::Follow(target) => Some(target.groups.clone()),
        _ => None,
    });
    let groups = followed.unwrap();
    assert!(groups.len() > 1, "{groups:?}");
    let once: std::collections::BTreeSet<_> = groups.iter().collect();
    assert_eq!(once.len(), groups.len());
}

#[test]
fn outputs_stand_side_by_side_and_one_is_copied() {
    let mut app = stacks(context());
    press(&mut app, "o");
    let view = &app.panes.stacks.outputs;
    assert_eq!(view.columns().len(), 3);
    let all = view.rows().count();
    assert!(view.rows().any(OutputGridRow::is_incomplete));
    press(&mut app, "d");
    let (whole, different) = app.panes.stacks.outputs.counts();
    assert_eq!(
        (whole, app.panes.stacks.outputs.rows().count()),
        (all, different)
    );
    press(&mut app, "d");
    let value = match &app.panes.stacks.outputs.cell().unwrap().value {
        OutputValue::Shown(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(copied(&press(&mut app, "y")), value);
    // The password is sensitive in Terraform.
    press(&mut app, "l l");
    while app.panes.stacks.outputs.selected().unwrap().name() != "dbPassword" {
        press(&mut app, "j");
    }
    let effects = press(&mut app, "y");
    assert!(effects.is_empty(), "{effects:?}");
    assert!(app.notices.current().unwrap().text.contains("is sensitive"));
}

#[test]
fn marked_stacks_are_the_ones_compared() {
    let mut app = stacks(context());
    press(&mut app, "space space o");
    assert_eq!(app.panes.stacks.outputs.columns().len(), 2);
    press(&mut app, "esc a o");
    assert_eq!(app.panes.stacks.outputs.columns().len(), 3);
    press(&mut app, "esc esc");
    assert!(!app.panes.stacks.list.has_marks());
}

#[test]
fn commands_are_copied_as_a_shell_takes_them() {
    let mut app = stacks(context());
    let effects = press(&mut app, "j j c j j y");
    assert_eq!(
        copied(&effects),
        "terraform -chdir=terraform plan -out=dev.tfplan -var-file=envs/dev.tfvars"
    );
    press(&mut app, "!");
    assert_eq!(app.overlay, None, "a plan is never run");
}

#[test]
fn a_read_is_shown_and_run_only_after_a_yes() {
    let mut app = stacks(of_a_user());
    press(&mut app, "j j !");
    let Some(Overlay::Confirm(question)) = &app.overlay else {
        panic!("{:?}", app.overlay);
    };
    assert_eq!(
        question.details[0],
        "TF_WORKSPACE=dev terraform -chdir=terraform output -json"
    );
    assert!(press(&mut app, "n").is_empty());
    let (id, argv) = agreed(&mut app, "!");
    assert_eq!(argv, "terraform -chdir=terraform output -json");
    let outputs = vec![StackOutput {
        name: "vpc_id".to_owned(),
        value: OutputValue::Shown("vpc-9".to_owned()),
    }];
    let answer = StackAnswer {
        outputs,
        resources: None,
    };
    app.update(Msg::Task(
        id,
        JobReport::Code(CodeReport::Answered(Box::new(answer))),
    ));
    let stack = app.panes.stacks.selected().unwrap().stack.unwrap();
    assert_eq!(
        (stack.outputs.len(), stack.resources.is_empty()),
        (1, false)
    );
    // What is known of its resources is as old as before.
    let note = stack.notes.last().unwrap();
    let told = "Its outputs are those that `TF_WORKSPACE=dev terraform -chdir=terraform output -json` told; its resources are as ";
    assert!(note.starts_with(told), "{note}");
    // It stays when the files are read again, as long as they are older.
    let effects = press(&mut app, "r");
    answer_survey(&mut app, &effects, survey());
    let stack = app.panes.stacks.selected().unwrap().stack.unwrap();
    assert_eq!(stack.outputs.len(), 1);
}

#[test]
fn the_export_of_pulumi_is_read_where_resources_are_shown() {
    let mut app = stacks(of_a_user());
    press(&mut app, "j enter");
    let (_, argv) = agreed(&mut app, "!");
    assert_eq!(
        argv,
        "pulumi -C pulumi --stack organization/shop/dev stack export"
    );
}

#[test]
fn what_keeps_no_state_is_told_and_not_offered() {
    let mut app = stacks(of_a_user());
    let offers = |app: &App| {
        let all = app.panes.stacks.available();
        let read = all.into_iter().find(|(action, _)| *action == READ);
        read.is_some_and(|(_, available)| matches!(available, Availability::Offered(..)))
    };
    assert!(!offers(&app));
    press(&mut app, "!");
    assert_eq!(app.overlay, None);
    assert_eq!(
        app.notices.current().unwrap().text,
        "CDK keeps no state that could be read: CloudFormation has the values; `(cd cdk && aws cloudformation describe-stacks --stack-name shop-cdk-dev --query 'Stacks[0].Outputs')` shows them."
    );
    press(&mut app, "j");
    assert!(offers(&app));
}

#[test]
fn a_read_that_fails_is_told_and_none_is_run_offline() {
    let mut app = stacks(of_a_user());
    let (id, _) = agreed(&mut app, "j j !");
    assert!(jobs(&press(&mut app, "! y")).is_empty(), "it runs already");
    let why = "`terraform output -json` failed (exit status: 1): Error: no state";
    app.update(Msg::Task(id, JobReport::Failed(Problem::other(why))));
    let notice = app.notices.current().unwrap();
    assert_eq!(
        (notice.severity, notice.text.as_str()),
        (Severity::Error, why)
    );
    let mut app = stacks(AppContext {
        offline: true,
        ..of_a_user()
    });
    press(&mut app, "j j !");
    assert_eq!(app.overlay, None);
    assert!(app.notices.current().unwrap().text.contains("offline"));
}

#[test]
fn the_note_on_the_words_opens_among_the_articles() {
    let mut app = stacks(context());
    let effects = press(&mut app, "N");
    assert_eq!(app.pane, PaneId::Articles);
    let opens = |job: &Job| {
        matches!(
            job,
            Job::Reader(crate::effect::ReaderJob::OpenNote("rosetta"))
        )
    };
    assert!(jobs(&effects).into_iter().any(|(_, job)| opens(job)));
}

#[test]
fn the_pane_wakes_nobody_but_in_front_with_ages_to_tell() {
    let mut app = ready(context());
    let effects = press(&mut app, "4");
    answer_survey(&mut app, &effects, Survey::default());
    assert_eq!(app.panes.stacks.beat(&app.context, true), None);
    let app = stacks(context());
    assert_eq!(app.panes.stacks.beat(&app.context, false), None);
    assert!(app.panes.stacks.beat(&app.context, true).unwrap().as_secs() >= 600);
}
