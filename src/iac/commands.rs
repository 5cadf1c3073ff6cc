//! What to type for an intent, filled with what is known of a stack.

use std::collections::BTreeMap;

use serde::Serialize;

use super::quote::{path_word, shell, shell_line};
use super::stack::{ResourceKind, Stack, UNNAMED};
use super::survey::Project;
use super::tool::Tool;

/// What somebody wants to do with a stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StackIntent {
    /// Make the directory or the account ready.
    Init,
    /// Choose the environment.
    Select,
    /// See what would change.
    Preview,
    /// Change it.
    Apply,
    /// Read the outputs.
    Outputs,
    /// Read the state.
    Export,
    /// Follow the logs.
    Logs,
    /// Open a shell in a container.
    Exec,
    /// Take everything away.
    Destroy,
}

impl StackIntent {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Init,
        Self::Select,
        Self::Preview,
        Self::Apply,
        Self::Outputs,
        Self::Export,
        Self::Logs,
        Self::Exec,
        Self::Destroy,
    ];

    /// Its name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Init => "init",
            Self::Select => "select",
            Self::Preview => "preview",
            Self::Apply => "apply",
            Self::Outputs => "outputs",
            Self::Export => "export",
            Self::Logs => "logs",
            Self::Exec => "exec",
            Self::Destroy => "destroy",
        }
    }
}

/// A command to type in the surveyed directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StackCommand {
    /// What it is for.
    pub intent: StackIntent,
    /// The directory to be in, from the surveyed one on; none where the command says it by itself.
    pub dir: Option<String>,
    /// The program and its arguments, each as it is.
    pub argv: Vec<String>,
    /// Variables of its environment.
    pub env: BTreeMap<&'static str, String>,
    /// All of it for a POSIX shell; a name with hidden characters takes bash, zsh or ksh.
    pub text: String,
}

impl StackCommand {
    /// All of it for who stands elsewhere: it goes to the surveyed directory first.
    #[must_use]
    pub fn text_from(&self, dir: &str) -> String {
        format!("(cd {} && {})", shell(&path_word(dir)), self.text)
    }
}

/// Where paths of a command begin.
struct CommandSite<'p> {
    project: &'p Project,
    of: &'p Stack,
    /// Its name.
    stack: &'p str,
    /// By what the tool chooses it, where that is not its name.
    selector: Option<&'p str>,
    /// Whether the tool may work on another stack than this.
    is_one_of_many: bool,
}

impl Project {
    /// The commands for one of its stacks, one for each intent that the tool has a command for. Paths are from the
    /// surveyed directory on.
    #[must_use]
    pub fn commands(&self, stack: &Stack) -> Vec<StackCommand> {
        let site = CommandSite {
            project: self,
            of: stack,
            stack: if stack.name == UNNAMED {
                "STACK"
            } else {
                &stack.name
            },
            selector: stack.selector.as_deref(),
            is_one_of_many: !stack.is_selected || self.stacks.len() > 1,
        };
        let all = StackIntent::ALL.into_iter();
        all.filter_map(|intent| site.command(intent)).collect()
    }
}

impl Project {
    /// The command for an intent as it is typed; empty where the tool has none.
    pub(super) fn command_text(&self, stack: &Stack, intent: StackIntent) -> String {
        let all = self.commands(stack).into_iter();
        let mut of_intent = all.filter(|command| command.intent == intent);
        of_intent
            .next()
            .map_or_else(String::new, |command| format!("`{}`", command.text))
    }
}

