//! The reads of a stack that its own tool does, and what they answer.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use super::commands::StackIntent;
use super::pulumi;
use super::source_file::{SourceFile, json};
use super::stack::{OutputValue, Stack, StackKey, StackOutput, StackResource};
use super::survey::Project;
use super::tool::Tool;
use crate::toml_file::FileError;

/// What Pulumi writes in place of a secret.
const SECRET: &str = "[secret]";

/// A command that reads a stack, as it is run: no shell takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackRead {
    /// The stack.
    pub key: StackKey,
    /// The tool.
    pub tool: Tool,
    /// What it reads.
    pub intent: StackIntent,
    /// The directory that it runs in.
    pub dir: PathBuf,
    /// The program and its arguments.
    pub argv: Vec<String>,
    /// Variables of its environment, beside those that iacstone has.
    pub env: BTreeMap<&'static str, String>,
    /// All of it as one would type it.
    pub text: String,
}

/// What such a command answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackAnswer {
    /// The outputs; sensitive values are not kept.
    pub outputs: Vec<StackOutput>,
    /// The resources, where they were asked for.
    pub resources: Option<Vec<StackResource>>,
}

impl StackIntent {
    /// Whether iacstone runs the command of this intent when that is confirmed: it reads, and its answer is understood.
    #[must_use]
    pub const fn is_read_of(self, tool: Tool) -> bool {
        matches!(
            (tool, self),
            (Tool::Terraform | Tool::Pulumi, Self::Outputs) | (Tool::Pulumi, Self::Export)
        )
    }
}

impl Project {
    /// The command that reads a stack, in the directory that was surveyed; `None` where there is none that may be run.
    #[must_use]
    pub fn read(&self, stack: &Stack, intent: StackIntent, root: &Path) -> Option<StackRead> {
        if !intent.is_read_of(self.tool) || !stack.is_named() {
            return None;
        }
        let mut commands = self.commands(stack).into_iter();
        let command = commands.find(|command| command.intent == intent)?;
        Some(StackRead {
            key: self.key(Some(stack)),
            tool: self.tool,
            intent,
            dir: root.to_owned(),
            argv: command.argv,
            env: command.env,
            text: command.text,
        })
    }

    /// That its tool keeps no state that could be read, with the command that shows the values of a stack; none where it
    /// keeps one.
    #[must_use]
    pub fn without_state(&self, stack: &Stack) -> Option<String> {
        let keeps_state = matches!(self.tool, Tool::Terraform | Tool::Pulumi);
        let (tool, command) = (
            self.tool.name(),
            self.command_text(stack, StackIntent::Outputs),
        );
        (!keeps_state).then(|| {
            format!(
                "{tool} keeps no state that could be read: CloudFormation has the values; {command} shows them."
            )
        })
    }
}

#[derive(Deserialize)]
struct TerraformOutput {
    #[serde(default)]
    value: Value,
    #[serde(default)]
    sensitive: bool,
}

impl StackRead {
    /// Reads what the command wrote.
    ///
    /// # Errors
    /// With the line where it is not what the command writes.
    pub fn answer(&self, text: String) -> Result<StackAnswer, FileError> {
        let file = SourceFile::of_text(&self.text, text);
        match (self.tool, self.intent) {
            (Tool::Pulumi, StackIntent::Export) => {
                let checkpoint = pulumi::checkpoint(&file)?;
                Ok(StackAnswer {
                    outputs: checkpoint.outputs,
                    resources: Some(checkpoint.resources),
                })
            }
            (Tool::Pulumi, _) => outputs(&file, |value: Value| match &value {
                Value::String(text) if text == SECRET => OutputValue::Hidden,
                value => OutputValue::of_json(value),
            }),
            _ => outputs(&file, |output: TerraformOutput| {
                if output.sensitive {
                    OutputValue::Hidden
                } else {
                    OutputValue::of_json(&output.value)
                }
            }),
        }
    }
}

fn outputs<T: serde::de::DeserializeOwned>(
    file: &SourceFile,
    value: impl Fn(T) -> OutputValue,
) -> Result<StackAnswer, FileError> {
    let read: BTreeMap<String, T> = json(file)?;
    let outputs = read.into_iter().map(|(name, read)| StackOutput {
        name,
        value: value(read),
    });
    Ok(StackAnswer {
        outputs: outputs.collect(),
        resources: None,
    })
}

