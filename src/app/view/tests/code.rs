//! The sheet of a run as code.

use super::pictures::pictures;
use crate::app::App;
use crate::app::fixture::*;
use crate::effect::{JobReport, Msg, Problem};

fn with_runs() -> App {
    ready_with(context(), &runs(), &[])
}

#[test]
fn a_run_as_code() {
    let mut app = with_runs();
    code_sheet(&mut app);
    pictures("code", &mut app, true);
    press(&mut app, "l l");
    pictures("code-two-places", &mut app, true);
    press(&mut app, "l l l l l l l");
    pictures("code-general", &mut app, false);
}

#[test]
fn a_run_as_code_before_the_files_are_read() {
    let mut app = with_runs();
    press(&mut app, "I");
    pictures("code-reading", &mut app, false);
}

#[test]
fn a_run_as_code_whose_files_cannot_be_read() {
    let mut app = with_runs();
    let effects = press(&mut app, "I");
    let (id, _) = asked_code(&effects);
    let why = "the directory '.' cannot be read: Permission denied (os error 13); give another one";
    app.update(Msg::Task(id, JobReport::Failed(Problem::other(why))));
    pictures("code-failed", &mut app, false);
}
