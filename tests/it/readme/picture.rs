//! A terminal's screen as an SVG picture. Lines and dots are drawn, not typed: a viewer's font cannot tear them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use vt100::{Cell, Color, Screen};

/// Width and height of a cell in picture units; both even, so that centres are whole numbers.
const CELL: (u32, u32) = (8, 18);
const MARGIN: u32 = 12;
const BACKGROUND: &str = "#16181d";
const FOREGROUND: &str = "#d5d9e0";
/// The terminal's sixteen colours, dark enough and light enough for the background above.
const PALETTE: [&str; 16] = [
    "#3b4048", "#e06c75", "#8cc570", "#e5b84b", "#61a5ef", "#c678dd", "#45bfc8", "#c5cad3",
    "#7a818e", "#f08a92", "#a5dc8a", "#f4cf70", "#83bbf7", "#d896ea", "#6ad6de", "#f4f6f9",
];

/// The screen as an SVG document.
pub(super) fn svg(screen: &Screen) -> String {
    let mut picture = Picture::default();
    for row in 0..screen.size().0.get() {
        picture.put_row(screen, row);
    }
    document(screen, &picture.body())
}

/// The rows of the screen, each as elements of their own.
pub(super) fn rows(screen: &Screen) -> Vec<String> {
    let row = |row| {
        let mut picture = Picture::default();
        picture.put_row(screen, row);
        picture.body()
    };
    (0..screen.size().0.get()).map(row).collect()
}

/// A document of the size of the screen.
pub(super) fn document(screen: &Screen, body: &str) -> String {
    let (rows, columns) = screen.size();
    let (width, height) = (
        u32::from(columns.get()) * CELL.0 + 2 * MARGIN,
        u32::from(rows.get()) * CELL.1 + 2 * MARGIN,
    );
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-size=\"13\" \
         font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n{body}</svg>\n"
    )
}

/// How something is coloured.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Ink {
    color: String,
    dim: bool,
    bold: bool,
}

impl Ink {
    fn attributes(&self) -> String {
        let dim = if self.dim { " opacity=\".6\"" } else { "" };
        let bold = if self.bold {
            " font-weight=\"bold\""
        } else {
            ""
        };
        format!("fill=\"{}\"{dim}{bold}", self.color)
    }
}

/// A pen: how thick, and whether its line is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pen {
    Dot,
    Light,
    Heavy,
    Dashed,
}

impl Pen {
    const fn attributes(self) -> &'static str {
        match self {
            Self::Dot => "stroke-width=\"2\" stroke-linecap=\"round\"",
            Self::Light => "stroke-width=\"1\"",
            Self::Heavy => "stroke-width=\"2\"",
            Self::Dashed => "stroke-width=\"1\" stroke-dasharray=\"2.5 3.5\"",
        }
    }
}

/// A piece of text in one row, and the ink it has.
struct Words {
    row: u16,
    column: u16,
    text: String,
    ink: Ink,
}

/// A coloured stretch of a row.
struct Ground {
    row: u16,
    columns: Range<u16>,
    color: String,
}

/// What is on the picture so far.
#[derive(Default)]
struct Picture {
    grounds: Vec<Ground>,
    strokes: BTreeMap<(Ink, Pen), String>,
    words: Vec<Words>,
}

impl Picture {
    fn put_row(&mut self, screen: &Screen, row: u16) {
        for column in 0..screen.size().1.get() {
            if let Some(cell) = screen.cell(row, column) {
                self.put(row, column, cell);
            }
        }
    }

    fn put(&mut self, row: u16, column: u16, cell: &Cell) {
        let (mut fore, mut back) = (color(cell.fgcolor()), color(cell.bgcolor()));
        if cell.inverse() {
            (fore, back) = (
                Some(back.unwrap_or_else(|| BACKGROUND.to_owned())),
                Some(fore.unwrap_or_else(|| FOREGROUND.to_owned())),
            );
        }
        if let Some(back) = back {
            self.ground(row, column, back);
        }
        let ink = Ink {
            color: fore.unwrap_or_else(|| FOREGROUND.to_owned()),
            dim: cell.dim(),
            bold: cell.bold(),
        };
        self.draw(row, column, cell.contents(), &ink);
    }

    /// Grounds that stand side by side become one, so that no seam shows between them.
    fn ground(&mut self, row: u16, column: u16, color: String) {
        if let Some(last) = self.grounds.last_mut()
            && (last.row, last.columns.end, &last.color) == (row, column, &color)
        {
            last.columns.end += 1;
            return;
        }
        let columns = column..column + 1;
        self.grounds.push(Ground {
            row,
            columns,
            color,
        });
    }

    fn draw(&mut self, row: u16, column: u16, text: &str, ink: &Ink) {
        let Some(letter) = text.chars().next().filter(|c| *c != ' ') else {
            return;
        };
        let (x, y) = corner(row, column);
        let path = strokes(letter, x, y);
        if path.is_empty() {
            self.write(row, column, text, ink);
        }
        for (pen, path) in path {
            let plain = Ink {
                bold: false,
                ..ink.clone()
            };
            self.strokes
                .entry((plain, pen))
                .or_default()
                .push_str(&path);
        }
    }

    /// Letters that stand side by side become one text.
    fn write(&mut self, row: u16, column: u16, text: &str, ink: &Ink) {
        if let Some(last) = self.words.last_mut() {
            let end = usize::from(last.column) + last.text.len();
            let joins = last.row == row && end == usize::from(column) && last.ink == *ink;
            if joins && text.is_ascii() && last.text.is_ascii() {
                last.text.push_str(text);
                return;
            }
        }
        self.words.push(Words {
            row,
            column,
            text: text.to_owned(),
            ink: ink.clone(),
        });
    }

