//! What surrounds every screen: the header, the notice and the footer.

use unicode_width::UnicodeWidthStr;

use crate::app::keymap::bindings;
use crate::app::view::text_and_scroll::{Line, Role, Sheet, Window, cut, wrapped};
use crate::app::view::{Body, Side, what_if};
use crate::app::{App, Mode, Raised, Screen, Size};
use crate::engine::evaluation::is_unsure;
use crate::interview::{Interview, Progress};
use crate::text::wording;

/// The widest that text is set, in columns, however wide the screen is.
const WIDEST_TEXT: usize = 76;

/// The rows that a notice always leaves to the body.
const LEAST_BODY: usize = 2;

/// The screen around its body.
pub(super) struct Frame {
    size: Size,
    margin: usize,
    header: Vec<Line>,
    footer: Vec<Line>,
    /// How many columns there are inside the margins.
    pub(super) columns: usize,
    /// How wide text may be.
    pub(super) width: usize,
    /// How many rows the body has.
    pub(super) height: usize,
}

impl Frame {
    pub(super) fn new(app: &App<'_>) -> Frame {
        let (all, rows) = (usize::from(app.size.columns), usize::from(app.size.rows));
        let margin = if all >= 60 { 2 } else { 1 };
        let columns = all - 2 * margin;
        let width = columns.min(WIDEST_TEXT);
        let mut header = header(app, columns, rows);
        // An alarm is shown without notices.
        let notice =
            app.notice.iter().filter(|_| !matches!(app.screen, Screen::ConfirmAlarm(_) | Screen::AlarmAdvice(_)));
        let blanks = usize::from(rows >= 20);
        header.extend(vec![Line::blank(); blanks]);
        let room = rows.saturating_sub(header.len() + LEAST_BODY + blanks + 1);
        let mut footer: Vec<Line> = notice.flat_map(|notice| at_most(room, notice, width)).collect();
        footer.extend(vec![Line::blank(); blanks]);
        footer.push(keys(app.mode(), columns));
        let height = rows.saturating_sub(header.len() + footer.len());
        Frame { size: app.size, margin, header, footer, columns, width, height }
    }

    /// Puts a body into the frame.
    pub(super) fn assemble(self, body: &Body) -> Sheet {
        let (mut lines, mut cursor) = column(&body.pinned, self.height, |height| body.window(height));
        cursor.1 += body.flow.column;
        if let Some(side) = &body.side {
            let (right, right_cursor) = column(&side.pinned, self.height, |height| side.flow.at(side.scroll, height));
            lines = beside(lines, right, side, self.height);
            if side.is_focused {
                cursor = (right_cursor.0, side.column + 2);
            }
        }
        lines.resize(self.height, Line::blank());
        let above = self.header.len();
        let all = self.header.into_iter().chain(lines).chain(self.footer);
        let lines: Vec<Line> = all.map(|line| line.indented(self.margin)).collect();
        let place = |at: usize, end: u16| u16::try_from(at).unwrap_or(end).min(end.saturating_sub(1));
        let cursor = (place(cursor.1 + self.margin, self.size.columns), place(cursor.0 + above, self.size.rows));
        Sheet { lines, cursor }
    }
}

/// A notice in at most this many lines; a longer one is cut.
fn at_most(lines: usize, notice: &str, width: usize) -> Vec<Line> {
    let mut all = wrapped(Role::Strong, notice, width);
    if all.len() > lines {
        let rest: Vec<String> = all.split_off(lines.saturating_sub(1)).iter().map(Line::text).collect();
        all.push(Line::new(Role::Strong, cut(&rest.join(" "), width)));
    }
    all
}

/// A column of pinned lines with a window below them, and the row and column of its cursor.
fn column(pinned: &[Line], height: usize, window: impl Fn(usize) -> Window) -> (Vec<Line>, (usize, usize)) {
    let window = window(height.saturating_sub(pinned.len()));
    let row = pinned.len() + window.row.unwrap_or(0);
    let mut lines = pinned.to_vec();
    lines.extend(window.lines);
    (lines, (row, 0))
}

fn beside(left: Vec<Line>, right: Vec<Line>, side: &Side, height: usize) -> Vec<Line> {
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    (0..height)
        .map(|_| {
            let mut line = left.next().unwrap_or_default().padded(side.column);
            line.spans.extend(Line::new(Role::Quiet, "│ ").spans);
            line.spans.extend(right.next().unwrap_or_default().spans);
            line
        })
        .collect()
}

/// The message on a terminal that is too small.
pub(super) fn too_small(size: Size) -> Sheet {
    let Size { columns, rows } = Size::LEAST;
    let text = format!("Please make this {columns}×{rows} or larger. q quits.");
    let mut lines = wrapped(Role::Plain, &text, usize::from(size.columns.max(1)));
    lines.truncate(usize::from(size.rows));
    Sheet { lines, cursor: (0, 0) }
}

