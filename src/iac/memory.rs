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
#[derive(Clone, Copy)]
pub(super) struct FoundFunction<'f> {
    pub(super) project: &'f Project,
    /// The directory that was surveyed.
    pub(super) root: &'f Path,
    pub(super) stack: &'f Stack,
    pub(super) resource: &'f StackResource,
    pub(super) target: &'f FunctionTarget,
}

/// A function that files know, with its places.
struct FoundPlaces<'f> {
    of: FoundFunction<'f>,
    /// How sure it is that it is the one that is meant.
    is_it: PlaceConfidence,
    places: Vec<CodePlace>,
}

impl Survey {
    /// The places in the code of these projects that give a function its memory size, the surest first; of those that
    /// are as sure, the ones that change no other function. What is not certain says why.
    #[must_use]
    pub fn memory_code(&self, target: &FunctionTarget) -> MemoryCode {
        let mut code = MemoryCode::default();
        for project in &self.projects {
            self.of_project(project, target, &mut code);
        }
        if code.places.is_empty() {
            let projects = self.projects.iter();
            projects.for_each(|project| self.tell_why_none(project, &mut code));
        }
        let live = target.live.map(MemoryMb::megabytes);
        code.places.sort_by_key(|place| {
            (
                place.confidence,
                !place.also.is_empty(),
                size_in_code(place) != live,
            )
        });
        let mut seen = Vec::new();
        code.places.retain(|place| {
            let is_new = !seen.contains(&key(place));
            seen.push(key(place));
            is_new
        });
        let mut seen: Vec<MemoryDrift> = Vec::new();
        for drift in std::mem::take(&mut code.drifts) {
            if drift.is_comparison() && !seen.contains(&drift) {
                seen.push(drift);
            }
        }
        code.drifts = seen;
        code
    }

    fn of_project(&self, project: &Project, target: &FunctionTarget, code: &mut MemoryCode) {
        let config = (project.tool == Tool::Terraform).then(|| {
            TerraformConfig::read(project, &self.root, &self.environment, &self.terraform)
        });
        let mut found = self.found(project, config.as_ref(), target, code);
        tell_apart(&mut found);
        for it in &mut found {
            it.of.compare(&mut it.places);
            if it.is_it != PlaceConfidence::Guess {
                let title = self.title(project, it.of.stack);
                code.drifts.push(it.of.drift(title, &it.places));
            }
        }
        if found.is_empty() {
            let mut guesses = self.guesses(project, config.as_ref(), target, code);
            for place in &mut guesses {
                doubt_by_run(place, target, PlaceConfidence::Guess);
            }
            code.places.extend(guesses);
        }
        code.places
            .extend(found.into_iter().flat_map(|it| it.places));
        if let Some(config) = config {
            code.problems.extend(config.problems);
            code.notes.extend(config.notes);
        }
    }

    /// The functions of the project's stacks that are the one meant.
    fn found<'f>(
        &'f self,
        project: &'f Project,
        config: Option<&TerraformConfig>,
        target: &'f FunctionTarget,
        code: &mut MemoryCode,
    ) -> Vec<FoundPlaces<'f>> {
        let mut all = Vec::new();
        for stack in &project.stacks {
            for resource in stack.functions() {
                let Some(found) = match_of(project.tool, stack, resource, target) else {
                    continue;
                };
                let of = FoundFunction {
                    project,
                    root: &self.root,
                    stack,
                    resource,
                    target,
                };
                let mut places = of.places(config, code);
                for place in &mut places {
                    place.confidence = place.confidence.max(found.confidence);
                    place.reason = joined(&[&found.why, &place.reason]);
                }
                let is_it = found.confidence;
                all.push(FoundPlaces { of, is_it, places });
            }
        }
        all
    }

    /// What is to be known of a project in which nothing was found.
    fn tell_why_none(&self, project: &Project, code: &mut MemoryCode) {
        let own = project.notes.iter().map(|note| {
            let tool = project.tool.name();
            format!("{tool} in {}: {note}", project.dir)
        });
        code.notes.extend(own);
        for stack in project.stacks.iter().filter(|stack| !stack.is_known) {
            let title = self.title(project, stack);
            let notes = stack.notes.iter().map(|note| format!("{title}: {note}"));
            code.notes.extend(notes);
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
            (Tool::Terraform, Some(config)) => terraform::guessed_places(config, name, target),
            (Tool::Cdk, _) => cdk::guesses(project, &self.root, target, code),
            (Tool::Pulumi, _) => pulumi::guesses(project, &self.root, target, code),
            (Tool::Serverless, _) => serverless::guesses(project, &self.root, target, code),
            _ => Vec::new(),
        }
    }
}

