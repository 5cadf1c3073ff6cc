//! What was handed on to the clipboard or to the browser, until it is known what became of it.

use super::App;
use crate::effect::{Copied, JobReport, ReaderReport, Severity};
use crate::task::TaskId;

/// What is on its way.
#[derive(Debug, Default)]
pub(super) struct HandedOn {
    /// What was copied last.
    pub(super) copied: String,
    /// The browsers that were started and have not ended.
    pub(super) browsers: Vec<TaskId>,
}

/// Tells where a copy went.
pub(super) fn copied(app: &mut App, copied: Copied) {
    let what = std::mem::take(&mut app.handed_on.copied);
    match copied {
        Copied::Clipboard => app.tell(Severity::Success, format!("Copied {what}.")),
        Copied::Tmux(path) => app.tell(
            Severity::Success,
            format!("Sent {what} to tmux, which passes it on with `set-clipboard on`; it is in {path} too."),
        ),
        Copied::TooLong(path) => app.tell(
            Severity::Success,
            format!("Too long for the terminal's clipboard; wrote {what} to {path}."),
        ),
        Copied::File(path) => app.tell(
            Severity::Success,
            format!("The terminal has no clipboard; wrote {what} to {path}."),
        ),
        Copied::Failed(why) => app.tell(Severity::Error, why),
    }
}

/// Takes the report of a browser that was started; says whether the task is one.
pub(super) fn browsed(app: &mut App, id: TaskId, report: &JobReport) -> bool {
    let browsers = &mut app.handed_on.browsers;
    let Some(at) = browsers.iter().position(|browser| *browser == id) else {
        return false;
    };
    if let JobReport::Reader(ReaderReport::Browsing) = report {
        let browser = app.context.browser.as_ref();
        let name = browser.map_or("the browser", |browser| browser.name());
        app.tell(Severity::Info, format!("Opened in {name}."));
        return true;
    }
    browsers.remove(at);
    if let JobReport::Failed(why) = report {
        app.tell(Severity::Error, why.clone());
    }
    true
}
