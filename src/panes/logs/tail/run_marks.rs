//! Which rows come from tuning runs, and from which.

use crate::logs::statistics::{RunVersion, RunVersions};
use crate::logs::{Home, Row};
use crate::text;

/// The versions of tuning runs by the groups that they wrote to.
#[derive(Debug, Default)]
pub(super) struct RunMarks(Vec<(String, RunVersions)>);

impl RunMarks {
    /// Those of these versions that may have written to these groups. A group whose account and region are not known has
    /// none.
    pub(super) fn of(versions: &[RunVersion], groups: &[String], home: Option<&Home>) -> Self {
        let marked = groups.iter().filter_map(|group| {
            let home = Home::of_arn(group).or_else(|| home.cloned())?;
            let versions = RunVersions::of_group(group, &home, versions.to_vec());
            (!versions.is_empty()).then(|| (group.clone(), versions))
        });
        Self(marked.collect())
    }

    /// The name of the run that a row comes from, safe to draw.
    pub(super) fn name(&self, row: &Row) -> Option<String> {
        let source = row.source.as_ref()?;
        let mut groups = self.0.iter();
        let (_, versions) = groups.find(|(group, _)| **group == *source.group)?;
        let version = versions.run_of(&source.stream, row.brief.time_ms)?;
        let name = version.name.as_deref().unwrap_or("that was deleted");
        Some(format!("run {}", text::neutralise(name)))
    }
}
