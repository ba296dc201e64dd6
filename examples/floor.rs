//! The floor that `benches/terminal.rs` measures against: a bare list, drawn with ratatui and moved with ↑ and ↓.

use std::io;

use crossterm::event::{self, Event, KeyCode};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{List, ListState};

const ITEMS: [&str; 20] = [
    "Confused, very drowsy or slurring words",
    "A fit, a faint or a collapse",
    "New trouble breathing, or noisy breathing",
    "Grey or pale, with a cold sweat",
    "Very hot and staggering after heat or effort",
    "A bite or sting, then spreading cramps or shaking",
    "A jaw or neck that locks",
    "Fever, shivers or drenching sweats",
    "Numb between the legs, or less feeling during sex",
    "Trouble starting, feeling or holding pee",
    "Leaking poo, or not feeling it come",
    "Numbness, weakness or shooting pain in both legs",
    "A leg or foot getting weaker by the hour or day",
    "A foot that drops or drags, a weak leg, or tripping",
    "Unsteady or clumsy walking, or clumsy hands",
    "Electric shocks down the spine, or a tight chest band",
    "Marked weakness: hard to stand up or climb stairs",
    "A thumping heart, or missed beats",
    "Muscles very sore, swollen or weak",
    "the last of the list",
];

fn main() -> io::Result<()> {
    let mut terminal = ratatui::try_init()?;
    let mut state = ListState::default().with_selected(Some(0));
    let end = loop {
        let list = List::new(ITEMS).highlight_symbol("▸ ").highlight_style(Style::new().add_modifier(Modifier::BOLD));
        terminal.draw(|frame| frame.render_stateful_widget(list, frame.area(), &mut state))?;
        let Event::Key(key) = event::read()? else { continue };
        if key.code == KeyCode::Down {
            state.select_next();
        } else if key.code == KeyCode::Up {
            state.select_previous();
        } else if key.code == KeyCode::Char('q') {
            break Ok(());
        }
    };
    ratatui::restore();
    end
}
