//! What the screen of a question says.

use std::collections::{BTreeMap, BTreeSet};

use la_arena::Idx;

use crate::app::App;
use crate::app::blocks::{self, Block, Pane, Picture, Tick, View};
use crate::app::screens::question::{Card, Found, Row};
use crate::engine::influence::{Influence, can_raise_alarm, influences};
use crate::interview::Interview;
use crate::questionnaire::{Answer, Choice, Kind, Question};
use crate::text::wording;

/// The question with its options, and beside them what belongs to the selected one.
pub(in crate::app) fn view(app: &App<'_>, card: &Card) -> View {
    let interview = app.interview();
    let questionnaire = interview.questionnaire();
    let asked = &questionnaire.questions[card.question];
    let progress = interview.progress();
    let mut head = vec![Block::heading(&asked.ask)];
    head.extend(hint(interview, card).map(Block::quiet));
    let mut body = Vec::new();
    if let Some(text) = &card.search {
        body.push(Block::Search(text.clone()));
        body.extend(found(interview, card, text));
    }
    let mut rows = rows(interview, card);
    if card.search.is_some() {
        // While one searches, digits are text.
        for row in &mut rows {
            row.key = None;
        }
    }
    body.push(Block::Choices { rows, is_searchable: card.is_searchable(interview) });
    let main = Pane {
        title: asked.section.map_or(&questionnaire.title, |section| &questionnaire.sections[section].title).clone(),
        extent: extent(interview),
        progress: Some((progress.answered, progress.answered + progress.left())),
        head,
        body,
        aside: aside(app, card),
        ..Pane::default()
    };
    View { main, ..View::default() }
}

/// How far one is. At the first question nobody can know how many will come.
pub(in crate::app) fn extent(interview: &Interview<'_>) -> String {
    let progress = interview.progress();
    let answered = match progress.answered {
        0 => return String::new(),
        answered => format!("{answered} answered"),
    };
    match progress.left() {
        0 => answered,
        1 if progress.most <= 1 => format!("{answered} · the last one"),
        left => format!("{answered} · about {left} to go"),
    }
}

/// How to answer, where the options do not say it.
fn hint(interview: &Interview<'_>, card: &Card) -> Option<String> {
    if card.search.is_some() {
        return None;
    }
    let asked = &interview.questionnaire().questions[card.question];
    let names: Vec<&str> = card.ticked.iter().map(|option| asked.option_text(*option)).collect();
    let is_long = card.is_searchable(interview);
    let is_marked = names.len() + card.unsure.len() > 0;
    match (card.is_many(interview), is_marked, is_long) {
        (false, _, true) => Some("Type / and a part of the name to find it.".into()),
        (false, _, false) => None,
        (true, false, false) => Some("Tick all that apply.".into()),
        (true, false, true) => Some("Type / and a part of a name to find it. Tick all that apply.".into()),
        (true, true, false) => Some(format!("{}.", wording::marks(names.len(), card.unsure.len()))),
        // Most of a long list is out of view.
        (true, true, true) => {
            let ticked = (!names.is_empty()).then(|| format!("Ticked: {}.", names.join("; ")));
            let unsure = (!card.unsure.is_empty()).then(|| format!("{}.", wording::marks(0, card.unsure.len())));
            let all = [ticked, unsure, Some("Type / to find more.".into())];
            Some(all.into_iter().flatten().collect::<Vec<_>>().join(" "))
        }
    }
}

/// What the search says beside what it found.
fn found(interview: &Interview<'_>, card: &Card, text: &str) -> Option<Block> {
    let Found { options, is_guess: true } = card.found(interview) else { return None };
    let guess = if options.is_empty() { "" } else { " Did you mean one of these?" };
    Some(Block::plain(format!("Nothing is called “{}”.{guess}", text.trim())))
}

/// Its lines that can be selected.
pub(in crate::app) fn rows(interview: &Interview<'_>, card: &Card) -> Vec<blocks::Row> {
    let asked = &interview.questionnaire().questions[card.question];
    let answer = interview.answer_to_shown(card.question);
    let numbers: BTreeMap<Idx<Choice>, usize> = interview.offered(card.question).into_iter().zip(1..).collect();
    let shared = shared_names(asked);
    let row = |row: Row| match row {
        Row::Option(option) => blocks::Row {
            key: numbers.get(&option).map(ToString::to_string),
            ..option_row(card, asked, option, answer.as_ref(), &shared)
        },
        Row::Field => blocks::Row {
            say: card.typed.clone(),
            below: vec![format!("A number from {}.", wording::number_range(&asked.kind).unwrap_or_default())],
            is_field: true,
            ..blocks::Row::default()
        },
        Row::NoneOfThese | Row::NotSure => special_row(card, row, answer.as_ref()),
    };
    card.rows(interview).into_iter().map(row).collect()
}

