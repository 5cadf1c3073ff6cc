//! Frames as one SVG that moves by itself. What several frames share is in it once.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::picture;
use vt100::Screen;

/// Frames, and how long each is shown, in milliseconds.
#[derive(Default)]
pub(super) struct Film {
    frames: Vec<(Screen, u32)>,
    /// The frame that is shown where nothing moves.
    still: usize,
}

impl Film {
    /// Adds a frame.
    pub(super) fn show(&mut self, screen: Screen, milliseconds: u32) {
        self.frames.push((screen, milliseconds));
    }

    /// The frame added last is the one to be shown where nothing moves.
    pub(super) fn hold(&mut self) {
        self.still = self.frames.len() - 1;
    }

    /// All of it as an SVG document.
    pub(super) fn svg(&self) -> String {
        let parts = self.parts();
        let mut style = String::from(
            "<style>g{visibility:hidden}@media(prefers-reduced-motion:reduce){g{animation:none!important}}",
        );
        let length = self.frames.iter().map(|(_, time)| time).sum::<u32>();
        for shown in parts.keys() {
            self.time(shown, length, &mut style);
        }
        style.push_str("</style>\n");
        let groups = parts.iter().map(|(shown, body)| match name(shown) {
            Some(name) => format!("<g class=\"{name}\">\n{body}</g>\n"),
            None => body.clone(),
        });
        let body: String = std::iter::once(style).chain(groups).collect();
        picture::document(&self.frames[0].0, &body)
    }

    /// What is drawn in the same frames: whether each frame has it, and the elements.
    fn parts(&self) -> BTreeMap<Vec<bool>, String> {
        let mut rows: BTreeMap<(usize, String), Vec<bool>> = BTreeMap::new();
        for (at, (screen, _)) in self.frames.iter().enumerate() {
            for (row, body) in picture::rows(screen).into_iter().enumerate() {
                let shown = rows.entry((row, body));
                shown.or_insert_with(|| vec![false; self.frames.len()])[at] = true;
            }
        }
        let mut parts: BTreeMap<Vec<bool>, String> = BTreeMap::new();
        for ((_, body), shown) in rows.into_iter().filter(|((_, body), _)| !body.is_empty()) {
            parts.entry(shown).or_default().push_str(&body);
        }
        parts
    }

    /// When the parts that these frames have are seen, of a film of this length.
    fn time(&self, shown: &[bool], length: u32, style: &mut String) {
        let Some(name) = name(shown) else { return };
        let (mut begun, mut before) = (0, None);
        let mut steps = String::new();
        for (&is_shown, (_, time)) in shown.iter().zip(&self.frames) {
            if before != Some(is_shown) {
                let percent = f64::from(begun * 100) / f64::from(length);
                let word = if is_shown { "visible" } else { "hidden" };
                write!(steps, "{percent:.2}%{{visibility:{word}}}").unwrap();
            }
            (begun, before) = (begun + time, Some(is_shown));
        }
        let still = if shown[self.still] {
            "visibility:visible;"
        } else {
            ""
        };
        write!(
            style,
            "@keyframes {name}{{{steps}}}.{name}{{{still}animation:{name} {length}ms step-end infinite}}"
        )
        .unwrap();
    }
}

/// What the parts of these frames are called; those of all frames need no name.
fn name(shown: &[bool]) -> Option<String> {
    if shown.iter().all(|it| *it) {
        return None;
    }
    let frames = shown.iter().map(|&it| if it { '1' } else { '0' });
    Some(std::iter::once('f').chain(frames).collect())
}

#[test]
fn what_frames_share_is_drawn_once_and_the_rest_in_its_time() {
    let screen = |text: &[u8]| {
        let mut parser = vt100::Parser::new(2.try_into().unwrap(), 10.try_into().unwrap(), 0);
        parser.process(text);
        parser.screen().clone()
    };
    let mut film = Film::default();
    film.show(screen(b"same\r\none"), 1000);
    film.show(screen(b"same\r\ntwo"), 3000);
    film.hold();
    let svg = film.svg();
    assert_eq!(svg.matches(">same</text>").count(), 1, "{svg}");
    for style in [
        "@keyframes f10{0.00%{visibility:visible}25.00%{visibility:hidden}}.f10{animation:f10 4000ms step-end infinite}",
        "@keyframes f01{0.00%{visibility:hidden}25.00%{visibility:visible}}.f01{visibility:visible;animation:f01 4000ms step-end infinite}",
    ] {
        assert!(svg.contains(style), "{svg}");
    }
}
