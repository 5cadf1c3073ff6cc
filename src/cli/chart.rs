//! `iacstone chart`.

use super::args::ChartArgs;
use super::context::CommandContext;
use super::drawing::Drawing;
use super::output::Output;
use super::{CommandExit, CommandFailure, source};

/// Draws the run behind the source; a second one (of a comparison link) behind it.
///
/// # Errors
/// When there is no such run, or it is damaged.
pub(super) async fn run(
    args: &ChartArgs,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let runs = source::runs(&args.source, args.link, context, output).await?;
    let [first, rest @ ..] = runs.as_slice() else {
        return Err(CommandFailure::work(format!(
            "'{}' holds no run",
            args.source
        )));
    };
    if rest.len() > 1 {
        let count = runs.len();
        output.note(format!(
            "'{}' holds {count} runs; the first two are drawn",
            args.source
        ));
    }
    let drawing = Drawing::new(first, rest.first(), &args.curve, context.settings())?;
    if context.json() {
        output.json(&drawing.document())?;
    } else {
        output.data(&drawing.text())?;
    }
    Ok(CommandExit::Done)
}
