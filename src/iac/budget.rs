//! How many bytes a survey would read, asked of the file system before it reads any.

use std::path::Path;

use super::source_file::{LARGEST_STATE, has_ending, shown_path};
use super::walk::{Walked, WalkedDir};

/// The most bytes that a survey reads.
pub(super) const MOST_BYTES: u64 = 512 << 20;

/// What the smallest file counts as, in bytes: opening it costs as well.
const BLOCK: u64 = 4 << 10;
/// Where tools keep what they know, in a project's directory.
const KEPT: [&str; 3] = ["terraform.tfstate.d", "cdk.out", ".pulumi/stacks"];
/// How deep directories are nested there.
const DEEPEST: usize = 4;

/// Leaves out the directories from the one on with which it would be more than `most` bytes, and says so.
pub(super) fn keep_within(walked: &mut Walked, root: &Path, most: u64) {
    let mut sum = 0_u64;
    let end = walked.dirs.iter().position(|dir| {
        sum = sum.saturating_add(bytes_of(dir));
        sum > most
    });
    let Some((end, dir)) = end.and_then(|end| Some((end, walked.dirs.get(end)?))) else {
        return;
    };
    let (shown, left) = (shown_path(&dir.path, root), walked.dirs.len() - end);
    let megabytes = most >> 20;
    walked.stops.push(format!(
        "The survey ended at {shown}: with it there is more than {megabytes} MiB to read; {left} directories of projects were not read."
    ));
    walked.dirs.truncate(end);
}

fn bytes_of(dir: &WalkedDir) -> u64 {
    let own = dir.files.iter().map(|name| size(&dir.path.join(name)));
    let kept = KEPT.iter().map(|name| below(&dir.path.join(name), 0));
    own.chain(kept).sum::<u64>() + size(&dir.path.join("terraform.tfstate"))
}

/// The bytes of the states and templates in a directory and below. What a CDK app packs up is none.
fn below(dir: &Path, depth: usize) -> u64 {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let bytes = entries.map(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && depth < DEEPEST && !name.starts_with("asset.") => {
                below(&entry.path(), depth + 1)
            }
            Ok(kind) if !kind.is_dir() && has_ending(&name, &["json", "tfstate"]) => {
                size(&entry.path())
            }
            _ => 0,
        }
    });
    bytes.sum()
}

/// The bytes of a file; of one that is too large to be read at all no more than of the largest that is.
fn size(path: &Path) -> u64 {
    let known = std::fs::metadata(path)
        .ok()
        .filter(std::fs::Metadata::is_file);
    known.map_or(0, |known| known.len().clamp(BLOCK, LARGEST_STATE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iac::WalkLimits;
    use crate::iac::fixture::Tree;
    use crate::iac::walk::walk;

    #[test]
    fn what_would_be_too_much_to_read_is_left_out_and_told() {
        let large = "x".repeat(20_000);
        let tree = Tree::of(&[
            ("a/main.tf", ""),
            ("b/main.tf", ""),
            ("b/terraform.tfstate.d/dev/terraform.tfstate", &large),
            ("c/main.tf", ""),
        ]);
        let kept = |most| {
            let mut walked = walk(&tree.root(), WalkLimits::default());
            keep_within(&mut walked, &tree.root(), most);
            (walked.dirs.len(), walked.stops)
        };
        assert_eq!(kept(MOST_BYTES), (3, Vec::new()));
        let (dirs, stops) = kept(20_000);
        assert_eq!(dirs, 1);
        assert_eq!(
            stops,
            [
                "The survey ended at b: with it there is more than 0 MiB to read; 2 directories of projects were not read."
            ]
        );
    }
}