impl Stack {
    /// Takes what its tool answered to a command at a time in seconds since 1970, unless a file tells newer things.
    pub fn take(&mut self, answer: &StackAnswer, command: &str, at: u64) {
        if self.written.is_some_and(|written| written > at) {
            return;
        }
        self.outputs.clone_from(&answer.outputs);
        match (&answer.resources, &self.source) {
            (Some(resources), _) => self.resources.clone_from(resources),
            // What was known of the resources is as old as it was.
            (None, Some(source)) if !self.resources.is_empty() => {
                let told = format!(
                    "Its outputs are those that `{command}` told; its resources are as {source} has them."
                );
                self.notes
                    .retain(|note| !note.starts_with("Its outputs are those that"));
                self.notes.push(told);
                return;
            }
            (None, _) => {}
        }
        self.source = Some(format!("`{command}`"));
        self.written = Some(at);
        self.notes.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iac::fixture::Tree;

    fn read(tree: &Tree, intent: StackIntent) -> Option<StackRead> {
        let survey = tree.survey();
        let (project, stack) = survey.stacks().next().unwrap();
        project.read(stack, intent, &survey.root)
    }

    #[test]
    fn only_three_commands_are_run_and_their_answers_read() {
        let terraform = Tree::of(&[("a/main.tf", ""), ("a/.terraform/environment", "dev")]);
        for intent in StackIntent::ALL {
            let is_run = read(&terraform, intent).is_some();
            assert_eq!(is_run, intent == StackIntent::Outputs, "{intent:?}");
        }
        let outputs = read(&terraform, StackIntent::Outputs).unwrap();
        assert_eq!(outputs.argv, ["terraform", "-chdir=a", "output", "-json"]);
        let text = r#"{"url": {"sensitive": false, "type": "string", "value": "u"}, "n": {"value": 3}, "key": {"sensitive": true, "value": "secret"}}"#;
        let answer = outputs.answer(text.to_owned()).unwrap();
        let shown: Vec<_> = answer
            .outputs
            .iter()
            .map(|it| (it.name.as_str(), it.value.text()))
            .collect();
        assert_eq!(shown, [("key", "•••"), ("n", "3"), ("url", "u")]);
        let garbled = outputs.answer("Error: no\n".to_owned()).unwrap_err();
        assert!(garbled.to_string().contains("not JSON"), "{garbled}");

        let pulumi = Tree::of(&[
            ("Pulumi.yaml", "name: a\nruntime: yaml\n"),
            ("Pulumi.dev.yaml", "config: {}\n"),
        ]);
        let outputs = read(&pulumi, StackIntent::Outputs).unwrap();
        assert_eq!(
            outputs.argv,
            ["pulumi", "--stack", "dev", "stack", "output", "--json"]
        );
        let answer = outputs
            .answer(r#"{"url": "u", "key": "[secret]"}"#.to_owned())
            .unwrap();
        assert_eq!(answer.outputs[0].value, OutputValue::Hidden);
        let export = read(&pulumi, StackIntent::Export).unwrap();
        let text = r#"{"version": 3, "deployment": {"resources": [{"urn": "x::f", "type": "aws:lambda/function:Function", "outputs": {"name": "busy", "memorySize": 256}}]}}"#;
        let answer = export.answer(text.to_owned()).unwrap();
        assert_eq!(answer.resources.unwrap()[0].memory, Some(256));
    }

    #[test]
    fn an_answer_stays_until_a_file_tells_newer_things() {
        let mut stack = Stack::named("dev");
        let answer = StackAnswer {
            outputs: Vec::new(),
            resources: None,
        };
        stack.notes.push("No state is here.".to_owned());
        stack.take(&answer, "terraform output -json", 100);
        assert_eq!((stack.written, stack.notes.len()), (Some(100), 0));
        assert_eq!(stack.source.as_deref(), Some("`terraform output -json`"));
        stack.written = Some(200);
        stack.take(&answer, "x", 150);
        assert_eq!(stack.written, Some(200));
    }
}
