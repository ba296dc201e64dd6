//! The list of the results: alarms first, then the ranked causes with their bars, then what else there is to read.

use la_arena::Idx;

use crate::app::App;
use crate::app::blocks::{Bar, Row};
use crate::engine::outcome::{Outcome, RankingLine};
use crate::engine::ranking::Ranked;
use crate::questionnaire::{Alarm, Cause, Questionnaire, Topic};
use crate::text::wording;

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum Item {
    /// What the what-if answers change.
    Changes,
    /// An alarm that is raised.
    Alarm(Idx<Alarm>),
    /// An alarm that the person is not sure about.
    UnsureAlarm(Idx<Alarm>),
    /// The questions about danger signs that have no clear answer yet.
    OpenDanger,
    /// What has moved since an earlier report.
    Since,
    /// That no cause stands out.
    NothingStandsOut,
    /// A line of the ranking: its place from 1, and the causes, the highest first.
    Ranked { place: usize, topic: Topic, causes: Vec<Idx<Cause>> },
    /// The line into which so many unlikely causes are folded.
    Unlikely(usize),
    /// The causes to which no answer points, in words.
    Unnamed(String),
    /// A rare cause that is much more probable than usual.
    WorthChecking(Idx<Cause>),
    /// The causes that no answer speaks for or against.
    NotAssessed,
    /// When to get help, whatever the results say.
    Safety,
    /// The questions that were passed over.
    PassedOver,
}

/// The sentence above the ranking so far.
pub(in crate::app) const SO_FAR: &str = "This is how it looks so far. More answers can still change it.";

/// Lines of a long ranking below this probability are folded into one.
const UNLIKELY: f64 = 0.05;

/// The first lines of the ranking are listed however unlikely they are: this many.
const LISTED: usize = 3;

