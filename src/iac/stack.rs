//! What is known of a stack from files alone: its resources, its outputs, and where the rest stands.

use serde::{Serialize, Serializer};

use super::tool::Tool;

/// One instance of what a project describes: a workspace, a stack, a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stack {
    /// Its name in the tool.
    pub name: String,
    /// Whether it is the one that the tool works on now.
    pub is_selected: bool,
    /// The file that tells what is known of it, from the surveyed directory on.
    pub source: Option<String>,
    /// When that file was written, in seconds since 1970.
    pub written: Option<u64>,
    /// What it holds, as its file has it.
    pub resources: Vec<StackResource>,
    /// What it gives to others.
    pub outputs: Vec<StackOutput>,
    /// Sentences on what is not known from files, and the command that tells it.
    pub notes: Vec<String>,
    /// Whether a file tells what it holds: without one, no resource and no output here means nothing.
    pub is_known: bool,
    /// The account that it is deployed to, 12 digits, where a file names it.
    pub account: Option<String>,
    /// The region that it is deployed to, where a file names it.
    pub region: Option<String>,
    /// By what the tool's commands choose it, where that is not its name: the id of a stack of the CDK, the whole name of
    /// one of Pulumi, the environment of `samconfig.toml`.
    pub selector: Option<String>,
    /// The file of values that has its name, from the directory of its project on.
    #[serde(skip)]
    pub values_file: Option<String>,
}

/// What tells a stack from others, or a project of which no stack is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StackKey {
    /// The directory and the file of its project.
    pub(super) project: (String, String),
    /// The tool of its project.
    pub(super) tool: Tool,
    /// Its name.
    pub(super) stack: Option<String>,
}

impl StackKey {
    /// It as a sentence names it: `Terraform dev`.
    #[must_use]
    pub fn title(&self) -> String {
        let (dir, tool) = (&self.project.0, self.tool.name());
        let name = self.stack.as_deref().map(|name| format!(" {name}"));
        let name = name.unwrap_or_default();
        match dir.as_str() {
            "." => format!("{tool}{name}"),
            dir => format!("{tool}{name} in {dir}"),
        }
    }
}

/// The name of a stack that no file names.
pub(super) const UNNAMED: &str = "?";

impl Stack {
    /// A stack of which nothing but the name is known.
    pub(super) fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            is_selected: false,
            source: None,
            written: None,
            resources: Vec::new(),
            outputs: Vec::new(),
            notes: Vec::new(),
            is_known: false,
            account: None,
            region: None,
            selector: None,
            values_file: None,
        }
    }

    /// Whether a file names it.
    #[must_use]
    pub fn is_named(&self) -> bool {
        self.name != UNNAMED
    }

    /// Its functions.
    pub fn functions(&self) -> impl Iterator<Item = &StackResource> {
        let resources = self.resources.iter();
        resources.filter(|resource| resource.kind == ResourceKind::Function)
    }
}

/// What a resource is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResourceKind {
    /// A Lambda function.
    Function,
    /// A log group.
    LogGroup,
    /// An ECS cluster.
    EcsCluster,
    /// An ECS service.
    EcsService,
    /// An ECS task definition.
    EcsTaskDefinition,
}

impl ResourceKind {
    /// The kind of a type as Terraform, CloudFormation or Pulumi writes it, if it is one that is shown.
    pub(super) fn of_type(name: &str) -> Option<Self> {
        Some(match name {
            "aws_lambda_function"
            | "AWS::Lambda::Function"
            | "AWS::Serverless::Function"
            | "aws:lambda/function:Function"
            | "aws-native:lambda:Function" => Self::Function,
            "aws_cloudwatch_log_group"
            | "AWS::Logs::LogGroup"
            | "aws:cloudwatch/logGroup:LogGroup"
            | "aws-native:logs:LogGroup" => Self::LogGroup,
            "aws_ecs_cluster"
            | "AWS::ECS::Cluster"
            | "aws:ecs/cluster:Cluster"
            | "aws-native:ecs:Cluster" => Self::EcsCluster,
            "aws_ecs_service"
            | "AWS::ECS::Service"
            | "aws:ecs/service:Service"
            | "aws-native:ecs:Service" => Self::EcsService,
            "aws_ecs_task_definition"
            | "AWS::ECS::TaskDefinition"
            | "aws:ecs/taskDefinition:TaskDefinition"
            | "aws-native:ecs:TaskDefinition" => Self::EcsTaskDefinition,
            _ => return None,
        })
    }

    /// Its name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Function => "function",
            Self::LogGroup => "log group",
            Self::EcsCluster => "ECS cluster",
            Self::EcsService => "ECS service",
            Self::EcsTaskDefinition => "ECS task definition",
        }
    }
}

/// A resource of a stack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StackResource {
    /// What it is.
    pub kind: ResourceKind,
    /// Its name in AWS; none where AWS makes it up and no file tells it.
    pub name: Option<String>,
    /// Its name in the tool: an address, a logical id, the last part of a URN.
    pub address: String,
    /// Its ARN, where a file tells it.
    pub arn: Option<String>,
    /// The memory size of a function in MB, as the file has it.
    pub memory: Option<u32>,
}

/// What a stack gives to others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StackOutput {
    /// Its name in the tool.
    pub name: String,
    /// Its value.
    pub value: OutputValue,
}

/// The value of an output. One that is sensitive is not kept at all, so that nothing can show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputValue {
    /// A string.
    Shown(String),
    /// Any other value, as JSON.
    Data(String),
    /// It is sensitive.
    Hidden,
    /// It stands elsewhere.
    Elsewhere,
}

/// What stands for a sensitive value.
const HIDDEN: &str = "•••";

impl OutputValue {
    /// The value as it may be shown: `•••` where it is sensitive, nothing where it is not known.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Shown(text) | Self::Data(text) => text,
            Self::Hidden => HIDDEN,
            Self::Elsewhere => "",
        }
    }

    /// The value of a JSON document.
    pub(super) fn of_json(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::String(text) => Self::Shown(text.clone()),
            other => Self::Data(other.to_string()),
        }
    }
}

impl Serialize for OutputValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Elsewhere => serializer.serialize_none(),
            Self::Data(text) => match serde_json::from_str::<serde_json::Value>(text) {
                Ok(value) => value.serialize(serializer),
                Err(_) => serializer.serialize_str(text),
            },
            known => serializer.serialize_str(known.text()),
        }
    }
}
