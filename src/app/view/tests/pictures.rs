//! Snapshots of every screen and state.

use super::{SIZES, draw, lines};
use crate::app::App;
use crate::app::fixture::*;
use crate::effect::{Backend, JobReport, Msg, Problem, Severity};
use crate::power::{RunEvent, SizeState};

/// Takes a picture at 80x24 and 40x12, and at 120x40 for the main screens.
pub(super) fn pictures(name: &str, app: &mut App, wide: bool) {
    let sizes = if wide { &SIZES[..] } else { &SIZES[..2] };
    for &(columns, rows) in sizes {
        let picture = lines(&draw(app, columns, rows)).join("\n");
        insta::assert_snapshot!(format!("{name}-{columns}x{rows}"), picture);
    }
}

fn with_runs() -> App {
    ready_with(context(), &runs(), &[])
}

#[test]
fn runs_at_the_first_start() {
    pictures("runs-first-start", &mut ready(context()), true);
}

#[test]
fn runs_loading() {
    let mut app = App::new(context());
    app.start();
    app.update(Msg::Tick(context().started));
    pictures("runs-loading", &mut app, false);
}

#[test]
fn runs_failed() {
    let mut app = App::new(context());
    let effects = app.start();
    for (id, _) in jobs(&effects) {
        let why = "The store '/home/a/.local/share/iacstone/iacstone.db' was made by a newer iacstone; update this one.";
        app.update(Msg::Task(id, JobReport::Failed(Problem::other(why))));
    }
    pictures("runs-failed", &mut app, false);
}

#[test]
fn runs_saved() {
    pictures("runs-saved", &mut with_runs(), true);
}

#[test]
fn runs_table() {
    let mut app = with_runs();
    press(&mut app, "t");
    pictures("runs-table", &mut app, false);
}

#[test]
fn runs_expanded() {
    let mut app = with_runs();
    press(&mut app, "enter");
    pictures("runs-expanded", &mut app, true);
}

#[test]
fn runs_in_a_wide_list() {
    let mut app = with_runs();
    press(&mut app, "w o o");
    app.update(Msg::Tick(at("2026-11-21T11:00:00Z")));
    pictures("runs-wide", &mut app, true);
}

#[test]
fn runs_on_other_axes() {
    let mut app = with_runs();
    press(&mut app, "T C");
    pictures("runs-axes", &mut app, false);
}

#[test]
fn runs_compared() {
    let mut app = with_runs();
    press(&mut app, "c G k k k k");
    app.update(Msg::Tick(at("2026-11-21T11:00:00Z")));
    pictures("runs-compared", &mut app, true);
}

#[test]
fn runs_filtered_to_nothing() {
    let mut app = with_runs();
    press(&mut app, "/");
    write(&mut app, "nothing like it");
    pictures("runs-no-match", &mut app, false);
}

#[test]
fn runs_cut_off() {
    let mut app = ready_with(context(), &[], &[journal()]);
    pictures("runs-cut-off", &mut app, false);
}

#[test]
fn renaming() {
    let mut app = with_runs();
    press(&mut app, "R");
    pictures("prompt-rename", &mut app, false);
}

#[test]
fn a_run_under_way() {
    let mut app = with_runs();
    let task = live(&mut app);
    app.update(Msg::Tick(at("2026-11-21T10:16:05Z")));
    tell(&mut app, task, RunEvent::Phase("publishing 1536 MB".into()));
    let oom = SizeState::Infeasible("out of memory".into());
    tell(&mut app, task, RunEvent::SizeChanged(mb(128), oom));
    for (size, count) in [(256, 20), (512, 20), (1024, 7)] {
        for more in 0..count {
            let duration = 40_000.0 / f64::from(size) + f64::from(more % 5);
            tell(
                &mut app,
                task,
                RunEvent::Sampled(mb(size), sample(duration)),
            );
        }
    }
    tell(&mut app, task, RunEvent::Spent(0.000_123));
    pictures("live", &mut app, true);
    press(&mut app, "x");
    pictures("live-cancelling", &mut app, false);
    press(&mut app, "esc q");
    pictures("live-quit-question", &mut app, false);
}

#[test]
fn a_run_with_failed_invocations() {
    let mut failing = runs();
    let sizes = &mut failing[0].measured_mut().unwrap().sizes;
    sizes[2].samples[1].error = Some("Oops".to_owned());
    let mut app = ready_with(context(), &failing, &[]);
    for (columns, rows) in SIZES {
        let picture = lines(&draw(&mut app, columns, rows)).join("\n");
        let said = picture.contains("1 of 30 invocations failed");
        assert!(said || rows < 20, "{picture}");
    }
    press(&mut app, "enter");
    let picture = lines(&draw(&mut app, 120, 40)).join("\n");
    assert!(picture.contains("     cold   failed"), "{picture}");
    assert!(
        picture.contains("spent $0.0002; 1 of 30 invocations failed"),
        "{picture}"
    );
}

#[test]
fn functions_listed() {
    let mut app = ready(context());
    picker(&mut app);
    press(&mut app, "j");
    pictures("functions", &mut app, true);
}