/// How many lines of the ranking are listed before the folded ones. A single line is not worth folding.
#[must_use]
pub(in crate::app) fn listed(lines: &[RankingLine<'_>]) -> usize {
    let likely = lines.iter().filter(|line| line.highest().is_some_and(|it| it.probability >= UNLIKELY)).count();
    let listed = likely.max(LISTED);
    if listed + 1 < lines.len() { listed } else { lines.len() }
}

/// The lines of the list, from the top.
#[must_use]
pub(in crate::app) fn items(app: &App<'_>, is_unfolded: bool) -> Vec<Item> {
    let questionnaire = app.interview().questionnaire();
    let outcome = app.interview().outcome();
    let mut items: Vec<Item> = Vec::new();
    items.extend(app.what_if.is_some().then_some(Item::Changes));
    items.extend(outcome.alarms_to_tell(questionnaire).into_iter().map(|(alarm, _)| Item::Alarm(alarm)));
    items.extend(outcome.unsure_alarms_to_tell(questionnaire).into_iter().map(|(alarm, _)| Item::UnsureAlarm(alarm)));
    if !outcome.open_danger_questions(app.interview().evaluation()).is_empty() {
        items.push(Item::OpenDanger);
    }
    let is_follow_up = app.interview().earlier_day().is_some() && app.what_if.is_none();
    items.extend(is_follow_up.then_some(Item::Since));
    items.extend(outcome.says_nothing_stands_out(questionnaire).then_some(Item::NothingStandsOut));
    let lines = outcome.lines(questionnaire);
    let listed = listed(&lines);
    for (at, line) in lines.iter().enumerate() {
        if at == listed {
            items.push(Item::Unlikely(lines.len() - listed));
        }
        if at >= listed && !is_unfolded {
            break;
        }
        let causes = line.members.iter().map(|ranked| ranked.cause).collect();
        items.push(Item::Ranked { place: at + 1, topic: line.topic, causes });
    }
    items.extend(wording::unnamed(outcome).map(Item::Unnamed));
    items.extend(outcome.worth_checking().map(|ranked| Item::WorthChecking(ranked.cause)));
    if outcome.ranking.unranked().next().is_some() {
        items.push(Item::NotAssessed);
    }
    items.extend(questionnaire.safety.as_ref().map(|_| Item::Safety));
    if !app.interview().passed_over().is_empty() {
        items.push(Item::PassedOver);
    }
    items
}

/// The line that is selected first: what leads, or else the first cause. While none stands out, none is advised on unasked.
#[must_use]
pub(in crate::app) fn first(app: &App<'_>) -> usize {
    let outcome = app.interview().outcome();
    if app.what_if.is_some() || outcome.is_led_by_alarm(app.interview().questionnaire()) {
        return 0;
    }
    let is_it = |item: &Item| matches!(item, Item::NothingStandsOut | Item::Ranked { .. });
    items(app, false).iter().position(is_it).unwrap_or(0)
}

impl Item {
    /// The cause that it is about, or the first of its family; `None` when it has no pages.
    #[must_use]
    pub(in crate::app) fn cause(&self) -> Option<Idx<Cause>> {
        self.causes().first().copied()
    }

    /// The causes that it is about.
    #[must_use]
    pub(in crate::app) fn causes(&self) -> Vec<Idx<Cause>> {
        match self {
            Item::Ranked { causes, .. } => causes.clone(),
            Item::WorthChecking(cause) => vec![*cause],
            _ => Vec::new(),
        }
    }

    /// Whether what it says has to be heard before the causes.
    #[must_use]
    pub(in crate::app) fn is_told_first(&self) -> bool {
        matches!(
            self,
            Item::Changes
                | Item::Alarm(_)
                | Item::UnsureAlarm(_)
                | Item::OpenDanger
                | Item::Since
                | Item::NothingStandsOut
        )
    }
}

/// The rows of some items, with the headings above them.
#[must_use]
pub(in crate::app) fn rows(app: &App<'_>, items: &[Item]) -> Vec<Row> {
    let mut heading = None;
    let is_first = |item: &Item| items.iter().take_while(|other| *other != item).all(|other| !other.is_told_first());
    let row = |item: &Item| {
        let of = heading_of(app, item, is_first(item));
        let is_new = std::mem::replace(&mut heading, of) != of;
        Row { heading: of.filter(|_| is_new).map(str::to_owned), ..row(app, item) }
    };
    items.iter().map(row).collect()
}

/// The lines of the whole ranking.
#[must_use]
pub(in crate::app) fn ranked_rows(app: &App<'_>) -> Vec<Row> {
    items(app, true).iter().filter(|item| matches!(item, Item::Ranked { .. })).map(|item| row(app, item)).collect()
}

/// What stands above an item. The causes need no heading where nothing comes before them.
fn heading_of(app: &App<'_>, item: &Item, is_first: bool) -> Option<&'static str> {
    let questionnaire = app.interview().questionnaire();
    let is_led = app.interview().outcome().is_led_by_alarm(questionnaire);
    match item {
        Item::Alarm(alarm) if questionnaire.urgencies[questionnaire.alarms[*alarm].urgency].leads => {
            Some("Most important")
        }
        Item::Alarm(_) | Item::UnsureAlarm(_) | Item::OpenDanger => Some("Also important"),
        Item::Changes | Item::Since | Item::NothingStandsOut => None,
        Item::Ranked { .. } | Item::Unlikely(_) | Item::Unnamed(_) if is_first => None,
        Item::Ranked { .. } | Item::Unlikely(_) | Item::Unnamed(_) => Some(wording::causes_heading(is_led)),
        Item::WorthChecking(_) => Some("Worth checking"),
        Item::NotAssessed | Item::Safety | Item::PassedOver => Some("More to read"),
    }
}

fn row(app: &App<'_>, item: &Item) -> Row {
    let questionnaire = app.interview().questionnaire();
    let outcome = app.interview().outcome();
    let sign = |sign: &str, say: String| Row { key: Some(sign.into()), say, ..Row::default() };
    match item {
        Item::Changes => sign("", "What would change".into()),
        Item::Since => {
            let day = app.interview().earlier_day().map_or("", |day| day.words.as_str());
            sign("", format!("Since {day}"))
        }
        Item::NothingStandsOut => sign("", "No single cause stands out".into()),
        Item::Alarm(alarm) | Item::UnsureAlarm(alarm) => sign("!", title(questionnaire, *alarm).into()),
        Item::OpenDanger => {
            let open = outcome.open_danger_questions(app.interview().evaluation()).len();
            sign("?", format!("{} still open", wording::counted(open, "danger question")))
        }
        Item::Ranked { place, .. } => ranked_row(questionnaire, outcome, *place),
        Item::Unlikely(others) => sign("", format!("{others} more, each unlikely")),
        Item::Unnamed(text) => sign("", text.clone()),
        Item::PassedOver => {
            sign("", format!("{} passed over", wording::counted(app.interview().passed_over().len(), "question")))
        }
        Item::WorthChecking(cause) => {
            let lift = outcome.ranking.ranked().find(|ranked| ranked.cause == *cause).map_or(0.0, |ranked| ranked.lift);
            let usual = format!("{lift:.0} times its usual rate");
            Row { below: vec![usual], ..sign("!", questionnaire.causes[*cause].name.clone()) }
        }
        Item::NotAssessed => sign("", format!("Not assessed ({})", outcome.ranking.unranked().count())),
        Item::Safety => sign("", "When to get help".into()),
    }
}

/// What an alarm is about, in a few words.
#[must_use]
pub(in crate::app) fn title(questionnaire: &Questionnaire, alarm: Idx<Alarm>) -> &str {
    let alarm = &questionnaire.alarms[alarm];
    alarm.title.as_deref().unwrap_or(&alarm.say)
}

fn ranked_row(questionnaire: &Questionnaire, outcome: &Outcome, place: usize) -> Row {
    let lines = outcome.lines(questionnaire);
    let line = |place: usize| place.checked_sub(1).and_then(|at| lines.get(at));
    let Some((line, highest)) = line(place).and_then(|line| Some((line, line.highest()?))) else {
        return Row::default();
    };
    let mut below = Vec::new();
    if line.family().is_some() {
        below.push(questionnaire.causes[highest.cause].name.clone());
    }
    let next = lines.get(place).and_then(RankingLine::highest);
    if next.is_some_and(|next| highest.is_too_close_to(next)) {
        below.push(format!("too close to call: {place} and {}", place + 1));
    }
    Row {
        key: Some(place.to_string()),
        say: line.topic.name(questionnaire).to_owned(),
        bar: Some(bar(highest)),
        below,
        ..Row::default()
    }
}

/// The bar of a cause.
#[must_use]
pub(in crate::app) fn bar(ranked: &Ranked) -> Bar {
    Bar {
        probability: wording::shown_probability(ranked.probability),
        high: wording::shown_probability(ranked.high),
        words: wording::frequency(ranked.probability),
        range: wording::frequency_range(ranked.low, ranked.high),
    }
}
