//! Entries kept: of the documents that feedparser is tested with, as many entries come out as feedparser finds.

use std::process::Command;

use super::*;

/// Names the folder of feedparser's source archive, unpacked; its module must be importable by `python3` there.
const ARCHIVE: &str = "FEEDPARSER_ARCHIVE";

/// Documents of which fewer entries are kept, by a part of their path, and why.
const LOST: [(&str, &str); 12] = [
    ("/cdf/", "the Channel Definition Format is not read"),
    ("base/cdf_", "the Channel Definition Format is not read"),
    (
        "http/http_status_304.xml",
        "an item of RSS is no entry of Atom",
    ),
    ("http/target.xml", "an item of RSS is no entry of Atom"),
    (
        "url_base_content_location.xml",
        "an item of RSS is no entry of Atom",
    ),
    ("url_base_docuri.xml", "an item of RSS is no entry of Atom"),
    (
        "unknown-namespace.xml",
        "an item of RSS is no entry of Atom",
    ),
    (
        "rss_incomplete_cdata.xml",
        "its only entry ends in the middle",
    ),
    (
        "entry_content_xml_lang_blank_3.xml",
        "it has one entry twice",
    ),
    ("atom10_arbitrary_element.xml", "it has one entry twice"),
    ("atom10_id.xml", "it has one entry twice"),
    ("atom10_title.xml", "it has one entry twice"),
];

/// How many entries feedparser finds in each document: counts and paths.
fn counted_by_feedparser(archive: &Path) -> Option<Vec<(usize, String)>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/count_entries.py");
    let mut python = Command::new("python3");
    let python = python.arg(script).arg(archive.join("tests"));
    let output = python.env_remove("PYTHONHOME").output().ok()?;
    let lines = String::from_utf8(output.stdout)
        .ok()
        .filter(|_| output.status.success())?;
    let line = |line: &str| {
        let (count, path) = line.split_once('\t')?;
        Some((count.parse().ok()?, path.to_owned()))
    };
    Some(lines.lines().filter_map(line).collect())
}

#[test]
#[expect(clippy::print_stderr, reason = "a check that is skipped says so")]
fn as_many_entries_are_kept_as_feedparser_finds() {
    let Some(archive) = std::env::var_os(ARCHIVE).map(std::path::PathBuf::from) else {
        return eprintln!("skipped: {ARCHIVE} does not name feedparser's source archive");
    };
    let Some(counts) = counted_by_feedparser(&archive) else {
        return eprintln!("skipped: python3 cannot import feedparser");
    };
    let kept = |path: &str| {
        let document = load(&archive.join("tests").join(path)).unwrap();
        read(document, path, now()).map_or(0, |contents| contents.articles.len())
    };
    let lost: Vec<_> = counts
        .iter()
        .filter(|(count, path)| kept(path) < *count)
        .collect();
    eprintln!(
        "{} of {} documents have fewer entries",
        lost.len(),
        counts.len()
    );
    let is_known = |path: &str| LOST.iter().any(|(known, _)| path.contains(known));
    let unknown: Vec<_> = lost.iter().filter(|(_, path)| !is_known(path)).collect();
    assert!(!counts.is_empty(), "feedparser reads none of its documents");
    assert!(unknown.is_empty(), "{unknown:#?}");
    assert!(
        lost.len() * 100 <= counts.len(),
        "more than one in a hundred"
    );
}
