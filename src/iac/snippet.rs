//! How a memory size is written, for each of ten tools: what to type where no file here can be changed.

use serde::Serialize;

use super::place::FunctionTarget;
use super::quote::{hcl, pascal, shell_line, snake, string};
use super::source_file::has_ending;
use super::tool::Tool;

/// A tool in one of its languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeForm {
    /// Terraform.
    Terraform,
    /// The CDK in TypeScript.
    CdkTypescript,
    /// The CDK in Python.
    CdkPython,
    /// Pulumi in TypeScript.
    PulumiTypescript,
    /// Pulumi in Python.
    PulumiPython,
    /// Pulumi in YAML.
    PulumiYaml,
    /// SAM.
    Sam,
    /// CloudFormation.
    #[serde(rename = "cloudformation")]
    CloudFormation,
    /// The Serverless Framework.
    Serverless,
    /// The AWS CLI.
    AwsCli,
}

impl CodeForm {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::Terraform,
        Self::CdkTypescript,
        Self::CdkPython,
        Self::PulumiTypescript,
        Self::PulumiPython,
        Self::PulumiYaml,
        Self::Sam,
        Self::CloudFormation,
        Self::Serverless,
        Self::AwsCli,
    ];

    /// Its name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Terraform => "Terraform",
            Self::CdkTypescript => "CDK TypeScript",
            Self::CdkPython => "CDK Python",
            Self::PulumiTypescript => "Pulumi TypeScript",
            Self::PulumiPython => "Pulumi Python",
            Self::PulumiYaml => "Pulumi YAML",
            Self::Sam => "SAM",
            Self::CloudFormation => "CloudFormation",
            Self::Serverless => "Serverless Framework",
            Self::AwsCli => "AWS CLI",
        }
    }

    /// The tool; none for the AWS CLI, which keeps no code.
    #[must_use]
    pub const fn tool(self) -> Option<Tool> {
        Some(match self {
            Self::Terraform => Tool::Terraform,
            Self::CdkTypescript | Self::CdkPython => Tool::Cdk,
            Self::PulumiTypescript | Self::PulumiPython | Self::PulumiYaml => Tool::Pulumi,
            Self::Sam => Tool::Sam,
            Self::CloudFormation => Tool::CloudFormation,
            Self::Serverless => Tool::Serverless,
            Self::AwsCli => return None,
        })
    }

    /// Whether a place in a file is one of this form.
    #[must_use]
    pub fn has(self, tool: Tool, file: &str) -> bool {
        let is_python = has_ending(file, &["py"]);
        let is_yaml = has_ending(file, &["yaml", "yml"]);
        self.tool() == Some(tool)
            && match self {
                Self::CdkPython | Self::PulumiPython => is_python,
                Self::PulumiYaml => is_yaml,
                Self::CdkTypescript | Self::PulumiTypescript => !is_python && !is_yaml,
                _ => true,
            }
    }

    /// How a function gets its memory size in this form, lines with `\n`. What the names are in the code is not known:
    /// they are made of the function's.
    #[must_use]
    pub fn snippet(self, target: &FunctionTarget) -> String {
        let (name, to) = (&target.name, target.to.megabytes());
        let text = string(name);
        match self {
            Self::Terraform => terraform(name, to),
            Self::CdkTypescript => {
                let id = string(&pascal(name));
                format!(
                    "new lambda.Function(this, {id}, {{\n  functionName: {text},\n  memorySize: {to},\n  // …\n}});\n"
                )
            }
            Self::CdkPython => {
                let id = string(&pascal(name));
                format!(
                    "_lambda.Function(\n    self,\n    {id},\n    function_name={text},\n    memory_size={to},\n    # …\n)\n"
                )
            }
            Self::PulumiTypescript => {
                format!(
                    "new aws.lambda.Function({text}, {{\n  name: {text},\n  memorySize: {to},\n  // …\n}});\n"
                )
            }
            Self::PulumiPython => {
                format!(
                    "aws.lambda_.Function(\n    {text},\n    name={text},\n    memory_size={to},\n    # …\n)\n"
                )
            }
            Self::PulumiYaml => format!(
                "resources:\n  {text}:\n    type: aws:lambda:Function\n    properties:\n      name: {text}\n      memorySize: {to}\n      # …\n"
            ),
            Self::Sam => template("AWS::Serverless::Function", name, to),
            Self::CloudFormation => template("AWS::Lambda::Function", name, to),
            Self::Serverless => {
                let id = string(&snake(name));
                format!("functions:\n  {id}:\n    name: {text}\n    memorySize: {to}\n    # …\n")
            }
            Self::AwsCli => cli(target),
        }
    }
}