fn header(app: &App<'_>, columns: usize, rows: usize) -> Vec<Line> {
    let progress = app.interview().progress();
    let is_emergency = matches!(app.screen, Screen::ConfirmAlarm(_) | Screen::AlarmAdvice(_));
    if is_emergency {
        return vec![
            Line::new(Role::Emergency, cut(&format!(" {}", emergency_word(app)), columns))
                .padded_as(Role::Emergency, columns),
        ];
    }
    let right = context(app, progress, columns);
    let name = "twinge";
    let gap = columns.saturating_sub(name.len() + right.width());
    let standing = [standing_emergency(app, columns), what_if::standing(app, columns)];
    let mut header: Vec<Line> = standing.into_iter().flatten().collect();
    header.push(if gap >= 2 {
        Line::new(Role::Strong, name).and(Role::Plain, " ".repeat(gap)).and(Role::Quiet, right)
    } else {
        Line::new(Role::Quiet, cut(&right, columns))
    });
    if rows >= 16 && matches!(app.screen, Screen::Question(_) | Screen::Why { .. }) {
        header.push(bar(progress, columns));
    }
    header
}

/// The line that reminds of a confirmed alarm while the questions go on.
fn standing_emergency(app: &App<'_>, columns: usize) -> Option<Line> {
    if !matches!(app.screen, Screen::Question(_) | Screen::Why { .. } | Screen::Answers { .. } | Screen::Peek { .. }) {
        return None;
    }
    let questionnaire = app.interview().questionnaire();
    // What-if answers raise no alarm.
    let raised = app.own_interview().raised_level();
    let level = raised.map(|level| &questionnaire.urgencies[level]).filter(|level| level.interrupts)?;
    let text = cut(&format!(" {}: r says what to do. {}", wording::loud_word(level), level.say), columns);
    Some(Line::new(Role::Emergency, text).padded_as(Role::Emergency, columns))
}

/// The level of the alarm in view: "EMERGENCY".
fn emergency_word(app: &App<'_>) -> String {
    let (Screen::ConfirmAlarm(Raised { alarm, .. }) | Screen::AlarmAdvice(Raised { alarm, .. })) = &app.screen else {
        return String::new();
    };
    let questionnaire = app.interview().questionnaire();
    wording::loud_word(&questionnaire.urgencies[questionnaire.alarms[*alarm].urgency])
}

/// The right side of the header.
fn context(app: &App<'_>, progress: Progress, columns: usize) -> String {
    let questionnaire = app.interview().questionnaire();
    match &app.screen {
        Screen::Question(card) | Screen::Why { card, .. } => {
            let section = questionnaire.questions[card.question].section;
            let section = section.map(|section| questionnaire.sections[section].title.as_str());
            let counts = format!("{} answered, about {} left", progress.answered, progress.left());
            match section {
                Some(section) if section.width() + counts.len() + 12 <= columns => {
                    format!("{section} · {counts}")
                }
                _ => counts,
            }
        }
        Screen::Results(_) => {
            let (answered, unsure) = answered(app.interview());
            let answered = wording::counted(answered, "answer");
            if unsure == 0 { answered } else { format!("{answered} · {unsure} not sure") }
        }
        Screen::Welcome { .. } | Screen::Offer(_) => {
            questionnaire.version.as_ref().map(|version| format!("questions {version}")).unwrap_or_default()
        }
        Screen::Answers { .. } => "My answers".into(),
        Screen::Peek { .. } => "The ranking so far".into(),
        Screen::Help { .. } => "All keys".into(),
        Screen::ConfirmAlarm(_) | Screen::AlarmAdvice(_) | Screen::StartOver { .. } | Screen::Leave { .. } => {
            String::new()
        }
    }
}

/// How many questions are answered, and how many of those answers are not sure.
pub(in crate::app) fn answered(interview: &Interview<'_>) -> (usize, usize) {
    let evaluation = interview.evaluation();
    let answers = || evaluation.shown_questions().filter_map(|question| evaluation.answer(question));
    (answers().count(), answers().filter(|answer| is_unsure(answer)).count())
}

/// The progress, as a line across the screen.
fn bar(progress: Progress, columns: usize) -> Line {
    let all = progress.answered + progress.left();
    let done = (columns * progress.answered).checked_div(all).unwrap_or(columns);
    Line::new(Role::Accent, "━".repeat(done)).and(Role::Quiet, "╌".repeat(columns - done))
}

/// The footer: as many of the keys that work now as fit, and always the one for all keys.
fn keys(mode: Mode, columns: usize) -> Line {
    const GAP: usize = 3;
    let all_keys = |short: &&str| *short == "all keys";
    let entries: Vec<(String, &str)> = bindings(mode)
        .filter(|binding| !binding.short.is_empty())
        .map(|binding| (footer_key(binding.name), binding.short))
        .collect();
    let width = |(key, short): &(String, &str)| key.width() + 1 + short.width();
    let reserved = entries.iter().find(|(_, short)| all_keys(short)).map_or(0, |entry| width(entry) + GAP);
    let mut used = 0;
    let mut line = Line::blank();
    let mut is_full = false;
    for entry in &entries {
        let is_last = all_keys(&entry.1);
        let room = if is_last { columns } else { columns.saturating_sub(reserved) };
        let needed = width(entry) + if used == 0 { 0 } else { GAP };
        if (is_full && !is_last) || used + needed > room {
            is_full = true;
            continue;
        }
        if used > 0 {
            line = line.and(Role::Plain, " ".repeat(GAP));
        }
        used += needed;
        line = line.and(Role::Strong, entry.0.clone()).and(Role::Quiet, format!(" {}", entry.1));
    }
    line
}

/// The footer names one key of each row, and both arrows together.
fn footer_key(name: &str) -> String {
    match name {
        "↓ j" | "↓" => "↑↓".into(),
        "w Esc" | "m Esc" | "p Esc" | "? Esc" => "Esc".into(),
        _ => name.split(' ').next().unwrap_or(name).into(),
    }
}
