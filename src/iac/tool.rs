//! The tools that describe stacks.

use serde::Serialize;

/// A tool that describes a stack in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tool {
    /// Terraform, or OpenTofu, which reads the same files.
    Terraform,
    /// The AWS CDK.
    Cdk,
    /// Pulumi.
    Pulumi,
    /// The AWS Serverless Application Model.
    Sam,
    /// A CloudFormation template.
    #[serde(rename = "cloudformation")]
    CloudFormation,
    /// The Serverless Framework.
    Serverless,
}

impl Tool {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Terraform,
        Self::Cdk,
        Self::Pulumi,
        Self::Sam,
        Self::CloudFormation,
        Self::Serverless,
    ];

    /// Its name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Terraform => "Terraform",
            Self::Cdk => "CDK",
            Self::Pulumi => "Pulumi",
            Self::Sam => "SAM",
            Self::CloudFormation => "CloudFormation",
            Self::Serverless => "Serverless",
        }
    }
}
