//! Infrastructure as code: projects are looked for and read beside the event loop, a change is written to a new file.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::blocking::blocking;
use super::files::write_beside;
use super::problem::failed;
use super::projects::{ProjectsFailure, ProjectsPlace};
use super::stack_read;
use crate::effect::{CodeJob, CodeReport, JobReport};
use crate::iac::{FunctionTarget, SourceStamp, Survey};
use crate::task::{JobContext, JobEnding, Rules, TaskKind};

/// Reads of files give up after this.
const FILES_LIMIT: Duration = Duration::from_mins(2);

/// The rules of such a job.
pub(super) const fn rules(job: &CodeJob) -> Rules {
    let (time_limit, ending) = match job {
        CodeJob::WritePatch { .. } => (Some(FILES_LIMIT), JobEnding::Complete),
        CodeJob::LookAround | CodeJob::Survey | CodeJob::Find(..) => {
            (Some(FILES_LIMIT), JobEnding::Abort)
        }
        // It has its own limit, and ends what it started.
        CodeJob::Read(_) => (None, JobEnding::CleanUp),
    };
    Rules {
        kind: TaskKind::Files,
        time_limit,
        ending,
    }
}

/// Does such a job.
pub(super) async fn perform(
    place: Arc<ProjectsPlace>,
    job: CodeJob,
    context: &JobContext<JobReport>,
) -> JobReport {
    match job {
        CodeJob::LookAround => match blocking(move || place.look_around()).await {
            Ok(around) => JobReport::Code(CodeReport::Around(around)),
            Err(broken) => failed(broken),
        },
        CodeJob::Survey => {
            let work = blocking(move || place.survey());
            told(
                work.await
                    .map(|survey| survey.map(|survey| CodeReport::Surveyed(Arc::new(survey)))),
            )
        }
        CodeJob::Find(known, target) => {
            let work = blocking(move || find(&place, known, &target));
            told(work.await)
        }
        CodeJob::Read(read) => stack_read::run(*read, context).await,
        CodeJob::WritePatch { diff, stamp, path } => write_patch(diff, stamp, path).await,
    }
}

/// Writes a change to a new file, unless the file that it is of was changed meanwhile.
async fn write_patch(diff: String, stamp: SourceStamp, path: String) -> JobReport {
    match blocking(move || stamp.change()).await {
        Ok(None) => write_beside(path, move || diff).await,
        Ok(Some(what)) => JobReport::Code(CodeReport::Stale(what)),
        Err(broken) => failed(broken),
    }
}

fn find(
    place: &ProjectsPlace,
    known: Option<Arc<Survey>>,
    target: &FunctionTarget,
) -> Result<CodeReport, ProjectsFailure> {
    let survey = match known {
        Some(survey) => survey,
        None => Arc::new(place.survey()?),
    };
    let code = survey.memory_code(target);
    Ok(CodeReport::Found(survey, Arc::new(code), patches_here()))
}

/// The names of the patches in the directory that the user is in.
fn patches_here() -> Vec<String> {
    let entries = std::fs::read_dir(".").into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let is_patch = |name: &String| {
        Path::new(name)
            .extension()
            .is_some_and(|end| end == "patch")
    };
    names.filter(is_patch).collect()
}

/// The report on work: its answer, or why there is none.
fn told<E>(work: Result<Result<CodeReport, ProjectsFailure>, E>) -> JobReport
where
    E: Into<crate::effect::Problem>,
{
    match work {
        Ok(Ok(report)) => JobReport::Code(report),
        Ok(Err(failure)) => failed(failure),
        Err(broken) => failed(broken),
    }
}
