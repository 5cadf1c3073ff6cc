//! Lines of a stack of calls: `new App (/app/lib/app.ts:20:19)`.

use std::path::{Path, PathBuf};

/// A line that leads to a source file of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CallFrame {
    pub(super) path: PathBuf,
    /// From 1.
    pub(super) line: usize,
    /// From 1, in UTF-16 units.
    pub(super) column: usize,
}

/// The lines that lead to files of the project, the innermost first.
pub(super) fn frames(lines: &[String], project: &Path) -> Vec<CallFrame> {
    lines
        .iter()
        .filter_map(|line| frame(line, project))
        .collect()
}

fn frame(line: &str, project: &Path) -> Option<CallFrame> {
    let inside = line.rsplit_once('(').map_or(line, |(_, inside)| inside);
    let place = inside
        .trim()
        .trim_start_matches("at ")
        .trim_end_matches(')');
    let (rest, column) = place.rsplit_once(':')?;
    let (path, line) = rest.rsplit_once(':')?;
    let path = path.strip_prefix("file://").unwrap_or(path);
    if path.contains("node_modules") || path.starts_with("node:") {
        return None;
    }
    Some(CallFrame {
        path: here(path, project)?,
        line: line.parse().ok()?,
        column: column.parse().ok()?,
    })
}

/// The file of the project that a path means. One that was built elsewhere, in another directory, is found by its end.
pub(super) fn here(path: &str, project: &Path) -> Option<PathBuf> {
    let whole = Path::new(path);
    if whole.is_absolute() && whole.starts_with(project) && whole.is_file() {
        return Some(whole.to_owned());
    }
    let is_normal =
        |part: &std::path::Component<'_>| matches!(part, std::path::Component::Normal(_));
    let parts: Vec<_> = whole.components().filter(is_normal).collect();
    let ends = (0..parts.len()).filter_map(|from| parts.get(from..));
    let candidates = ends.map(|end| project.join(end.iter().collect::<PathBuf>()));
    candidates.into_iter().find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_lead_to_files_of_the_project() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        std::fs::create_dir(root.join("lib")).unwrap();
        std::fs::write(root.join("lib/app.ts"), "").unwrap();
        let own = root.join("lib/app.ts");
        let lines = [
            "...new Function2 in aws-cdk-lib...".to_owned(),
            format!("new App ({}:20:19)", own.display()),
            "at Object.<anonymous> (/ci/build/lib/app.ts:4:1)".to_owned(),
            "new X (/ci/node_modules/x/lib/app.ts:4:1)".to_owned(),
            "node:internal/modules:1:2".to_owned(),
        ];
        let frame = |line, column| CallFrame {
            path: own.clone(),
            line,
            column,
        };
        assert_eq!(frames(&lines, root), [frame(20, 19), frame(4, 1)]);
    }
}
