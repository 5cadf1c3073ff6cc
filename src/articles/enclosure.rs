//! What comes with an article beside its text: recordings, pictures, documents.

use serde::{Deserialize, Serialize};

use super::address;

/// Something that comes with an article. Texts come from outside: whoever shows them makes them safe first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Enclosure {
    /// Where it is, absolute.
    pub url: String,
    /// What it is: a media type, or its first half.
    pub media_type: Option<String>,
    /// Its size in bytes.
    pub bytes: Option<u64>,
    /// How long it plays, in seconds.
    pub seconds: Option<u64>,
    /// What it is called.
    pub title: Option<String>,
}

impl Enclosure {
    /// What it is called: its title, else the name of its file, else its address.
    #[must_use]
    pub fn name(&self) -> String {
        let title = self.title.clone().filter(|title| !title.trim().is_empty());
        title
            .or_else(|| address::file_name(&self.url))
            .unwrap_or_else(|| self.url.clone())
    }

    /// Type, size and duration, as far as they are known.
    pub(super) fn facts(&self) -> String {
        let duration = self.seconds.map(|all| {
            let (hours, minutes, seconds) = (all / 3600, all / 60 % 60, all % 60);
            match hours {
                0 => format!("{minutes}:{seconds:02}"),
                _ => format!("{hours}:{minutes:02}:{seconds:02}"),
            }
        });
        let known = [self.media_type.clone(), self.bytes.map(size), duration];
        known.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// A size in the unit that leaves the fewest digits; units of a thousand, as players have them.
fn size(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{:.0} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_an_enclosure_is_said() {
        let mut enclosure = Enclosure {
            url: "https://cdn.example/talks/7.mp3?x".to_owned(),
            media_type: Some("audio/mpeg".to_owned()),
            bytes: Some(62_447_386),
            seconds: Some(3723),
            title: None,
        };
        assert_eq!(enclosure.name(), "7.mp3");
        assert_eq!(enclosure.facts(), "audio/mpeg · 62.4 MB · 1:02:03");
        enclosure = Enclosure {
            url: "https://cdn.example/".to_owned(),
            seconds: Some(63),
            bytes: Some(999),
            ..Enclosure::default()
        };
        assert_eq!(enclosure.facts(), "999 B · 1:03");
        assert_eq!(enclosure.name(), "https://cdn.example/");
        enclosure.title = Some("Talk".to_owned());
        assert_eq!(enclosure.name(), "Talk");
    }
}
