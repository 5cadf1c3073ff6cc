//! Places in YAML and JSON.

use super::*;
use crate::iac::source_file::LARGEST_SOURCE;

fn parsed(name: &str, text: &str) -> Result<DataFile, FileError> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, text).unwrap();
    DataFile::parse(SourceFile::read(&path, dir.path(), LARGEST_SOURCE)?)
}

fn value(name: &str, text: &str, keys: &[&str]) -> (String, u32) {
    let data = parsed(name, text).unwrap();
    let node = data.root.find(keys).unwrap();
    (data.file.slice(&node.at).to_owned(), node.number().unwrap())
}

#[test]
fn parts_know_their_places() {
    let yaml = "# ä\r\nResources:\r\n  'Fü':\r\n    M: \"256\" # MB\r\n    B: !Ref Size\r\n    C: {M: 1, N: 2}\r\n";
    assert_eq!(
        value("a.yaml", yaml, &["Resources", "Fü", "M"]),
        ("\"256\"".into(), 256)
    );
    assert_eq!(
        value("a.yaml", yaml, &["Resources", "Fü", "C", "N"]),
        ("2".into(), 2)
    );
    let json =
        "{ \"Resources\": {\t\"F\\u00fc\" : {\"M\": 256 , \"L\": [1,[]], \"s\": \"a\\\"}\"} } }";
    assert_eq!(
        value("a.json", json, &["Resources", "Fü", "M"]),
        ("256".into(), 256)
    );
    let data = parsed("a.yaml", yaml).unwrap();
    let node = data.root.find(&["Resources", "Fü", "B"]).unwrap();
    assert_eq!(
        (
            node.reference(),
            node.number(),
            data.file.line(node.at.start)
        ),
        (Some("Size"), None, 5)
    );
    let data = parsed("a.json", "{\"a\": {\"Ref\": \"Size\"}}").unwrap();
    assert_eq!(data.root.get("a").unwrap().reference(), Some("Size"));
}

#[test]
fn aliases_and_merged_maps_lead_to_where_the_value_stands() {
    let yaml = "a: &base\n  m: 1\nb:\n  <<: *base\n  n: 2\nc: *base\n";
    assert_eq!(value("a.yaml", yaml, &["b", "m"]), ("1".into(), 1));
    let data = parsed("a.yaml", yaml).unwrap();
    assert!(data.root.get("c").unwrap().is_alias);
}

#[test]
fn a_number_is_changed_in_its_quotes_and_an_entry_put_first() {
    let edited = |name: &str, text: &str, keys: &[&str]| {
        let data = parsed(name, text).unwrap();
        let node = data.root.find(keys).unwrap();
        let edit = match node.text() {
            Some(_) => Some(data.with_number(node, 512)),
            None => data.with_entry(node, "M", 512),
        };
        edit.map(|edit| edit.apply(&data.file.text))
    };
    let cases = [
        (
            "a.yml",
            "a:\n  M: '1' # x\n",
            &["a", "M"][..],
            "a:\n  M: '512' # x\n",
        ),
        (
            "a.yml",
            "a:\r\n  b: 1\r\n",
            &["a"],
            "a:\r\n  M: 512\r\n  b: 1\r\n",
        ),
        ("a.yml", "a: {b: 1}\n", &["a"], "a: {M: 512, b: 1}\n"),
        (
            "a.json",
            "{\"a\": {\n\t\"b\": 1\n}}",
            &["a"],
            "{\"a\": {\n\t\"M\": 512,\n\t\"b\": 1\n}}",
        ),
    ];
    for (name, text, keys, expected) in cases {
        assert_eq!(edited(name, text, keys).as_deref(), Some(expected));
    }
    assert_eq!(edited("a.yml", "- a: 1\n", &[]), None);
    assert_eq!(edited("a.yml", "a: {}\n", &["a"]), None);
}

#[test]
fn what_is_neither_yaml_nor_json_is_told_with_its_line() {
    let error = |name: &str, text: &str| parsed(name, text).unwrap_err().to_string();
    assert!(error("a.json", "{\n\"a\": }").starts_with("a.json:2: this is not JSON: "));
    assert!(
        error("a.yaml", "a: 1\nb: [\n").starts_with("a.yaml:"),
        "{}",
        error("a.yaml", "a: [\n")
    );
    assert!(error("a.yaml", "").contains("no YAML document"));
    let deep = "[".repeat(300);
    assert!(error("a.yaml", &deep).starts_with("a.yaml:1:"));
    let deep = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert!(error("a.json", &deep).contains("nested more than 100 deep"));
    let wide = format!("[{}1]", "1,".repeat(200_000));
    assert!(error("a.json", &wide).contains("more than 200000 parts"));
    let (opened, closed) = ("&a [".repeat(50), "]".repeat(50));
    let nested = format!("a: {opened}{}x{closed}\n", "x,".repeat(10_000));
    assert!(error("a.yaml", &nested).contains("more than 200000 parts"));
    let laughs = (0..40).fold("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned(), |text, n| {
        let m = n + 1;
        format!("{text}a{m}: &a{m} [*a{n},*a{n},*a{n},*a{n},*a{n},*a{n},*a{n},*a{n}]\n")
    });
    assert!(error("a.yaml", &laughs).contains("more than 200000 parts"));
}
