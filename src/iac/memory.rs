//! From a function to the places in code that give it its memory size.

use std::path::Path;

use super::matching::{FunctionMatch, match_of};
use super::place::{
    CodePlace, DEFAULT_MEMORY, FunctionTarget, MemoryCode, MemoryDrift, PlaceConfidence, joined,
};
use super::stack::{Stack, StackResource};
use super::survey::{Project, Survey};
use super::terraform::TerraformConfig;
use super::tool::Tool;
use super::{cdk, pulumi, serverless, template, terraform};
use crate::lambda::MemoryMb;

/// A function that files know, and what it is to become.
pub(super) struct FoundFunction<'f> {
    pub(super) project: &'f Project,
    /// The directory that was surveyed.
    pub(super) root: &'f Path,
    pub(super) stack: &'f Stack,
    pub(super) resource: &'f StackResource,
    pub(super) target: &'f FunctionTarget,
}

impl Survey {
    /// The places in the code of these projects that give a function its memory size, the surest first. What is not
    /// certain says why.
    #[must_use]
    pub fn memory_code(&self, target: &FunctionTarget) -> MemoryCode {
        let mut code = MemoryCode::default();
        for project in &self.projects {
            self.of_project(project, target, &mut code);
        }
        let live = target.live.map(MemoryMb::megabytes);
        // Of places that are as sure, one that has the size of the run is more likely the one.
        code.places
            .sort_by_key(|place| (place.confidence, place.from != live));
        let mut seen = Vec::new();
        code.places.retain(|place| {
            let key = (place.file.clone(), place.line, place.diff.clone());
            let is_new = !seen.contains(&key);
            seen.push(key);
            is_new
        });
        code
    }

    fn of_project(&self, project: &Project, target: &FunctionTarget, code: &mut MemoryCode) {
        let config = (project.tool == Tool::Terraform)
            .then(|| TerraformConfig::read(&project.path, &self.root));
        let mut is_known = false;
        for stack in &project.stacks {
            for resource in stack.functions() {
                let Some(found) = match_of(project.tool, stack, resource, target) else {
                    continue;
                };
                is_known = true;
                let of = FoundFunction {
                    project,
                    root: &self.root,
                    stack,
                    resource,
                    target,
                };
                of.add(&found, config.as_ref(), code);
            }
        }
        if !is_known {
            let mut guesses = self.guesses(project, config.as_ref(), target, code);
            for place in &mut guesses {
                tell_live(place, target);
            }
            if guesses.is_empty() {
                // Perhaps it is in what was not read.
                code.note(project.notes.iter().cloned());
            }
            code.places.extend(guesses);
        }
        if let Some(config) = config {
            code.note(config.left_out);
            code.problems.extend(config.problems);
        }
    }

    fn guesses(
        &self,
        project: &Project,
        config: Option<&TerraformConfig>,
        target: &FunctionTarget,
        code: &mut MemoryCode,
    ) -> Vec<CodePlace> {
        let selected = project.stacks.iter().find(|stack| stack.is_selected);
        let name = selected.map_or("default", |stack| stack.name.as_str());
        match (project.tool, config) {
            (Tool::Terraform, Some(config)) => {
                terraform::guessed_places(config, &self.root, name, target)
            }
            (Tool::Cdk, _) => cdk::guesses(project, &self.root, target, code),
            (Tool::Pulumi, _) => pulumi::guesses(project, &self.root, target, code),
            (Tool::Serverless, _) => serverless::guesses(project, &self.root, target, code),
            _ => Vec::new(),
        }
    }
}

impl FoundFunction<'_> {
    /// Adds its places, and what is known of its size.
    fn add(&self, found: &FunctionMatch, config: Option<&TerraformConfig>, code: &mut MemoryCode) {
        let mut places = self.places(config, code);
        for place in &mut places {
            place.confidence = place.confidence.max(found.confidence);
            place.reason = joined(&[&found.why, &place.reason]);
        }
        // Of another function nothing is to be compared.
        if found.confidence != PlaceConfidence::Guess {
            let drift = self.drift(&places);
            code.drifts
                .extend(Some(drift).filter(MemoryDrift::is_comparison));
        }
        code.places.extend(places);
    }

    fn places(&self, config: Option<&TerraformConfig>, code: &mut MemoryCode) -> Vec<CodePlace> {
        match self.project.tool {
            Tool::Terraform => {
                config.map_or_else(Vec::new, |config| terraform::stated_places(config, self))
            }
            Tool::Cdk => cdk::places(self, code),
            Tool::Pulumi => pulumi::places(self, code),
            Tool::Sam | Tool::CloudFormation => template::places(self, code),
            Tool::Serverless => serverless::places(self, code),
        }
    }

    fn drift(&self, places: &[CodePlace]) -> MemoryDrift {
        let sure = places
            .iter()
            .filter(|place| place.confidence != PlaceConfidence::Guess);
        let surest = sure.min_by_key(|place| place.confidence);
        let known = |is_so: bool| self.resource.memory.filter(|_| is_so);
        MemoryDrift {
            stack: self.project.title(self.stack),
            live: self.target.live.map(MemoryMb::megabytes),
            state: known(matches!(self.project.tool, Tool::Terraform | Tool::Pulumi)),
            template: known(self.project.tool == Tool::Cdk),
            code: surest.and_then(size_in_code),
        }
    }
}

/// Tells of a place that has another size than the function had at the run.
fn tell_live(place: &mut CodePlace, target: &FunctionTarget) {
    let live = target.live.map(MemoryMb::megabytes);
    let both = live.zip(size_in_code(place));
    if let Some((live, _)) = both.filter(|(live, size)| live != size) {
        let what = format!(
            "At the run it had {live} MB: the code is not applied yet, or this is another one."
        );
        place.reason = joined(&[&place.reason, &what]);
    }
}

/// The size that the code gives: where it gives none, the default.
fn size_in_code(place: &CodePlace) -> Option<u32> {
    let default = if place.tool == Tool::Serverless {
        serverless::DEFAULT
    } else {
        DEFAULT_MEMORY
    };
    place.from.or_else(|| place.diff.as_ref().map(|_| default))
}
