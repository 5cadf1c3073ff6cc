//! The profiles of the user's files, for who names one that is not there: the SDK asks other sources then, and says
//! that those have nothing. Headings are read as the SDK reads them, which passes over those of the wrong form.

use std::path::PathBuf;

use super::error::AwsError;
use super::words::name;
use crate::text::advice;

/// Names that are listed; a bastion has hundreds.
const LISTED: usize = 12;

/// The two files, which differ in how they write a heading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ProfileFile {
    /// `[profile NAME]`, but also `[default]`.
    Config,
    /// `[NAME]`.
    Credentials,
}

/// A file of profiles: its kind, the variable that names it, and where it is otherwise.
const FILES: [(ProfileFile, &str, &str); 2] = [
    (ProfileFile::Config, "AWS_CONFIG_FILE", "~/.aws/config"),
    (
        ProfileFile::Credentials,
        "AWS_SHARED_CREDENTIALS_FILE",
        "~/.aws/credentials",
    ),
];

/// Checks that one of the files has this profile.
///
/// # Errors
/// [`AwsError::NoProfile`] with the files that were read and the profiles they have.
pub(super) async fn check(
    profile: &str,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<(), AwsError> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let home = set("HOME");
    let (mut found, mut told, mut ignored) = (Vec::new(), Vec::new(), None);
    for (kind, named_by, usual) in FILES {
        let path = set(named_by).unwrap_or_else(|| usual.to_owned());
        let (path, text) = read(path, home.as_deref()).await;
        let state = match &text {
            Ok(text) => {
                let named = headings(text).filter_map(|heading| kind.profile(heading));
                found.extend(named.map(str::to_owned));
                let mut wrong = headings(text).filter(|it| kind.ignores(it, profile));
                ignored = ignored.or_else(|| Some(kind.mend(wrong.next()?, profile, &path)));
                damage(text)
            }
            Err(why) => Some(why.clone()),
        };
        told.push(match state {
            Some(state) => format!("'{path}' ({state})"),
            None => format!("'{path}'"),
        });
    }
    if found.iter().any(|named| named == profile) {
        return Ok(());
    }
    Err(AwsError::NoProfile {
        profile: profile.to_owned(),
        read: told.join(" and "),
        remedy: ignored.unwrap_or_else(|| remedy(profile, found)),
    })
}

/// The path and the text of a file, or why there is none.
async fn read(path: String, home: Option<&str>) -> (String, Result<String, String>) {
    let at = match (path.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        (Some(_), None) => {
            let why = "which is not read: HOME is not set".to_owned();
            return (path, Err(why));
        }
        (None, _) => PathBuf::from(path),
    };
    let text = tokio::fs::read_to_string(&at).await;
    let text = text.map_err(|why| match why.kind() {
        std::io::ErrorKind::NotFound => "which is not there".to_owned(),
        _ => format!("which cannot be read: {why}"),
    });
    (at.display().to_string(), text)
}

impl ProfileFile {
    /// The profile that a heading begins.
    fn profile(self, heading: &str) -> Option<&str> {
        let (prefix, named) = parts(heading);
        let is_form = match self {
            Self::Config => prefix == Some("profile") || prefix.is_none() && named == "default",
            Self::Credentials => prefix.is_none(),
        };
        (is_form && named.chars().all(may_be_in_name)).then_some(named)
    }

    /// Whether a heading was meant to begin this profile, but is of the other file's form.
    fn ignores(self, heading: &str, profile: &str) -> bool {
        let (prefix, named) = parts(heading);
        let is_of_profile = prefix.is_none_or(|prefix| prefix == "profile");
        is_of_profile && named == profile && self.profile(heading).is_none()
    }

    /// What is wrong with a heading that is ignored, and what to write.
    fn mend(self, heading: &str, profile: &str, path: &str) -> String {
        let (heading, profile) = (name(heading), name(profile));
        if !profile.chars().all(may_be_in_name) {
            return format!(
                "[{heading}] in '{path}' is passed over: a name has letters, digits and _-/.%@:+ only"
            );
        }
        match self {
            Self::Config => format!(
                "[{heading}] in '{path}' lacks the word 'profile': write [profile {profile}]"
            ),
            Self::Credentials => format!(
                "[{heading}] in '{path}' must not have the word 'profile': write [{profile}]"
            ),
        }
    }
}

/// The word before the name in a heading, and the name.
fn parts(heading: &str) -> (Option<&str>, &str) {
    match heading.split_once(BLANK) {
        Some((prefix, named)) => (Some(prefix), named.trim()),
        None => (None, heading),
    }
}

const BLANK: [char; 2] = [' ', '\t'];

fn may_be_in_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "_-/.%@:+".contains(letter)
}

/// What stands in the brackets of the headings. An indented line continues the one before.
fn headings(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().filter(|line| line.starts_with('['));
    lines.filter_map(|line| Some(inside(line)?.trim_matches(BLANK)))
}

