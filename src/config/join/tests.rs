//! Tests of the join: who wins, what is refused, what the demo leaves out.

use super::*;
use crate::config::{FileConfig, SettingSource};
use crate::keys::Keymap;

const FILE: &str = "\
offline = true
data-dir = \"~/runs\"
log-file = \"log.txt\"
[aws]
profile = \"file-profile\"
region = \"eu-west-3\"
endpoint-url = \"http://file:1\"
[screen]
color = \"256\"
ascii = true
[tuning]
num = 50
";

fn files(text: &str) -> Files {
    Files {
        config: FileConfig::parse("config.toml", text).unwrap(),
        folder: "/etc/iacstone".into(),
        ..Files::absent(Some("/data".into()), Keymap::default())
    }
}

fn joined(flags: &GlobalArgs, environment: &[(&str, &str)], text: &str) -> Settings {
    let environment = environment.iter().copied().collect();
    join(flags, &environment, &files(text)).unwrap()
}

fn origin(settings: &Settings, key: &str) -> String {
    let mut resolved = settings.resolved.iter();
    let found = resolved.find(|it| it.key == key);
    found
        .unwrap_or_else(|| panic!("no {key}"))
        .origin
        .to_string()
}

const VARIABLES: &[(&str, &str)] = &[
    ("HOME", "/home/me"),
    ("AWS_PROFILE", "env-profile"),
    ("AWS_DEFAULT_REGION", "eu-west-2"),
    ("AWS_ENDPOINT_URL", "http://env:2"),
    ("IACSTONE_DATA_DIR", "/env"),
    ("NO_COLOR", "1"),
];

#[test]
fn the_command_line_beats_the_environment() {
    let flags = GlobalArgs {
        profile: Some("flag-profile".into()),
        region: Some("eu-west-1".into()),
        endpoint_url: Some("http://flag:3".parse().unwrap()),
        data_dir: Some("/flag".into()),
        offline: Some(false),
        color: Some(ColorChoice::True),
        ascii: Some(false),
        ..GlobalArgs::default()
    };
    let settings = joined(&flags, VARIABLES, FILE);
    assert_eq!(settings.profile.as_deref(), Some("flag-profile"));
    assert_eq!(settings.region.as_deref(), Some("eu-west-1"));
    assert_eq!(
        settings.endpoint_url.as_ref().unwrap().as_str(),
        "http://flag:3"
    );
    assert_eq!(settings.data_dir, Some("/flag".into()));
    assert_eq!(settings.color, ColorDepth::True);
    assert!(!settings.offline && !settings.ascii);
    assert_eq!(origin(&settings, "aws.region"), "--region");
}

#[test]
fn the_environment_beats_the_file() {
    let settings = joined(&GlobalArgs::default(), VARIABLES, FILE);
    assert_eq!(settings.profile.as_deref(), Some("env-profile"));
    assert_eq!(settings.region.as_deref(), Some("eu-west-2"));
    assert_eq!(
        settings.endpoint_url.as_ref().unwrap().as_str(),
        "http://env:2"
    );
    assert_eq!(settings.data_dir, Some("/env".into()));
    assert_eq!(settings.color, ColorDepth::None);
    assert_eq!(origin(&settings, "aws.region"), "AWS_DEFAULT_REGION");
}

#[test]
fn the_file_beats_the_defaults_and_its_paths_are_resolved() {
    let settings = joined(&GlobalArgs::default(), &[("HOME", "/home/me")], FILE);
    assert_eq!(settings.region.as_deref(), Some("eu-west-3"));
    assert_eq!(settings.data_dir, Some("/home/me/runs".into()));
    assert_eq!(settings.log_file, Some("/etc/iacstone/log.txt".into()));
    assert_eq!(
        (settings.color, settings.tuning.num),
        (ColorDepth::TwoFiftySix, 50.into())
    );
    assert!(settings.offline && settings.ascii);
    assert_eq!(origin(&settings, "aws.region"), "config.toml:6");
    assert_eq!(origin(&settings, "tuning.powers"), "default");
}

#[test]
fn the_narrower_variable_beats_the_wider_one() {
    let variables = [
        ("AWS_REGION", "us-east-1"),
        ("AWS_DEFAULT_REGION", "us-east-2"),
        ("AWS_ENDPOINT_URL", "http://all"),
        ("AWS_ENDPOINT_URL_LAMBDA", "http://lambda"),
    ];
    let settings = joined(&GlobalArgs::default(), &variables, "");
    assert_eq!(settings.region.as_deref(), Some("us-east-1"));
    assert_eq!(settings.endpoint_url.unwrap().as_str(), "http://lambda");
}