    fn body(&self) -> String {
        let mut body: String = self.grounds.iter().map(Ground::element).collect();
        for ((ink, pen), path) in &self.strokes {
            let dim = if ink.dim { " opacity=\".6\"" } else { "" };
            let (color, pen) = (&ink.color, pen.attributes());
            writeln!(
                body,
                "<path d=\"{path}\" fill=\"none\" stroke=\"{color}\" {pen}{dim}/>"
            )
            .unwrap();
        }
        for words in &self.words {
            body.push_str(&words.element());
        }
        body
    }
}

impl Ground {
    fn element(&self) -> String {
        let (x, y) = corner(self.row, self.columns.start);
        let (width, height) = (
            CELL.0 * u32::from(self.columns.end - self.columns.start),
            CELL.1,
        );
        let color = &self.color;
        format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{color}\"/>\n"
        )
    }
}

impl Words {
    fn element(&self) -> String {
        let (x, y) = corner(self.row, self.column);
        let width = CELL.0 * u32::try_from(self.text.chars().count()).unwrap();
        let escaped = self
            .text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        format!(
            "<text x=\"{x}\" y=\"{}\" textLength=\"{width}\" {}>{escaped}</text>\n",
            y + 13,
            self.ink.attributes()
        )
    }
}

fn corner(row: u16, column: u16) -> (u32, u32) {
    (
        MARGIN + u32::from(column) * CELL.0,
        MARGIN + u32::from(row) * CELL.1,
    )
}

fn color(color: Color) -> Option<String> {
    match color {
        Color::Default => None,
        Color::Idx(index) => Some(PALETTE[usize::from(index) % PALETTE.len()].to_owned()),
        Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
    }
}

/// The strokes of a Braille pattern or a box-drawing character; none for other letters.
fn strokes(letter: char, x: u32, y: u32) -> Vec<(Pen, String)> {
    if ('\u{2800}'..='\u{28ff}').contains(&letter) {
        return vec![(Pen::Dot, dots(u32::from(letter) - 0x2800, x, y))];
    }
    let Some((_, arms, pen)) = BOXES.iter().find(|(letters, ..)| letters.contains(letter)) else {
        return Vec::new();
    };
    let (middle_x, middle_y) = (x + CELL.0 / 2, y + CELL.1 / 2);
    let arm = |arm: char| match arm {
        'u' => format!("M{middle_x} {y}V{middle_y}"),
        'd' => format!("M{middle_x} {middle_y}V{}", y + CELL.1),
        'l' => format!("M{x} {middle_y}H{middle_x}"),
        _ => format!("M{middle_x} {middle_y}H{}", x + CELL.0),
    };
    let heavy = |a: char| if a.is_uppercase() { Pen::Heavy } else { *pen };
    let strokes = arms
        .chars()
        .map(|a| (heavy(a), arm(a.to_ascii_lowercase())));
    strokes.collect()
}

/// The characters, their arms (up, down, left, right; upper case is heavy) and the pen of the light arms.
const BOXES: [(&str, &str, Pen); 19] = [
    ("│", "ud", Pen::Light),
    ("┊", "ud", Pen::Dashed),
    ("┃", "UD", Pen::Light),
    ("─", "lr", Pen::Light),
    ("┌╭", "dr", Pen::Light),
    ("┐╮", "dl", Pen::Light),
    ("└╰", "ur", Pen::Light),
    ("┘╯", "ul", Pen::Light),
    ("├", "udr", Pen::Light),
    ("┤", "udl", Pen::Light),
    ("┬", "dlr", Pen::Light),
    ("┴", "ulr", Pen::Light),
    ("┼", "udlr", Pen::Light),
    ("┸", "Ulr", Pen::Light),
    ("┹", "Ulr", Pen::Light),
    ("┻", "Ulr", Pen::Light),
    ("╵", "u", Pen::Light),
    ("╷", "d", Pen::Light),
    ("╴╶", "lr", Pen::Light),
];

/// The dots of a Braille pattern: two columns of four, numbered as Unicode does.
fn dots(pattern: u32, x: u32, y: u32) -> String {
    const PLACES: [(u32, u32); 8] = [
        (0, 0),
        (0, 1),
        (0, 2),
        (1, 0),
        (1, 1),
        (1, 2),
        (0, 3),
        (1, 3),
    ];
    let mut path = String::new();
    for (bit, (column, row)) in PLACES.iter().enumerate() {
        if pattern >> bit & 1 == 1 {
            let (x, y) = (x + 2 + 4 * column, 2 * y + 5 + 9 * row);
            write!(path, "M{x} {}.{}h0", y / 2, y % 2 * 5).unwrap();
        }
    }
    path
}

#[test]
fn braille_becomes_dots_and_boxes_become_lines() {
    assert_eq!(dots(0b1001, 0, 0), "M2 2.5h0M6 2.5h0");
    assert_eq!(
        strokes('┤', 0, 0),
        [
            (Pen::Light, "M4 0V9".to_owned()),
            (Pen::Light, "M4 9V18".to_owned()),
            (Pen::Light, "M0 9H4".to_owned())
        ]
    );
    assert_eq!(strokes('A', 0, 0), []);
}

#[test]
fn letters_of_one_look_become_one_text_and_markup_is_escaped() {
    let mut parser = vt100::Parser::new(1.try_into().unwrap(), 10.try_into().unwrap(), 0);
    parser.process(b"a<b \x1b[31mc");
    let picture = svg(parser.screen());
    assert!(picture.contains(">a&lt;b</text>"), "{picture}");
    assert!(picture.contains("fill=\"#e06c75\">c</text>"), "{picture}");
}
