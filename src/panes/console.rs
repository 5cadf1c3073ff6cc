//! The AWS console at what is in front: opened in the browser, or its address copied.

use crate::effect::{Backend, Outbox, Severity};
use crate::logs::ConsolePage;

/// Opens a page of the console; `what` it shows goes into the sentence. Where AWS is not what answers here, nothing would be
/// found there: the address is only copied then.
pub(super) fn open_console(page: Option<&ConsolePage>, what: &str, out: &mut Outbox<'_>) {
    let Some(page) = page else {
        let text = format!("The region of {what} is not known here, so its page is not either.");
        return out.notice(Severity::Info, text);
    };
    let Some(address) = page.address() else {
        let region = page.region();
        let text = format!("The address of the AWS console in {region} is not known here.");
        return out.notice(Severity::Info, text);
    };
    let what = format!("the console address of {what}");
    match &out.context.source {
        Backend::Aws => out.browse(address, &what),
        Backend::Demo => {
            let what = format!("{what} (the account is simulated: AWS has nothing there)");
            out.copy(address, what);
        }
        Backend::Endpoint(endpoint) => {
            let what = format!("{what} ({endpoint} answers here: AWS may have nothing there)");
            out.copy(address, what);
        }
    }
}