#[test]
fn the_demo_touches_nothing_of_the_users() {
    let demo = GlobalArgs {
        demo: true,
        ..GlobalArgs::default()
    };
    let wrong_here = ("AWS_ENDPOINT_URL", "not a url");
    let settings = joined(&demo, &[("AWS_PROFILE", "mine"), wrong_here], FILE);
    assert_eq!((&settings.profile, &settings.region), (&None, &None));
    assert_eq!((&settings.endpoint_url, &settings.data_dir), (&None, &None));
    let settings = joined(&demo, &[("IACSTONE_DATA_DIR", "/env")], FILE);
    assert_eq!(settings.data_dir, Some("/env".into()));
}

#[test]
fn the_demo_and_an_endpoint_exclude_each_other() {
    let flags = GlobalArgs {
        demo: true,
        endpoint_url: Some("http://localhost".parse().unwrap()),
        ..GlobalArgs::default()
    };
    let error = join(&flags, &Environment::default(), &files("")).unwrap_err();
    assert!(error.to_string().contains("leave out --endpoint-url"));
}

#[test]
fn a_wrong_variable_is_named() {
    for (variable, value) in [("AWS_REGION", "mars"), ("AWS_ENDPOINT_URL", "localhost")] {
        let environment = [(variable, value)].into_iter().collect();
        let error = join(&GlobalArgs::default(), &environment, &files("")).unwrap_err();
        let error = error.to_string();
        assert!(error.contains(variable) && error.contains(value), "{error}");
    }
}

#[test]
fn without_a_home_the_data_needs_a_place() {
    let homeless = Files::absent(None, Keymap::default());
    let error = join(&GlobalArgs::default(), &Environment::default(), &homeless);
    assert!(error.unwrap_err().to_string().contains("--data-dir"));
    let environment = [("IACSTONE_DATA_DIR", "/env")].into_iter().collect();
    assert!(join(&GlobalArgs::default(), &environment, &homeless).is_ok());
}

#[test]
fn auto_leaves_colours_and_characters_to_the_terminal() {
    let terminal = [("TERM", "xterm-256color"), ("LANG", "C.UTF-8")];
    let text = "[screen]\ncolor = \"auto\"\nascii = \"auto\"\n";
    let flags = GlobalArgs {
        color: Some(ColorChoice::Auto),
        ..GlobalArgs::default()
    };
    let settings = joined(&flags, &terminal, text);
    assert_eq!(
        (settings.color, settings.ascii),
        (ColorDepth::TwoFiftySix, false)
    );
    assert_eq!(origin(&settings, "screen.color"), "TERM");
    let bare = joined(&flags, &[], text);
    assert_eq!((bare.color, bare.ascii), (ColorDepth::None, true));
}

#[test]
fn the_theme_is_the_one_the_terminal_can_show() {
    let settings = joined(&GlobalArgs::default(), &[("NO_COLOR", "1")], "");
    assert_eq!(
        settings.theme,
        crate::theme::Theme::defaults().at(ColorDepth::None)
    );
}

#[test]
fn the_example_file_says_the_defaults() {
    let variables = [("TERM", "xterm"), ("LANG", "C.UTF-8")];
    let example = include_str!("../../../config.example.toml");
    let mut from_example = joined(&GlobalArgs::default(), &variables, example);
    let defaults = joined(&GlobalArgs::default(), &variables, "");
    for (one, other) in from_example.resolved.iter().zip(&defaults.resolved) {
        assert_eq!((one.key, &one.value), (other.key, &other.value));
    }
    from_example.resolved.clone_from(&defaults.resolved);
    assert_eq!(from_example, defaults);
}

#[test]
fn a_users_keymap_and_theme_file_are_named_as_origins() {
    let mut with_files = files("");
    with_files.keymap_file = Some("keymap.toml".to_owned());
    let settings = join(&GlobalArgs::default(), &Environment::default(), &with_files).unwrap();
    assert_eq!(origin(&settings, "keymap"), "keymap.toml");
    assert_eq!(
        settings.resolved.last().unwrap().origin,
        SettingSource::Default
    );
}

#[test]
fn a_tilde_without_a_home_is_refused_with_its_line() {
    let tilde = files("\nlog-file = \"~/it.log\"\n");
    let error = join(&GlobalArgs::default(), &Environment::default(), &tilde).unwrap_err();
    let error = error.to_string();
    assert!(
        error.starts_with("config.toml:2: '~/it.log' needs a home"),
        "{error}"
    );
}
