//! Outputs of several stacks side by side, joined by what their names have in common.

use serde::Serialize;

use super::stack::{OutputValue, Stack};
use super::survey::{Project, told_apart};
use super::tool::Tool;

/// A stack at the head of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutputColumn {
    /// The tool of its project.
    pub tool: Tool,
    /// Its project.
    pub project: String,
    /// The directory of that, from the surveyed one on.
    pub dir: String,
    /// Its own name.
    pub stack: String,
}

/// An output of one stack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutputCell {
    /// Its name there.
    pub name: String,
    /// Its value there.
    pub value: OutputValue,
}

/// One output of all stacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutputGridRow {
    /// What the names have in common: `vpcid` of `vpc_id`, `vpcId` and `VpcId`.
    pub key: String,
    /// A cell for each column, in their order; none where the stack has no such output.
    pub cells: Vec<Option<OutputCell>>,
}

/// Outputs side by side, the rows in order of the first stack that has them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OutputGrid {
    /// The stacks.
    pub columns: Vec<OutputColumn>,
    /// The outputs.
    pub rows: Vec<OutputGridRow>,
}

impl OutputCell {
    /// The value, where it is known and may be seen.
    fn shown(&self) -> Option<&str> {
        match &self.value {
            OutputValue::Shown(text) | OutputValue::Data(text) => Some(text),
            OutputValue::Hidden | OutputValue::Elsewhere => None,
        }
    }
}

impl OutputGridRow {
    /// Whether a stack lacks it, or two that are known and may be seen have different values.
    #[must_use]
    pub fn is_difference(&self) -> bool {
        let shown = self.cells.iter().flatten().filter_map(OutputCell::shown);
        let values: Vec<&str> = shown.collect();
        self.is_incomplete() || values.windows(2).any(|pair| pair.first() != pair.last())
    }

    /// Whether a stack lacks it.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.cells.iter().any(Option::is_none)
    }

    /// Its name for people: as the first stack that has it writes it.
    #[must_use]
    pub fn name(&self) -> &str {
        let first = self.cells.iter().flatten().next();
        first.map_or(self.key.as_str(), |cell| cell.name.as_str())
    }
}

impl OutputGrid {
    /// Joins the outputs of stacks. Two outputs of one stack with names that have the same form get a row each.
    #[must_use]
    pub fn of<'s>(stacks: impl IntoIterator<Item = (&'s Project, &'s Stack)>) -> Self {
        let mut grid = Self::default();
        for (project, stack) in stacks {
            grid.add(project, stack);
        }
        grid
    }

    fn add(&mut self, project: &Project, stack: &Stack) {
        let column = self.columns.len();
        self.columns.push(OutputColumn {
            tool: project.tool,
            project: project.name.clone(),
            dir: project.dir.clone(),
            stack: stack.name.clone(),
        });
        for row in &mut self.rows {
            row.cells.push(None);
        }
        for output in &stack.outputs {
            let cell = OutputCell {
                name: output.name.clone(),
                value: output.value.clone(),
            };
            let key = normal_form(&output.name);
            let is_free = |row: &OutputGridRow| {
                row.key == key && row.cells.last().is_some_and(Option::is_none)
            };
            if let Some(row) = self.rows.iter_mut().find(|row| is_free(row)) {
                row.cells.pop();
                row.cells.push(Some(cell));
            } else {
                let mut cells = vec![None; column];
                cells.push(Some(cell));
                self.rows.push(OutputGridRow { key, cells });
            }
        }
    }

    /// The heads of the columns: tool and stack, and the directory of those that have both in common with another one.
    #[must_use]
    pub fn titles(&self) -> Vec<String> {
        let columns = self.columns.iter();
        let title =
            |it: &OutputColumn| (format!("{} {}", it.tool.name(), it.stack), it.dir.clone());
        told_apart(&columns.map(title).collect::<Vec<_>>())
    }

    /// Sentences on what stacks lack, one for each row with a gap.
    #[must_use]
    pub fn gaps(&self) -> Vec<String> {
        self.rows.iter().filter_map(|row| self.gap(row)).collect()
    }

    /// A sentence on the stacks that lack a row; `None` where none does.
    #[must_use]
    pub fn gap(&self, row: &OutputGridRow) -> Option<String> {
        let titles = self.titles();
        let lacking = titles.iter().zip(&row.cells);
        let lacking = lacking.filter(|(_, cell)| cell.is_none());
        let names: Vec<&str> = lacking.map(|(title, _)| title.as_str()).collect();
        let is_lacked = !names.is_empty();
        is_lacked.then(|| format!("{} is missing in {}.", row.name(), names.join(", ")))
    }
}

/// What a name is without its separators and in lower case.
fn normal_form(name: &str) -> String {
    let parts = name
        .chars()
        .filter(|c| !matches!(c, '_' | '-' | '.' | ' ' | ':' | '/'));
    parts.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iac::fixture::Tree;

    #[test]
    fn names_are_joined_and_a_missing_cell_is_the_finding() {
        assert_eq!(normal_form("vpc_id"), "vpcid");
        let pulumi = r#"{"version": 3, "deployment": {"resources": [{"urn": "u", "type": "pulumi:pulumi:Stack", "outputs": {"vpcId": "vpc-2", "url": "u"}}]}}"#;
        let tree = Tree::of(&[
            ("tf/main.tf", ""),
            (
                "tf/terraform.tfstate",
                r#"{"version": 4, "outputs": {"vpc_id": {"value": "vpc-1"}, "db_password": {"value": "p", "sensitive": true}}}"#,
            ),
            ("pulumi/Pulumi.yaml", "name: app\nruntime: yaml\n"),
            ("pulumi/Pulumi.dev.yaml", "config: {}\n"),
            ("pulumi/dev.json", pulumi),
        ]);
        let survey = tree.survey();
        let grid = OutputGrid::of(survey.stacks());
        let columns: Vec<_> = grid.columns.iter().map(|it| it.stack.as_str()).collect();
        assert_eq!(columns, ["dev", "default"]);
        let rows: Vec<_> = grid
            .rows
            .iter()
            .map(|row| (row.name(), row.is_difference(), row.is_incomplete()))
            .collect();
        assert_eq!(
            rows,
            [
                ("url", true, true),
                ("vpcId", true, false),
                ("db_password", true, true)
            ]
        );
        assert_eq!(
            grid.gaps(),
            [
                "url is missing in Terraform default.",
                "db_password is missing in Pulumi dev."
            ]
        );
        let json = serde_json::to_value(&grid).unwrap();
        assert_eq!(json["rows"][2]["cells"][1]["value"], "•••");
    }
}