fn terraform(name: &str, to: u32) -> String {
    let (label, name) = (string(&snake(name)), hcl(name));
    format!(
        "resource \"aws_lambda_function\" {label} {{\n  function_name = {name}\n  memory_size   = {to}\n  # …\n}}\n"
    )
}

fn template(kind: &str, name: &str, to: u32) -> String {
    let (id, name) = (pascal(name), string(name));
    format!(
        "Resources:\n  {id}:\n    Type: {kind}\n    Properties:\n      FunctionName: {name}\n      MemorySize: {to}\n      # …\n"
    )
}

fn cli(target: &FunctionTarget) -> String {
    let size = target.to.to_string();
    let words = [
        "aws",
        "lambda",
        "update-function-configuration",
        "--function-name",
        &target.name,
        "--memory-size",
        &size,
    ];
    let mut words: Vec<String> = words.into_iter().map(str::to_owned).collect();
    if let Some(region) = &target.region {
        words.extend(["--region".to_owned(), region.clone()]);
    }
    let line = shell_line(&words);
    format!(
        "# A change by hand: what describes the function in code undoes it when it is next applied.\n{line}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lambda::MemoryMb;

    fn target(name: &str) -> FunctionTarget {
        FunctionTarget {
            name: name.to_owned(),
            account: None,
            region: Some("eu-west-1".to_owned()),
            live: None,
            to: MemoryMb::new(512).unwrap(),
        }
    }

    #[test]
    fn every_form_names_the_function_and_the_size() {
        for form in CodeForm::ALL {
            let snippet = form.snippet(&target("dynamodb-reads"));
            assert!(
                snippet.contains("512") && snippet.contains("dynamodb-reads"),
                "{snippet}"
            );
        }
        let cli = CodeForm::AwsCli.snippet(&target("dynamodb-reads"));
        assert!(
            cli.ends_with("--function-name dynamodb-reads --memory-size 512 --region eu-west-1\n")
        );
    }

    #[test]
    fn no_name_breaks_out_of_its_string() {
        let hostile = "a\"b'c${d}\n$(e)`f`\\";
        for form in CodeForm::ALL {
            let snippet = form.snippet(&target(hostile));
            assert!(
                !snippet.contains("${d}")
                    || snippet.contains("$${d}")
                    || form != CodeForm::Terraform,
                "{snippet}"
            );
            assert!(!snippet.contains("\n$(e)"), "{snippet}");
            assert!(
                snippet.contains("\\\"") || form == CodeForm::AwsCli,
                "{snippet}"
            );
        }
        let body =
            hcl_edit::parser::parse_body(&CodeForm::Terraform.snippet(&target(hostile))).unwrap();
        let block = body.blocks().next().unwrap();
        assert_eq!(
            block
                .body
                .get_attribute("function_name")
                .unwrap()
                .value
                .as_str(),
            Some("a\"b'c${d}\n$(e)`f`\\")
        );
    }

    #[test]
    fn a_place_is_of_the_form_of_its_language() {
        assert!(CodeForm::CdkPython.has(Tool::Cdk, "app.py"));
        assert!(!CodeForm::CdkTypescript.has(Tool::Cdk, "app.py"));
        assert!(CodeForm::PulumiYaml.has(Tool::Pulumi, "Pulumi.dev.yaml"));
        assert!(!CodeForm::Sam.has(Tool::CloudFormation, "template.yaml"));
    }
}
