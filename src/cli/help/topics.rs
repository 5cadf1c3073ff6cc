//! The topics: their names, and their texts in HTML, as the bundled notes are kept.

use crate::aws::policy::{AccessLevel, document};
use crate::keys::{Keymap, help};

/// What is explained at length where the program runs.
pub(in crate::cli) struct Topic {
    /// What is typed after `help`.
    pub(in crate::cli) name: &'static str,
    /// What it is about, as its title and in the list.
    pub(in crate::cli) about: &'static str,
    text: TopicText,
}

/// Where the text of a topic comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TopicText {
    /// It was written down.
    Kept(&'static str),
    /// The keymap.
    Keys,
    /// The table of rights.
    Rights,
}

impl Topic {
    const fn kept(name: &'static str, about: &'static str, text: &'static str) -> Self {
        let text = TopicText::Kept(text);
        Self { name, about, text }
    }

    /// Whether it tells of the user's own keys.
    pub(super) fn is_of_keys(&self) -> bool {
        self.text == TopicText::Keys
    }

    /// The topic with its title, in HTML.
    pub(in crate::cli) fn html(&self, keymap: &Keymap) -> String {
        let text = match self.text {
            TopicText::Kept(text) => text.to_owned(),
            TopicText::Keys => format!("{ABOUT_KEYS}{}", help::html(keymap)),
            TopicText::Rights => rights(),
        };
        format!("<h1>{}</h1>\n{text}", self.about)
    }
}

/// Every topic, in the order of a reader.
pub(in crate::cli) const TOPICS: [Topic; 8] = [
    Topic {
        name: "keys",
        about: "Every key",
        text: TopicText::Keys,
    },
    Topic {
        name: "rights",
        about: "The rights that iacstone needs",
        text: TopicText::Rights,
    },
    Topic::kept(
        "configuration",
        "Where settings come from",
        include_str!("../../../assets/help/configuration.html"),
    ),
    Topic::kept(
        "safety",
        "How the function is kept safe",
        include_str!("../../../assets/help/safety.html"),
    ),
    Topic::kept(
        "sampling",
        "How many samples, and how sure",
        include_str!("../../../assets/help/sampling.html"),
    ),
    Topic::kept(
        "scripts",
        "The commands, for scripts",
        include_str!("../../../assets/help/scripts.html"),
    ),
    Topic::kept(
        "exit-codes",
        "How commands end",
        include_str!("../../../assets/help/exit-codes.html"),
    ),
    Topic::kept(
        "comparison",
        "Beside other tools",
        include_str!("../../../assets/help/comparison.html"),
    ),
];

const ABOUT_KEYS: &str = include_str!("../../../assets/help/keys.html");

/// The functions that the policies are for.
const FUNCTIONS: &str = "arn:aws:lambda:eu-west-1:123456789012:function:*";

/// What each level is for, and its policy.
fn rights() -> String {
    let about = include_str!("../../../assets/help/rights.html").to_owned();
    let levels = AccessLevel::ALL.map(|level| {
        let (name, about) = (level.name(), level.about());
        let policy = document(level, FUNCTIONS);
        format!(
            "<h2>{name}</h2>\n<p>{about}</p>\n<pre><code class=\"language-json\">{policy}</code></pre>\n"
        )
    });
    about + &levels.concat()
}
