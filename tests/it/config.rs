//! Configuration, keymap and theme files as users write them: right ones are read, wrong ones get their sentence.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use iacstone::app::keymap;
use iacstone::cli::args::Cli;
use iacstone::config::{ConfigError, Environment, FileConfig, GlobalArgs, Places, Settings, join};
use iacstone::keys::Action;
use iacstone::theme::Theme;
use iacstone::toml_file::FileError;
use proptest::prelude::*;

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/config");
    let entries = fs::read_dir(root.join(folder)).unwrap();
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "toml"))
        .collect();
    paths.sort();
    assert!(paths.len() > 5, "{folder} holds {} fixtures", paths.len());
    paths
}

/// Reads a fixture as what the first word of its name says it is.
fn read(path: &Path) -> Result<(), FileError> {
    let text = fs::read_to_string(path).unwrap();
    let stem = path.file_stem().unwrap().to_str().unwrap();
    match stem.split('-').next().unwrap() {
        "config" => FileConfig::parse("config.toml", &text).map(drop),
        "keymap" => keymap().merged("keymap.toml", &text).map(drop),
        "theme" => Theme::defaults().merged("theme.toml", &text).map(drop),
        kind => panic!("{stem} is a fixture of unknown kind '{kind}'"),
    }
}

#[test]
fn right_files_are_read() {
    for path in fixtures("valid") {
        if let Err(error) = read(&path) {
            panic!("{}: {error}", path.display());
        }
    }
}

#[test]
fn wrong_files_get_the_sentence_beside_them() {
    for path in fixtures("invalid") {
        let expected = fs::read_to_string(path.with_extension("txt")).unwrap();
        match read(&path) {
            Ok(()) => panic!("{} was taken", path.display()),
            Err(error) => assert_eq!(error.to_string(), expected.trim_end(), "{}", path.display()),
        }
    }
}

/// The settings of a folder that holds these files and of `iacstone --config FOLDER/config.toml`.
fn load(files: &[(&str, &str)]) -> Result<Settings, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let config = folder.path().join("config.toml");
    let flags = Cli::parse_from(["iacstone".as_ref(), "--config".as_ref(), config.as_os_str()]);
    let places = Places {
        data_dir: Some("/data".into()),
        ..Places::of(&flags.global)
    };
    join(
        &flags.global,
        &Environment::default(),
        &places.read(keymap())?,
    )
}

#[test]
fn a_named_file_must_exist() {
    let error = load(&[]).unwrap_err();
    assert!(matches!(error, ConfigError::Missing(_)), "{error}");
    assert!(error.to_string().contains("check --config"), "{error}");
}

#[test]
fn keymap_and_theme_are_read_beside_the_configuration() {
    let settings = load(&[
        ("config.toml", ""),
        ("keymap.toml", "[global]\nquit = [\"Z\"]\n"),
        ("theme.toml", "error = \"underline\"\n"),
    ])
    .unwrap();
    assert_eq!(settings.keymap.hint(Action::QUIT), "Z");
    let last_two = settings.resolved.iter().rev().take(2);
    for resolved in last_two {
        let value = resolved.value.as_deref().unwrap_or_default();
        assert!(
            value.ends_with(&format!("{}.toml", resolved.key)),
            "{value}"
        );
    }
}

#[test]
fn a_wrong_file_is_named_with_its_whole_path_and_line() {
    let error = load(&[("config.toml", "\n[tuning]\nnum = 1\n")]).unwrap_err();
    let error = error.to_string();
    assert!(error.starts_with('/'), "{error}");
    assert!(
        error.contains("/config.toml:3: 'num' cannot be 1"),
        "{error}"
    );
}

#[test]
fn relative_paths_start_at_the_configuration() {
    let settings = load(&[("config.toml", "log-file = \"it.log\"\n")]).unwrap();
    let log = settings.log_file.unwrap();
    assert!(
        log.is_absolute() && log.ends_with("it.log"),
        "{}",
        log.display()
    );
}

#[test]
fn what_is_no_text_file_is_an_error_not_a_default() {
    let folder = tempfile::tempdir().unwrap();
    let latin1 = folder.path().join("latin1.toml");
    fs::write(&latin1, b"# caf\xe9\n").unwrap();
    for path in [folder.path().to_owned(), latin1] {
        let places = Places {
            config: Some(path.clone()),
            named: true,
            data_dir: None,
        };
        let error = places.read(keymap()).unwrap_err();
        assert!(matches!(error, ConfigError::Unreadable { .. }), "{error}");
        assert!(
            error.to_string().contains(path.to_str().unwrap()),
            "{error}"
        );
    }
}

#[test]
fn an_absent_usual_file_leaves_the_defaults() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places {
        config: Some(folder.path().join("config.toml")),
        named: false,
        data_dir: Some("/data".into()),
    };
    let settings = join(
        &GlobalArgs::default(),
        &Environment::default(),
        &places.read(keymap()).unwrap(),
    )
    .unwrap();
    assert_eq!(settings.keymap, keymap());
    assert_eq!(settings.data_dir, Some("/data".into()));
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        0,
        "nothing is written"
    );
}

/// Every fixture and the example, cut and with one character changed, is read or refused with a line.
fn mangled() -> impl Strategy<Value = String> {
    let mut texts = vec![include_str!("../../config.example.toml").to_owned()];
    for path in fixtures("valid").iter().chain(&fixtures("invalid")) {
        texts.push(fs::read_to_string(path).unwrap());
    }
    let place = any::<prop::sample::Index>();
    (
        prop::sample::select(texts),
        place.clone(),
        place,
        any::<char>(),
    )
        .prop_map(|(text, change, cut, other)| {
            let length = text.chars().count() + 1;
            let (change, cut) = (change.index(length), cut.index(length));
            let characters = text.chars().enumerate().take(cut);
            characters
                .map(|(at, it)| if at == change { other } else { it })
                .collect()
        })
}

proptest! {
    #[test]
    fn no_file_makes_a_reader_panic_or_blame_a_line_that_is_not_there(text in mangled()) {
        let readers = [
            FileConfig::parse("f", &text).map(drop),
            keymap().merged("f", &text).map(drop),
            Theme::defaults().merged("f", &text).map(drop),
        ];
        for error in readers.into_iter().filter_map(Result::err) {
            let lines = text.matches('\n').count() + 1;
            prop_assert!((1..=lines).contains(&error.line), "{error}");
            prop_assert!(!error.message.contains('\n'), "{error}");
        }
    }
}