/// An option with the names that it alone has, behind what it is for, which matters more.
fn option_row(
    card: &Card,
    asked: &Question,
    option: Idx<Choice>,
    answer: Option<&Answer>,
    shared: &BTreeSet<&str>,
) -> blocks::Row {
    let Some(choice) = asked.options().map(|options| &options[option]) else { return blocks::Row::default() };
    let is_said = |name: &&str| choice.say.contains(name) || choice.help.iter().any(|help| help.contains(name));
    let names = choice.also.iter().map(String::as_str).filter(|name| !shared.contains(name) && !is_said(name));
    let names: Vec<&str> = names.collect();
    let (note, help) = if answer == Some(&Answer::One(option)) {
        (Some("your answer".into()), choice.help.clone())
    } else if names.is_empty() {
        (None, choice.help.clone())
    } else {
        (Some(choice.help.iter().cloned().chain([names.join(", ")]).collect::<Vec<_>>().join(" · ")), None)
    };
    let tick = matches!(asked.kind, Kind::Many { .. }).then(|| match option {
        _ if card.ticked.contains(&option) => Tick::Ticked,
        _ if card.unsure.contains(&option) => Tick::Unsure,
        _ => Tick::Blank,
    });
    blocks::Row { tick, say: choice.say.clone(), note, help, ..blocks::Row::default() }
}

/// The other names that several options have, such as the class of a medicine. They are found by searching, but tell nothing
/// apart.
fn shared_names(asked: &Question) -> BTreeSet<&str> {
    let mut seen = BTreeSet::new();
    let names = asked.options().into_iter().flat_map(la_arena::Arena::values).flat_map(|choice| &choice.also);
    names.map(String::as_str).filter(|name| !seen.insert(*name)).collect()
}

/// *None of these* and *not sure*.
fn special_row(card: &Card, row: Row, answer: Option<&Answer>) -> blocks::Row {
    let none = Answer::Many { ticked: [].into(), unsure: [].into() };
    let (key, say, means) = match row {
        Row::NotSure => ("n", "I'm not sure", Answer::NotSure),
        Row::NoneOfThese if !card.is_blank() => ("", "None of the others", none),
        Row::Option(_) | Row::Field | Row::NoneOfThese => ("0", wording::NONE_OF_THESE, none),
    };
    let is_answer = card.is_blank() && answer == Some(&means);
    blocks::Row {
        key: Some(key.to_owned()).filter(|key| !key.is_empty()),
        say: say.into(),
        note: is_answer.then(|| "your answer".to_owned()),
        is_pinned: true,
        ..blocks::Row::default()
    }
}

/// What belongs to the selected line, and why the question is asked.
fn aside(app: &App<'_>, card: &Card) -> Vec<Block> {
    let interview = app.interview();
    let asked = &interview.questionnaire().questions[card.question];
    let options = asked.options();
    let mark = |option: Idx<Choice>| options.and_then(|options| options[option].mark);
    let mut blocks = Vec::new();
    if let Some(figure) = asked.figure {
        blocks.push(Block::Figure(Picture {
            figure: interview.questionnaire().figures[figure].clone(),
            selected: card.row.option().and_then(mark),
            ticked: card.ticked.iter().filter_map(|option| mark(*option)).collect(),
        }));
    }
    let help = card.row.option().zip(options).and_then(|(option, options)| options[option].help.clone());
    blocks.extend(help.filter(|_| !card.is_searchable(interview)).map(Block::plain));
    if !app.hides_why && card.search.is_none() && !card.is_searchable(interview) {
        blocks.extend(why(interview, card.question));
    }
    blocks
}

/// How many of the causes that a question can move are named.
const NAMED: usize = 3;

/// Why a question is asked, and what an answer can change. A question about danger signs names no illness: that would frighten
/// people who have none.
pub(in crate::app) fn why(interview: &Interview<'_>, question: Idx<Question>) -> Vec<Block> {
    let questionnaire = interview.questionnaire();
    let say = questionnaire.questions[question].why.iter();
    let say = say.flat_map(|why| blocks::paragraphs(blocks::Role::Quiet, why));
    let mut blocks = blocks::section("Why we ask", say);
    if can_raise_alarm(questionnaire, question) {
        return blocks;
    }
    let influences = influences(interview.evaluation(), question);
    let name = |Influence { cause, .. }: &Influence| Block::item(&questionnaire.causes[*cause].name);
    let others = influences.len().saturating_sub(NAMED);
    let others = (others > 0).then(|| Block::quiet(format!("and {others} more")));
    let moves = influences.iter().take(NAMED).map(name).chain(others);
    blocks.extend(blocks::section("Your answer can change", moves));
    blocks
}
