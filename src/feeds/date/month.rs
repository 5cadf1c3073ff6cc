//! The names of months.

/// How the names of the months begin, January first: English, German, French, Spanish, Italian, Portuguese, Dutch,
/// Polish, Russian, the languages of Scandinavia.
const BEGINNINGS: [&[&str]; 12] = [
    &["jan", "gen", "ene", "sty", "янв"],
    &["feb", "fév", "fev", "lut", "фев"],
    &["mar", "mär", "mrt", "mrz", "мар"],
    &["apr", "avr", "abr", "kwi", "апр"],
    &["may", "mai", "maj", "mag", "mei", "май", "мая"],
    &["jun", "juin", "giu", "cze", "июн"],
    &["jul", "juil", "lug", "lip", "июл"],
    &["aug", "aoû", "aou", "ago", "sie", "авг"],
    &["sep", "set", "wrz", "сен"],
    &["oct", "okt", "ott", "out", "paź", "окт"],
    &["nov", "lis", "ноя"],
    &["dec", "déc", "dez", "dic", "des", "gru", "дек"],
];

/// The number of the month that a word in small letters names.
pub(super) fn month(word: &str) -> Option<i64> {
    let begins = |names: &&[&str]| names.iter().any(|name| word.starts_with(name));
    let place = BEGINNINGS.iter().position(begins)?;
    i64::try_from(place + 1).ok()
}
