//! Characters that draw nothing: which they are, and where they are part of what is written.

use unicode_width::UnicodeWidthChar;

/// Whether a character draws nothing, or changes how wide its neighbours are drawn.
pub(super) const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'..='\u{2065}'
            | '\u{206a}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether a character reorders the text after it: bidi embeddings, overrides and isolates.
pub(super) const fn is_reordering(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether the invisible character that `rest` begins with is part of what is written: a joiner between two emoji or in a
/// word of a script that needs it, a selector after the character it selects a form of. `before` stands before it and is shown.
pub(super) fn belongs(before: Option<char>, rest: &str) -> bool {
    let mut characters = rest.chars();
    let (Some(before), Some(character)) = (before, characters.next()) else {
        return false;
    };
    let after = characters.next();
    match character {
        '\u{200d}' if is_emoji(before) => {
            after.is_some_and(|after| is_emoji(after) && !is_invisible(after))
        }
        // Between letters; in the scripts of India before signs and at the end of a word, too.
        '\u{200c}' | '\u{200d}' => {
            let is_letter = |after: char| takes_joiners(after) && after.width() != Some(0);
            is_indic(before) || (takes_joiners(before) && after.is_some_and(is_letter))
        }
        '\u{fe0e}' | '\u{fe0f}' if after == Some('\u{20e3}') => {
            matches!(before, '0'..='9' | '#' | '*')
        }
        '\u{fe0e}' | '\u{fe0f}' => is_emoji(before) && !is_invisible(before),
        '\u{180b}'..='\u{180d}' | '\u{180f}' => matches!(before, '\u{1820}'..='\u{18aa}'),
        '\u{fe00}'..='\u{fe0d}' | '\u{e0100}'..='\u{e01ef}' => is_ideograph(before),
        _ => false,
    }
}

/// Symbols and pictures, and what stands at the end of one.
const fn is_emoji(character: char) -> bool {
    matches!(
        character,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{3030}' | '\u{303d}' | '\u{3297}'
            | '\u{3299}' | '\u{fe0f}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}'
    )
}

/// Letters of scripts in which a joiner changes the word: Arabic to N'Ko, those of India to Khmer, Mongolian.
const fn takes_joiners(character: char) -> bool {
    is_indic(character)
        || matches!(character, '\u{620}'..='\u{7ff}' | '\u{8a0}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}' | '\u{1820}'..='\u{18aa}')
}

/// Letters and signs from Devanagari to Myanmar, and Khmer.
const fn is_indic(character: char) -> bool {
    matches!(character, '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{17b3}' | '\u{17b6}'..='\u{17ff}')
}

/// Characters of Chinese and Japanese, and the mathematical and CJK symbols that have forms to select.
const fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{2200}'..='\u{22ff}' | '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff65}' | '\u{20000}'..='\u{3ffff}')
}
