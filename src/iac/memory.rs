//! From a function to the places in code that give it its memory size.

use std::path::Path;

use super::matching::match_of;
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
        code.places.sort_by_key(|place| place.confidence);
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
                let mut places = of.places(config.as_ref(), code);
                for place in &mut places {
                    place.confidence = place.confidence.max(found.confidence);
                    place.reason = joined(&[&found.why, &place.reason]);
                }
                code.drifts.push(of.drift(&places));
                code.places.extend(places);
            }
        }
        if !is_known {
            let guesses = self.guesses(project, config.as_ref(), target, code);
            code.places.extend(guesses);
        }
        code.problems
            .extend(config.into_iter().flat_map(|it| it.problems));
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
        let mut sure = places
            .iter()
            .filter(|place| place.confidence != PlaceConfidence::Guess);
        MemoryDrift {
            stack: format!("{} {}", self.project.tool.name(), self.stack.name),
            live: self.target.live.map(MemoryMb::megabytes),
            state: self.resource.memory,
            code: sure.next().and_then(size_in_code),
        }
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