/// What the brackets of a line hold; none when they do not close at its end, or at a comment.
fn inside(line: &str) -> Option<&str> {
    let line = line.split(['#', ';']).next()?.trim_matches(BLANK);
    line.strip_prefix('[')?.strip_suffix(']')
}

/// The first line that begins a heading and does not end it.
fn damage(text: &str) -> Option<String> {
    let is_open = |line: &str| line.starts_with('[') && inside(line).is_none();
    let at = text.lines().position(is_open)?;
    Some(format!("whose line {} does not end with a ']'", at + 1))
}

fn remedy(profile: &str, mut found: Vec<String>) -> String {
    found.sort();
    found.dedup();
    let found: Vec<String> = found.iter().map(|known| name(known)).collect();
    let names: Vec<&str> = found.iter().map(String::as_str).collect();
    advice(profile, &names, LISTED).unwrap_or_else(|| {
        format!(
            "no profile is in there: 'aws configure sso --profile {profile}' makes one; or leave out --profile and AWS_PROFILE"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn checked(profile: &str, files: &[(&str, &str)]) -> Result<(), String> {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join(".aws")).unwrap();
        for (path, text) in files {
            std::fs::write(home.path().join(path), text).unwrap();
        }
        let at = home.path().display().to_string();
        let variable = |name: &str| match name {
            "HOME" => Some(at.clone()),
            "AWS_CONFIG_FILE" => Some(String::new()),
            _ => None,
        };
        let checked = check(profile, variable).await;
        checked.map_err(|error| error.to_string().replace(&at, "~"))
    }

    const CONFIG: (&str, &str) = (
        ".aws/config",
        "# mine\n[default]\nregion = eu-west-1\n[profile work] # x\nsso_session = s\n[sso-session s]\n",
    );
    const CREDENTIALS: (&str, &str) = (".aws/credentials", "[ci]\naws_access_key_id = A\n");

    #[tokio::test]
    async fn a_profile_of_either_file_is_there() {
        for profile in ["default", "work", "ci"] {
            assert_eq!(checked(profile, &[CONFIG, CREDENTIALS]).await, Ok(()));
        }
    }

    #[tokio::test]
    async fn a_profile_that_is_not_there_is_told_with_the_files_and_what_they_have() {
        assert_eq!(
            checked("wrok", &[CONFIG, CREDENTIALS]).await.unwrap_err(),
            "the AWS profile 'wrok' does not exist in '~/.aws/config' and '~/.aws/credentials'; did you mean 'work'?"
        );
        assert_eq!(
            checked("nope", &[CONFIG]).await.unwrap_err(),
            "the AWS profile 'nope' does not exist in '~/.aws/config' and '~/.aws/credentials' (which is not there); use one of 'default', 'work'"
        );
        assert!(
            checked("s", &[CONFIG]).await.is_err(),
            "a session is no profile"
        );
        let damaged = checked("work", &[(".aws/config", "\n[profile work\n")])
            .await
            .unwrap_err();
        assert!(
            damaged.contains("'~/.aws/config' (whose line 2 does not end with a ']') and"),
            "{damaged}"
        );
        let without = checked("nope", &[]).await.unwrap_err();
        assert!(
            without.contains("aws configure sso --profile nope"),
            "{without}"
        );
    }

    async fn remedy_of(profile: &str, path: &str, text: &str) -> String {
        let error = checked(profile, &[(path, text)]).await.unwrap_err();
        let (_, remedy) = error.split_once("; ").unwrap();
        remedy.to_owned()
    }

    #[tokio::test]
    async fn a_heading_of_the_other_files_form_is_no_profile_and_its_mend_is_told() {
        assert_eq!(
            remedy_of("work", ".aws/config", "[work]\nregion = eu-west-1\n").await,
            "[work] in '~/.aws/config' lacks the word 'profile': write [profile work]"
        );
        assert_eq!(
            remedy_of("ci", ".aws/credentials", "[profile ci]\n").await,
            "[profile ci] in '~/.aws/credentials' must not have the word 'profile': write [ci]"
        );
        assert_eq!(
            remedy_of("my work", ".aws/config", "[profile my work]\n").await,
            "[profile my work] in '~/.aws/config' is passed over: a name has letters, digits and _-/.%@:+ only"
        );
        let both = [(".aws/config", "[ci]\n"), CREDENTIALS];
        assert_eq!(checked("ci", &both).await, Ok(()), "the other file has it");
        let indented = checked("work", &[(".aws/config", " [profile work]\n")]).await;
        assert!(indented.is_err(), "an indented line is no heading");
    }

    #[tokio::test]
    async fn without_a_home_no_file_of_the_working_directory_is_read() {
        let error = check("work", |_| None).await.unwrap_err().to_string();
        let told = "'~/.aws/config' (which is not read: HOME is not set)";
        assert!(error.contains(told), "{error}");
    }
}