#[test]
fn functions_loading_none_failed_and_stale() {
    let mut app = ready(context());
    let effects = press(&mut app, "n");
    let (id, _) = jobs(&effects)[0];
    pictures("functions-loading", &mut app, false);
    app.update(Msg::Task(id, JobReport::Failed(Problem::other("AWS refused to list functions: ExpiredTokenException: The security token included in the request is expired."))));
    pictures("functions-failed", &mut app, false);
    let effects = press(&mut app, "esc r");
    let (id, _) = jobs(&effects)[0];
    app.update(Msg::Task(id, JobReport::Done));
    pictures("functions-none", &mut app, false);
    let mut app = ready(context());
    picker(&mut app);
    let effects = press(&mut app, "r");
    let (id, _) = jobs(&effects)[0];
    app.update(Msg::Task(
        id,
        JobReport::Failed(Problem::other("AWS throttled the listing; try again.")),
    ));
    pictures("functions-stale", &mut app, false);
}

#[test]
fn functions_filtered() {
    let mut app = ready(context());
    picker(&mut app);
    press(&mut app, "/");
    write(&mut app, "o");
    pictures("functions-filtered", &mut app, false);
}

#[test]
fn plan_form() {
    let mut app = ready(context());
    form(&mut app);
    pictures("plan", &mut app, true);
    press(&mut app, "j j j");
    pictures("plan-switch", &mut app, false);
}

#[test]
fn plan_form_with_a_problem() {
    let mut app = ready(context());
    form(&mut app);
    press(&mut app, "enter");
    write(&mut app, "x");
    pictures("plan-sizes-prompt", &mut app, false);
    press(&mut app, "esc j j enter");
    let payload = r#"[{"weight": 1, "payload": 1}, {"weight": 999, "payload": 2}]"#;
    app.update(Msg::Paste(payload.into()));
    press(&mut app, "ctrl-s");
    pictures("plan-problem", &mut app, false);
}

#[test]
fn payload_editor() {
    let mut app = ready(context());
    form(&mut app);
    press(&mut app, "j j enter");
    app.update(Msg::Paste(
        "{\n  \"table\": \"orders\",\n  \"keys\": [1, 2, 3],\n}".into(),
    ));
    pictures("payload-editor", &mut app, false);
}

#[test]
fn a_question() {
    let mut context = context();
    context.source = Backend::Endpoint("http://127.0.0.1:4599".to_owned());
    context.tuning.ask_above_usd = 0.001;
    let mut app = ready(context);
    form(&mut app);
    press(&mut app, "ctrl-s");
    pictures("question", &mut app, false);
}

#[test]
fn help() {
    let mut app = ready(context());
    press(&mut app, "?");
    pictures("help", &mut app, true);
}

#[test]
fn the_palette() {
    let mut app = ready(context());
    press(&mut app, ":");
    pictures("palette", &mut app, true);
    write(&mut app, "run");
    press(&mut app, "down");
    pictures("palette-run", &mut app, false);
}

#[test]
fn a_long_error() {
    let mut app = with_runs();
    let words = "Lambda refused UpdateFunctionConfiguration for 'checkout': AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/Reader/alice is not authorized to perform: lambda:UpdateFunctionConfiguration";
    app.tell(Severity::Error, words);
    pictures("notice-error", &mut app, false);
}

#[test]
fn ascii_only() {
    let mut context = context();
    context.ascii = true;
    let mut app = ready_with(context, &runs(), &[]);
    press(&mut app, "c j");
    for (columns, rows) in SIZES {
        let lines = lines(&draw(&mut app, columns, rows));
        let picture = lines.join("\n");
        assert!(picture.is_ascii(), "{picture}");
        insta::assert_snapshot!(format!("ascii-{columns}x{rows}"), picture);
    }
}

#[test]
fn every_size_is_drawn_without_a_panic() {
    let mut app = with_runs();
    live(&mut app);
    for keys in [
        "",
        "enter",
        "t",
        "?",
        "esc n",
        "enter",
        "enter",
        "esc ctrl-s",
        "esc esc 1",
    ] {
        press(&mut app, keys);
        for columns in [1, 5, 20, 39, 40, 41, 60, 71, 72, 99, 130] {
            for rows in [1, 2, 5, 11, 12, 13, 17, 30, 50] {
                draw(&mut app, columns, rows);
            }
        }
    }
}

#[test]
fn too_small_is_said_in_a_line() {
    let mut app = ready(context());
    let text = lines(&draw(&mut app, 20, 5)).join(" ");
    assert!(text.contains("20x5 is too small"), "{text}");
}

#[test]
fn escape_sequences_from_outside_never_reach_the_screen() {
    let mut evil = run("\u{1b}[31mred\u{7}", "2026-11-21T09:30:00Z");
    evil.name.push('\u{202e}');
    let mut app = ready_with(context(), &[evil], &[]);
    app.tell(Severity::Error, "\u{1b}]0;title\u{7}bad\r\nnews");
    let text = lines(&draw(&mut app, 80, 24)).join("\n");
    assert!(
        !text.contains("[31m") && !text.contains("0;title"),
        "{text}"
    );
}

#[test]
fn an_error_without_end_takes_the_rows_of_a_notice_and_is_marked_as_cut() {
    let mut app = with_runs();
    app.tell(Severity::Error, "x".repeat(1 << 20));
    let shown = lines(&draw(&mut app, 80, 24));
    let full = shown.iter().filter(|line| line.contains(&"x".repeat(75)));
    assert_eq!(full.count(), 3);
    let cut = shown.iter().position(|line| line.ends_with("xx…")).unwrap();
    assert!(shown[cut + 1].contains("(esc dismisses)"), "{shown:?}");
}

#[test]
fn sample_events_over_the_plan() {
    let mut app = with_runs();
    form(&mut app);
    press(&mut app, "e");
    write(&mut app, "cogpre");
    press(&mut app, "down");
    pictures("plan-sample-events", &mut app, true);
    press(&mut app, "enter");
    pictures("plan-of-a-sample-event", &mut app, true);
}