fn key(place: &CodePlace) -> (String, usize, Option<String>) {
    (place.file.clone(), place.line, place.diff.clone())
}

/// A function's name is the only one of its account and region. Of several that have it in one project, the one with the
/// size of the run is the one; where that does not tell, none of them is sure.
fn tell_apart(found: &mut [FoundPlaces<'_>]) {
    let keys = |it: &FoundPlaces<'_>| it.places.iter().map(key).collect::<Vec<_>>();
    let is_one = |it: &FoundPlaces<'_>| it.is_it != PlaceConfidence::Guess;
    let ways: Vec<_> = found.iter().filter(|it| is_one(it)).map(keys).collect();
    if ways.windows(2).all(|pair| pair.first() == pair.last()) {
        return;
    }
    let has_size = |it: &FoundPlaces<'_>| {
        let live = it.of.target.live.map(MemoryMb::megabytes);
        live.is_some() && it.of.resource.memory == live
    };
    let sized = found.iter().filter(|it| is_one(it) && has_size(it)).count();
    let is_told = sized > 0 && sized < ways.len();
    for it in found.iter_mut().filter(|it| is_one(it)) {
        let is_other = is_told && !has_size(it);
        let (confidence, why) = if is_other {
            let why = "But another one of this name here has the size of the run.";
            (PlaceConfidence::Guess, why)
        } else if is_told {
            let why = "It has the size of the run; another one of this name here has not.";
            (PlaceConfidence::Likely, why)
        } else {
            (PlaceConfidence::Likely, "Several here have this name.")
        };
        if is_other {
            it.is_it = PlaceConfidence::Guess;
        }
        for place in &mut it.places {
            place.lower(confidence, why);
        }
    }
}

/// Where no state tells what is applied, a size that the run did not see is less sure.
fn doubt_by_run(place: &mut CodePlace, target: &FunctionTarget, confidence: PlaceConfidence) {
    let live = target.live.map(MemoryMb::megabytes);
    let (Some(live), Some(size)) = (live, size_in_code(place)) else {
        return;
    };
    if live != size && size != place.to && place.confidence != PlaceConfidence::Guess {
        let why = format!(
            "But the run saw {live} MB, and this says {size}: it is not applied, was changed since, or the value is of another place."
        );
        place.lower(confidence, &why);
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

    /// The size in the state: a template is none.
    fn state(&self) -> Option<u32> {
        let has_state = matches!(self.project.tool, Tool::Terraform | Tool::Pulumi);
        self.resource.memory.filter(|_| has_state)
    }

    /// Lowers what does not say what is applied.
    fn compare(&self, places: &mut [CodePlace]) {
        for place in places {
            match (self.state(), size_in_code(place)) {
                (Some(state), Some(size))
                    if state != size && place.confidence != PlaceConfidence::Guess =>
                {
                    let why = format!(
                        "But the state has {state} MB: this is not applied, or the value is of another place."
                    );
                    place.lower(PlaceConfidence::Likely, &why);
                }
                (None, _) => doubt_by_run(place, self.target, PlaceConfidence::Likely),
                _ => {}
            }
        }
    }

    fn drift(&self, stack: String, places: &[CodePlace]) -> MemoryDrift {
        MemoryDrift {
            stack,
            live: self.target.live.map(MemoryMb::megabytes),
            state: self.state(),
            code: agreed_size(places),
        }
    }
}

/// The size that the surest places give, where they agree and are no guesses.
fn agreed_size(places: &[CodePlace]) -> Option<u32> {
    let surest = places.iter().map(|place| place.confidence).min()?;
    let sure = places.iter().filter(|place| place.confidence == surest);
    let sizes: Vec<Option<u32>> = sure.map(size_in_code).collect();
    let is_agreed = sizes.windows(2).all(|pair| pair.first() == pair.last());
    let first = sizes.first().copied().flatten();
    first.filter(|_| is_agreed && surest != PlaceConfidence::Guess)
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
