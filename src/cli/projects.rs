//! The projects under a directory, for the commands: the user's own, or the samples of the demo.

use std::path::Path;

use super::CommandFailure;
use super::context::{CommandContext, DataDir};
use super::output::Output;
use crate::iac::{IacEnvironment, PROJECT_FILES, Survey, WalkLimits};
use crate::jobs::{ProjectsFailure, ProjectsPlace};
use crate::task::Blocking;

/// Where the samples of the demo are written, when those are what is looked for: in the demo without a directory. They go
/// with what is returned, unless the demo keeps its data.
///
/// # Errors
/// When that directory cannot be made.
pub(super) fn samples(
    dir: Option<&Path>,
    context: &CommandContext,
) -> Result<Option<DataDir>, CommandFailure> {
    let has_samples = context.settings().demo && dir.is_none();
    has_samples.then(|| context.data_dir()).transpose()
}

/// Where projects are to be looked for: under a directory; without one among the samples, or under the one that the user
/// is in.
pub(super) fn place(dir: Option<&Path>, samples: Option<&DataDir>) -> ProjectsPlace {
    ProjectsPlace {
        dir: dir.map(Path::to_owned),
        demo: samples.map(|data| data.path().to_owned()),
        environment: environment(),
    }
}

/// Looks for the projects. It blocks.
///
/// # Errors
/// Exit code 2 when there is no such directory; 1 when the samples cannot be written.
pub(super) fn survey(place: &ProjectsPlace) -> Result<Survey, CommandFailure> {
    place.survey().map_err(|failure| match failure {
        ProjectsFailure::Sample { .. } => CommandFailure::work(failure),
        _ => CommandFailure::usage(failure),
    })
}

/// Does what blocks, beside the runtime.
///
/// # Errors
/// Exit code 1 when it broke.
pub(super) async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, CommandFailure> {
    let done = Blocking::OnThreads.run(work).await;
    done.map_err(CommandFailure::work)
}

/// Whether the directory that one is in seems to have a project near its top: a quick look.
pub(super) async fn are_near() -> bool {
    let limits = WalkLimits {
        entries: 5_000,
        depth: 4,
    };
    let look = beside(move || Survey::is_likely(Path::new("."), limits));
    look.await.unwrap_or(false)
}

/// Says that these are the demo's own files, where they are.
pub(super) fn tell_samples(
    survey: &Survey,
    dir: Option<&Path>,
    context: &CommandContext,
    output: &mut Output,
) {
    if context.settings().demo && dir.is_none() {
        let root = survey.root.display();
        output.note(format!("These are the demo's own projects, in '{root}'."));
    }
}

/// Says what was not looked at and what could not be read.
pub(super) fn tell_trouble(survey: &Survey, output: &mut Output) {
    for stop in &survey.stops {
        output.note(stop);
    }
    for problem in &survey.problems {
        output.note(problem);
    }
    if survey.projects.is_empty() {
        output.note(format!(
            "No project of CDK, Terraform, Pulumi, SAM, CloudFormation or Serverless is under '{}': no {PROJECT_FILES}.",
            survey.root.display()
        ));
    }
}

fn environment() -> IacEnvironment {
    let home = directories::BaseDirs::new();
    let variable = |name: &str| std::env::var(name).ok();
    IacEnvironment::read(variable, home.as_ref().map(directories::BaseDirs::home_dir))
}

/// Whether nothing is left out and nothing was unreadable.
pub(super) fn is_whole(survey: &Survey) -> bool {
    survey.problems.is_empty() && survey.stops.is_empty()
}
