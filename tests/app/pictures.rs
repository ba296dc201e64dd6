//! The pictures in `docs/pictures`, drawn from the screens themselves.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use twinge::app::theme::Theme;

use crate::picture;
use crate::trees::built_in;
use crate::walk::Walk;

/// The colors of a terminal: text, ground, and the sixteen.
struct Palette {
    name: &'static str,
    text: &'static str,
    ground: &'static str,
    colors: [&'static str; 16],
}

const PALETTES: [Palette; 2] = [
    Palette {
        name: "dark",
        text: "#d0cfcc",
        ground: "#171421",
        colors: [
            "#171421", "#c01c28", "#26a269", "#a2734c", "#12488b", "#a347ba", "#2aa1b3", "#d0cfcc", "#5e5c64",
            "#f66151", "#33d17a", "#e9ad0c", "#2a7bde", "#c061cb", "#33c7de", "#ffffff",
        ],
    },
    Palette {
        name: "light",
        text: "#171421",
        ground: "#ffffff",
        colors: [
            "#171421", "#c01c28", "#26a269", "#a2734c", "#12488b", "#a347ba", "#2aa1b3", "#d0cfcc", "#5e5c64",
            "#f66151", "#33d17a", "#e9ad0c", "#2a7bde", "#c061cb", "#33c7de", "#ffffff",
        ],
    },
];

impl Palette {
    fn color(&self, color: Color, otherwise: &'static str) -> &'static str {
        let order = [
            Color::Black,
            Color::Red,
            Color::Green,
            Color::Yellow,
            Color::Blue,
            Color::Magenta,
            Color::Cyan,
            Color::Gray,
            Color::DarkGray,
            Color::LightRed,
            Color::LightGreen,
            Color::LightYellow,
            Color::LightBlue,
            Color::LightMagenta,
            Color::LightCyan,
            Color::White,
        ];
        order.iter().position(|other| *other == color).map_or(otherwise, |at| self.colors[at])
    }
}

/// Columns and rows of a cell, in pixels.
const CELL: (usize, usize) = (9, 20);

/// A buffer as a picture that any browser shows.
fn svg(buffer: &Buffer, palette: &Palette) -> String {
    let (columns, rows) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    let (width, height) = ((columns + 2) * CELL.0, (rows + 1) * CELL.1);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
        font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"15\">\n\
        <rect width=\"{width}\" height=\"{height}\" rx=\"10\" fill=\"{}\"/>\n",
        palette.ground
    );
    for (y, row) in buffer.content().chunks(columns).enumerate() {
        let look = |cell: &ratatui::buffer::Cell| (cell.fg, cell.bg, cell.modifier);
        let mut x = 0;
        for run in row.chunk_by(|one, other| look(one) == look(other)) {
            let text: String = run.iter().map(ratatui::buffer::Cell::symbol).collect();
            let (mut ink, mut ground) =
                (palette.color(run[0].fg, palette.text), palette.color(run[0].bg, palette.ground));
            if run[0].modifier.contains(Modifier::REVERSED) {
                std::mem::swap(&mut ink, &mut ground);
            }
            let (left, top, length) = ((x + 1) * CELL.0, y * CELL.1 + CELL.1 / 2, run.len() * CELL.0);
            x += run.len();
            if ground != palette.ground {
                let _ = writeln!(
                    svg,
                    "<rect x=\"{left}\" y=\"{top}\" width=\"{length}\" height=\"{}\" fill=\"{ground}\"/>",
                    CELL.1
                );
            }
            if text.trim().is_empty() {
                continue;
            }
            let weight = if run[0].modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
            let faint = if run[0].modifier.contains(Modifier::DIM) { " opacity=\"0.65\"" } else { "" };
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            let _ = writeln!(
                svg,
                "<text x=\"{left}\" y=\"{}\" textLength=\"{length}\" fill=\"{ink}\" xml:space=\"preserve\"{weight}{faint}>{text}</text>",
                top + 15
            );
        }
    }
    svg + "</svg>\n"
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures")
}

/// Compares a screen with its pictures; with `TWINGE_PICTURES=draw` in the environment, draws them anew.
#[track_caller]
fn check(name: &str, walk: &Walk<'_>) {
    let terminal = picture::terminal(&walk.app, Theme::COLORED);
    for palette in &PALETTES {
        let path = folder().join(format!("{name}-{}.svg", palette.name));
        let drawn = svg(terminal.backend().buffer(), palette);
        if std::env::var_os("TWINGE_PICTURES").is_some_and(|wish| wish == "draw") {
            std::fs::create_dir_all(folder()).expect("the folder");
            std::fs::write(&path, &drawn).expect("the picture is written");
        }
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(there == drawn, "{} is not what the screen shows; run with TWINGE_PICTURES=draw", path.display());
    }
}

#[test]
fn the_pictures_of_the_docs_are_what_the_program_shows() {
    let questionnaire = built_in();
    let begun = || Walk::through(&questionnaire).sized(100, 30).answer("age", 68).answer("sex", "male");
    let walk = || begun().answer("where", ["calf"]);
    check("question", &begun().keys("7 3"));
    let emergency =
        walk().hurry_to("nerve").answer("nerve", ["numb"]).fill_in("numb_more", ["saddle"]).keys("Enter Enter");
    check("emergency", &emergency);
    let results = walk().hurry_to("cramp").answer("cramp", ["night", "short", "knot", "stretch"]).open("results");
    check("results", &results);
}
