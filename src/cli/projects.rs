//! The projects under a directory, for the commands: the user's own, or the samples of the demo.

use std::path::{Path, PathBuf};

use super::CommandFailure;
use super::context::CommandContext;
use super::output::Output;
use crate::iac::{IacEnvironment, SAMPLES, Survey, WalkLimits, samples_stamp};
use crate::task::Blocking;

/// Where projects are to be looked for.
pub(super) struct SurveyRequest {
    /// The directory that was given.
    dir: Option<PathBuf>,
    /// In the demo the directory of its data.
    demo: Option<PathBuf>,
}

impl SurveyRequest {
    /// A directory; without one the one that the user is in, in the demo one with samples.
    pub(super) fn of(dir: Option<&Path>, context: &CommandContext) -> Self {
        let is_demo = context.settings().demo;
        Self {
            dir: dir.map(Path::to_owned),
            demo: is_demo.then(|| context.data_dir().to_owned()),
        }
    }

    /// Says whose files are read, where they are none of the user's.
    pub(super) fn tell(&self, output: &mut Output) {
        if let (None, Some(data)) = (&self.dir, &self.demo) {
            output.note(format!(
                "These are the demo's own files, in '{}'; give a directory to read another one's.",
                data.join(SAMPLES_DIR).display()
            ));
        }
    }

    /// Looks for the projects. It blocks.
    ///
    /// # Errors
    /// Exit code 2 when there is no such directory; 1 when the samples cannot be written.
    pub(super) fn survey(self) -> Result<Survey, CommandFailure> {
        let dir = match (self.dir, self.demo) {
            (Some(dir), _) => dir,
            (None, Some(data)) => samples(&data)?,
            (None, None) => PathBuf::from("."),
        };
        let place = dir.canonicalize().map_err(|error| {
            CommandFailure::usage(format!(
                "the directory '{}' cannot be read: {error}; give another one",
                dir.display()
            ))
        })?;
        if !place.is_dir() {
            let what = format!("'{}' is no directory; give one", dir.display());
            return Err(CommandFailure::usage(what));
        }
        Ok(Survey::of(&place, &environment(), WalkLimits::default()))
    }
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
            "No project of CDK, Terraform, Pulumi, SAM, CloudFormation or Serverless is under '{}': no cdk.json, *.tf, Pulumi.yaml or serverless.yml, and no YAML or JSON that begins as a template does.",
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

/// Where the samples are in the data directory of the demo, and the file that says which ones they are.
const SAMPLES_DIR: &str = "samples";
const STAMP: &str = ".version";

/// Writes the samples into the data directory of the demo: all of them where those of another version are there, else
/// those that are missing.
fn samples(data: &Path) -> Result<PathBuf, CommandFailure> {
    let dir = data.join(SAMPLES_DIR);
    let stamp = samples_stamp();
    let is_known = std::fs::read_to_string(dir.join(STAMP)).is_ok_and(|text| text == stamp);
    let files = SAMPLES.iter().copied();
    for (path, text) in files.chain([(STAMP, stamp.as_str())]) {
        let path = dir.join(path);
        if is_known && path.exists() {
            continue;
        }
        let parent = path.parent().unwrap_or(&dir);
        let made = std::fs::create_dir_all(parent).and_then(|()| std::fs::write(&path, text));
        made.map_err(|error| {
            let name = path.display();
            CommandFailure::work(format!(
                "the sample '{name}' cannot be written: {error}; give --data-dir"
            ))
        })?;
    }
    Ok(dir)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_of_another_version_are_renewed_and_those_of_this_one_kept() {
        let data = tempfile::tempdir().unwrap();
        let dir = samples(data.path()).unwrap();
        let file = dir.join("terraform/main.tf");
        let whole = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, "mine").unwrap();
        samples(data.path()).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
        std::fs::write(dir.join(STAMP), "old").unwrap();
        samples(data.path()).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), whole);
        std::fs::remove_file(&file).unwrap();
        samples(data.path()).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), whole);
    }
}