impl CommandSite<'_> {
    fn command(&self, intent: StackIntent) -> Option<StackCommand> {
        let own = match self.project.tool {
            Tool::Terraform => self.terraform(intent),
            Tool::Pulumi => self.pulumi(intent),
            Tool::Cdk => self.cdk(intent),
            Tool::Sam => self.sam(intent),
            Tool::CloudFormation => self.cloudformation(intent),
            Tool::Serverless => self.serverless(intent),
        };
        let is_own = own.is_some();
        let argv = own.or_else(|| self.aws(intent))?;
        let goes_there = matches!(
            self.project.tool,
            Tool::Cdk | Tool::Sam | Tool::CloudFormation | Tool::Serverless
        );
        let goes_there = is_own && goes_there && self.project.dir != ".";
        let dir = goes_there.then(|| self.project.dir.clone());
        let env = if is_own {
            self.environment(intent)
        } else {
            BTreeMap::new()
        };
        let set = env
            .iter()
            .map(|(name, value)| format!("{name}={} ", shell(value)));
        let line = set.collect::<String>() + &shell_line(&argv);
        let text = match &dir {
            Some(dir) => format!("(cd {} && {line})", shell(&path_word(dir))),
            None => line,
        };
        Some(StackCommand {
            intent,
            dir,
            argv,
            env,
            text,
        })
    }

    /// What the AWS CLI does where the tool has no command, with the first resource of the kind that files name.
    fn aws(&self, intent: StackIntent) -> Option<Vec<String>> {
        let named = |kind: ResourceKind| {
            let mut all = self.of.resources.iter().filter(|it| it.kind == kind);
            all.find_map(|it| it.name.as_deref())
        };
        let mut line = match intent {
            StackIntent::Logs => {
                let group = named(ResourceKind::LogGroup)?;
                words(&["aws", "logs", "tail", group, "--follow"])
            }
            StackIntent::Exec => {
                let cluster = named(ResourceKind::EcsCluster)?;
                let of_cluster = ["aws", "ecs", "execute-command", "--cluster", cluster];
                let shell = ["--task", "TASK", "--interactive", "--command", "/bin/sh"];
                words(&[of_cluster, shell].concat())
            }
            _ => return None,
        };
        if let Some(region) = &self.of.region {
            line.extend(words(&["--region", region]));
        }
        Some(line)
    }

    /// Terraform takes the workspace from its environment, not from its arguments.
    fn environment(&self, intent: StackIntent) -> BTreeMap<&'static str, String> {
        let takes_it = self.project.tool == Tool::Terraform
            && !matches!(intent, StackIntent::Init | StackIntent::Select);
        // Another workspace may have been selected since: what is read is read of this one.
        let is_read = matches!(intent, StackIntent::Outputs | StackIntent::Export);
        let is_needed = takes_it && (is_read || self.is_one_of_many);
        let workspace = is_needed.then(|| ("TF_WORKSPACE", self.stack.to_owned()));
        workspace.into_iter().collect()
    }

    /// The stack as an argument of its own.
    fn argument(&self) -> Vec<&str> {
        let ends_options = self.stack.starts_with('-').then_some("--");
        ends_options.into_iter().chain([self.stack]).collect()
    }

    fn terraform(&self, intent: StackIntent) -> Option<Vec<String>> {
        let file = self
            .of
            .values_file
            .as_ref()
            .map(|path| format!("-var-file={path}"));
        let plan = path_word(&format!("{}.tfplan", self.stack));
        let out = format!("-out={plan}");
        let mut words = vec!["terraform".to_owned()];
        if self.project.dir != "." {
            words.push(format!("-chdir={}", self.project.dir));
        }
        let (rest, takes_file): (Vec<&str>, bool) = match intent {
            StackIntent::Init => (vec!["init"], false),
            StackIntent::Select => {
                let select = ["workspace", "select"].into_iter();
                (select.chain(self.argument()).collect(), false)
            }
            StackIntent::Preview => (vec!["plan", &out], true),
            StackIntent::Apply => (vec!["apply", &plan], false),
            StackIntent::Outputs => (vec!["output", "-json"], false),
            StackIntent::Export => (vec!["state", "pull"], false),
            StackIntent::Logs | StackIntent::Exec => return None,
            StackIntent::Destroy => (vec!["destroy"], true),
        };
        words.extend(rest.into_iter().map(str::to_owned));
        words.extend(file.filter(|_| takes_file));
        Some(words)
    }

    fn pulumi(&self, intent: StackIntent) -> Option<Vec<String>> {
        let stack = self.selector.unwrap_or(self.stack);
        let mut words = vec!["pulumi".to_owned()];
        if self.project.dir != "." {
            words.extend(["-C".to_owned(), path_word(&self.project.dir)]);
        }
        let rest: &[&str] = match intent {
            StackIntent::Init => &["stack", "init", "--stack", stack],
            StackIntent::Select => &["stack", "select", "--stack", stack],
            StackIntent::Preview => &["--stack", stack, "preview", "--diff"],
            StackIntent::Apply => &["--stack", stack, "up"],
            StackIntent::Outputs => &["--stack", stack, "stack", "output", "--json"],
            StackIntent::Export => &["--stack", stack, "stack", "export"],
            StackIntent::Logs => &["--stack", stack, "logs", "--follow"],
            StackIntent::Exec => return None,
            StackIntent::Destroy => &["--stack", stack, "destroy"],
        };
        words.extend(rest.iter().map(|&word| word.to_owned()));
        Some(words)
    }

    fn cdk(&self, intent: StackIntent) -> Option<Vec<String>> {
        let stack = self.selector.unwrap_or(self.stack);
        let line: &[&str] = match intent {
            StackIntent::Init => &["cdk", "bootstrap"],
            StackIntent::Preview => &["cdk", "diff", stack],
            StackIntent::Apply => &["cdk", "deploy", stack],
            StackIntent::Outputs => return Some(self.stack_outputs()),
            StackIntent::Destroy => &["cdk", "destroy", stack],
            StackIntent::Select | StackIntent::Export | StackIntent::Logs | StackIntent::Exec => {
                return None;
            }
        };
        Some(words(line))
    }

    /// Where an environment of `samconfig.toml` is not named, SAM takes the values of the default one.
    fn sam(&self, intent: StackIntent) -> Option<Vec<String>> {
        let (of_stack, file) = (["--stack-name", self.stack], self.project.file.as_str());
        let (line, options): (&[&str], &[&str]) = match intent {
            StackIntent::Init => (&["build", "--template-file", file], &[]),
            StackIntent::Preview => (&["deploy"], &["--no-execute-changeset"]),
            StackIntent::Apply => (&["deploy"], &[]),
            StackIntent::Outputs => (&["list", "stack-outputs"], &["--output", "json"]),
            StackIntent::Logs => (&["logs"], &["--tail"]),
            StackIntent::Destroy => (&["delete"], &[]),
            StackIntent::Select | StackIntent::Export | StackIntent::Exec => return None,
        };
        let environment = self.selector.map(|name| ["--config-env", name]);
        let of_stack = (intent != StackIntent::Init).then_some(of_stack);
        let all = ["sam"].into_iter().chain(line.iter().copied());
        let all = all.chain(environment.into_iter().flatten());
        let all = all.chain(of_stack.into_iter().flatten());
        Some(words(
            &all.chain(options.iter().copied()).collect::<Vec<_>>(),
        ))
    }

    fn cloudformation(&self, intent: StackIntent) -> Option<Vec<String>> {
        let (stack, file) = (self.stack, self.project.file.as_str());
        let deploy = [
            "aws",
            "cloudformation",
            "deploy",
            "--stack-name",
            stack,
            "--template-file",
            file,
        ];
        let preview: Vec<&str> = deploy
            .into_iter()
            .chain(["--no-execute-changeset"])
            .collect();
        let line: &[&str] = match intent {
            StackIntent::Preview => &preview,
            StackIntent::Apply => &deploy,
            StackIntent::Outputs => return Some(self.stack_outputs()),
            StackIntent::Destroy => &[
                "aws",
                "cloudformation",
                "delete-stack",
                "--stack-name",
                stack,
            ],
            StackIntent::Init
            | StackIntent::Select
            | StackIntent::Export
            | StackIntent::Logs
            | StackIntent::Exec => return None,
        };
        Some(words(line))
    }

    /// What reads the outputs of a stack of CloudFormation.
    fn stack_outputs(&self) -> Vec<String> {
        words(&[
            "aws",
            "cloudformation",
            "describe-stacks",
            "--stack-name",
            self.stack,
            "--query",
            "Stacks[0].Outputs",
        ])
    }

    fn serverless(&self, intent: StackIntent) -> Option<Vec<String>> {
        let stage = self.stack;
        let line: &[&str] = match intent {
            StackIntent::Preview => &["serverless", "package", "--stage", stage],
            StackIntent::Apply => &["serverless", "deploy", "--stage", stage],
            StackIntent::Outputs => &["serverless", "info", "--stage", stage, "--verbose"],
            StackIntent::Destroy => &["serverless", "remove", "--stage", stage],
            StackIntent::Init
            | StackIntent::Select
            | StackIntent::Export
            | StackIntent::Logs
            | StackIntent::Exec => return None,
        };
        Some(words(line))
    }
}

fn words(of: &[&str]) -> Vec<String> {
    of.iter().map(|&word| word.to_owned()).collect()
}

#[cfg(test)]
mod tests;
