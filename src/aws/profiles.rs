//! The profiles of the user's files, for who names one that is not there: the SDK asks other sources then, and says
//! that those have nothing.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::AwsError;
use super::words::name;
use crate::text::nearest;

/// Names that are listed; a bastion has hundreds.
const LISTED: usize = 12;

/// A file of profiles: the variable that names it, and where it is otherwise.
const FILES: [(&str, &str); 2] = [
    ("AWS_CONFIG_FILE", ".aws/config"),
    ("AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials"),
];

/// Checks that one of the files has this profile.
///
/// # Errors
/// [`AwsError::NoProfile`] with the files that were read and the profiles they have.
pub(super) fn check(
    profile: &str,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<(), AwsError> {
    let (mut found, mut read) = (Vec::new(), Vec::new());
    for (path, text) in files(&variable) {
        let path = path.display();
        match text {
            Ok(text) => {
                found.extend(sections(&text).map(str::to_owned));
                read.push(match damage(&text) {
                    Some(line) => format!("'{path}' (whose line {line} lacks a ']')"),
                    None => format!("'{path}'"),
                });
            }
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => {
                read.push(format!("'{path}' (which is not there)"));
            }
            Err(why) => read.push(format!("'{path}' (which cannot be read: {why})")),
        }
    }
    if found.iter().any(|section| section == profile) {
        return Ok(());
    }
    found.sort();
    found.dedup();
    Err(AwsError::NoProfile {
        profile: profile.to_owned(),
        read: read.join(" and "),
        remedy: remedy(profile, &found),
    })
}

fn files(
    variable: impl Fn(&str) -> Option<String>,
) -> impl Iterator<Item = (PathBuf, std::io::Result<String>)> {
    let set = move |name: &str| variable(name).filter(|value| !value.is_empty());
    let home = PathBuf::from(set("HOME").unwrap_or_default());
    FILES.into_iter().map(move |(named_by, usual)| {
        let path = match set(named_by) {
            Some(path) => match path.strip_prefix("~/") {
                Some(rest) => home.join(rest),
                None => PathBuf::from(path),
            },
            None => home.join(usual),
        };
        let text = std::fs::read(&path);
        (
            path,
            text.map(|text| String::from_utf8_lossy(&text).into_owned()),
        )
    })
}

/// The names of the profiles of a file: `[profile NAME]` in the one, `[NAME]` in the other.
fn sections(text: &str) -> impl Iterator<Item = &str> {
    let headings = text.lines().filter_map(|line| {
        let (heading, _) = line.trim_start().strip_prefix('[')?.split_once(']')?;
        Some(heading.trim())
    });
    headings.filter_map(|heading| match heading.split_once(char::is_whitespace) {
        Some(("profile", name)) => Some(name.trim()),
        Some(_) => None,
        None => Some(heading),
    })
}

/// The first line that begins a heading and does not end it.
fn damage(text: &str) -> Option<usize> {
    let begins = |line: &str| line.trim_start().starts_with('[') && !line.contains(']');
    text.lines().position(begins).map(|at| at + 1)
}

fn remedy(profile: &str, found: &[String]) -> String {
    let names: Vec<&str> = found.iter().map(String::as_str).collect();
    if names.is_empty() {
        return format!(
            "no profile is in there: 'aws configure sso --profile {profile}' makes one; or leave out --profile and AWS_PROFILE"
        );
    }
    let mut remedy = match nearest(profile, &names) {
        Some(meant) => format!("did you mean '{}'? There are ", name(meant)),
        None => "choose one of ".to_owned(),
    };
    let listed: Vec<String> = names.iter().take(LISTED).map(|known| name(known)).collect();
    remedy.push_str(&listed.join(", "));
    if names.len() > LISTED {
        write!(remedy, " and {} more", names.len() - LISTED).ok();
    }
    remedy
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(profile: &str, files: &[(&str, &str)]) -> Result<(), String> {
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
        let checked = check(profile, variable);
        checked.map_err(|error| error.to_string().replace(&at, "~"))
    }

    const CONFIG: (&str, &str) = (
        ".aws/config",
        "# mine\n[default]\nregion = eu-west-1\n[profile work] # x\nsso_session = s\n[sso-session s]\n",
    );
    const CREDENTIALS: (&str, &str) = (".aws/credentials", "[ci]\naws_access_key_id = A\n");

    #[test]
    fn a_profile_of_either_file_is_there() {
        for profile in ["default", "work", "ci"] {
            assert_eq!(checked(profile, &[CONFIG, CREDENTIALS]), Ok(()));
        }
    }

    #[test]
    fn a_profile_that_is_not_there_is_told_with_the_files_and_what_they_have() {
        assert_eq!(
            checked("wrok", &[CONFIG, CREDENTIALS]).unwrap_err(),
            "the AWS profile 'wrok' does not exist in '~/.aws/config' and '~/.aws/credentials'; did you mean 'work'? There are ci, default, work"
        );
        assert_eq!(
            checked("nope", &[CONFIG]).unwrap_err(),
            "the AWS profile 'nope' does not exist in '~/.aws/config' and '~/.aws/credentials' (which is not there); choose one of default, work"
        );
        assert!(checked("s", &[CONFIG]).is_err(), "a session is no profile");
        let damaged = checked("work", &[(".aws/config", "\n[profile work\n")]).unwrap_err();
        assert!(
            damaged.contains("'~/.aws/config' (whose line 2 lacks a ']') and"),
            "{damaged}"
        );
        let without = checked("nope", &[]).unwrap_err();
        assert!(
            without.contains("aws configure sso --profile nope"),
            "{without}"
        );
    }
}
