//! The program that opens web addresses, as the environment names it. Addresses are arguments of it; no shell reads them.

use std::collections::BTreeMap;

/// A program that opens web addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Browser {
    words: Vec<String>,
}

impl Browser {
    /// The browser of this environment: the first program of `BROWSER`, else the desktop's own. `None` where a browser
    /// would open on a screen nobody sits at: over SSH, and without a desktop.
    #[must_use]
    pub fn detect(variables: &BTreeMap<String, String>) -> Option<Self> {
        let set = |name: &str| variables.get(name).filter(|value| !value.is_empty());
        if ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"]
            .into_iter()
            .any(|name| set(name).is_some())
        {
            return None;
        }
        let named = set("BROWSER").and_then(|list| Self::read(list));
        let desktop = || {
            ["DISPLAY", "WAYLAND_DISPLAY"]
                .into_iter()
                .any(|name| set(name).is_some())
        };
        named.or_else(|| match () {
            () if cfg!(target_os = "macos") => Self::read("open"),
            () if desktop() => Self::read("xdg-open"),
            () => None,
        })
    }

    /// Reads the first of a list of commands that are separated by colons, as the environment variable has it.
    fn read(list: &str) -> Option<Self> {
        let first = list.split(':').find(|command| !command.trim().is_empty())?;
        let words = first.split_whitespace().map(str::to_owned).collect();
        Some(Self { words })
    }

    /// Program and arguments that open an address: it stands for `%s`, else at the end.
    #[must_use]
    pub fn command(&self, address: &str) -> Vec<String> {
        let mut command: Vec<String> = self
            .words
            .iter()
            .map(|word| word.replace("%s", address))
            .collect();
        if !self.words.iter().any(|word| word.contains("%s")) {
            command.push(address.to_owned());
        }
        command
    }

    /// Its name, for messages.
    #[must_use]
    pub fn name(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(variables: &[(&str, &str)]) -> Option<Browser> {
        let owned = variables
            .iter()
            .map(|&(name, value)| (name.to_owned(), value.to_owned()));
        Browser::detect(&owned.collect())
    }

    #[test]
    fn over_ssh_and_without_a_desktop_there_is_no_browser() {
        assert_eq!(
            detect(&[("BROWSER", "firefox"), ("SSH_CONNECTION", "a 1 b 22")]),
            None
        );
        #[cfg(not(target_os = "macos"))]
        assert_eq!(detect(&[]), None);
    }

    #[test]
    fn the_address_is_one_argument_where_the_command_wants_it() {
        let browser = detect(&[("BROWSER", "firefox --new-tab %s:lynx")]).unwrap();
        assert_eq!(
            browser.command("https://a.example/?q=$(x) y"),
            ["firefox", "--new-tab", "https://a.example/?q=$(x) y"]
        );
        let browser = detect(&[("BROWSER", ":w3m")]).unwrap();
        assert_eq!(
            browser.command("https://a.example"),
            ["w3m", "https://a.example"]
        );
        assert_eq!(browser.name(), "w3m");
    }
}
