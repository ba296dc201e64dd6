//! The list of the results: alarms first, then the ranked causes with their bars, then what else there is to read.

use la_arena::Idx;

use crate::app::App;
use crate::app::blocks::{Bar, Row};
use crate::app::deed::Deed;
use crate::engine::outcome::RankingLine;
use crate::engine::ranking::Ranked;
use crate::questionnaire::{Alarm, Cause, Questionnaire};
use crate::text::wording;

/// A line of the list, and what its page is about.
#[derive(Debug, Clone)]
pub(in crate::app) struct Item {
    pub(in crate::app) kind: Kind,
    /// What the line says.
    pub(in crate::app) row: Row,
    /// The title of its page.
    pub(in crate::app) title: String,
}

/// What a line of the list is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum Kind {
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
    Ranked { place: usize, causes: Vec<Idx<Cause>> },
    /// The line into which the unlikely causes are folded.
    Unlikely,
    /// The causes to which no answer points.
    Unnamed,
    /// A rare cause that is much more probable than usual.
    WorthChecking(Idx<Cause>),
    /// The causes that no answer speaks for or against.
    NotAssessed,
    /// When to get help, whatever the results say.
    Safety,
    /// The questions that were passed over.
    PassedOver,
}

/// Lines of a long ranking below this probability are folded into one.
const UNLIKELY: f64 = 0.05;

/// The first lines of the ranking are listed however unlikely they are: this many.
const LISTED: usize = 3;

/// How many lines of the ranking are listed before the folded ones. A single line is not worth folding.
pub(in crate::app) fn listed(lines: &[RankingLine<'_>]) -> usize {
    let likely = lines.iter().filter(|line| line.highest().is_some_and(|it| it.probability >= UNLIKELY)).count();
    let listed = likely.max(LISTED);
    if listed + 1 < lines.len() { listed } else { lines.len() }
}

/// The lines of the list, from the top.
pub(in crate::app) fn items(app: &App<'_>, is_unfolded: bool) -> Vec<Item> {
    const MORE: &str = "More to read";
    let questionnaire = app.interview().questionnaire();
    let outcome = app.interview().outcome();
    let mut items = told_first(app);
    // The causes need no heading where nothing comes before them.
    let is_led = outcome.is_led_by_alarm(questionnaire);
    let heading = (!items.is_empty()).then(|| wording::causes_heading(is_led));
    let mut causes = ranked(app);
    let unlikely = causes.split_off(listed(&outcome.lines(questionnaire)));
    if !unlikely.is_empty() {
        let say = format!("{} more, each unlikely", unlikely.len());
        let mut item = Item::new(Kind::Unlikely, say, "Unlikely causes");
        item.row.deed = Some(Deed::Unfold);
        causes.push(item);
    }
    causes.extend(unlikely.into_iter().filter(|_| is_unfolded));
    causes.extend(wording::unnamed(outcome).map(|say| Item::new(Kind::Unnamed, say, "Other causes")));
    items.extend(causes.into_iter().map(|item| item.under(heading)));
    for ranked in outcome.worth_checking() {
        let name = &questionnaire.causes[ranked.cause].name;
        let mut item = Item::new(Kind::WorthChecking(ranked.cause), name, name).signed("!");
        item.row.below.push(format!("{:.0} times its usual rate", ranked.lift));
        items.push(item.under(Some("Worth checking")));
    }
    let unranked = outcome.ranking.unranked().count();
    if unranked > 0 {
        let say = format!("Not assessed ({unranked})");
        items.push(Item::new(Kind::NotAssessed, say, "Not assessed").under(Some(MORE)));
    }
    if questionnaire.safety.is_some() {
        items.push(Item::new(Kind::Safety, "When to get help", "When to get help").under(Some(MORE)));
    }
    let passed_over = app.interview().passed_over().len();
    if passed_over > 0 {
        let say = format!("{} passed over", wording::counted(passed_over, "question"));
        let mut item = Item::new(Kind::PassedOver, say, "Passed over").under(Some(MORE));
        if app.can_ask_passed_over() {
            item.row.deed = Some(Deed::AskPassedOver);
        }
        items.push(item);
    }
    items
}

/// What has to be heard before the causes.
pub(in crate::app) fn told_first(app: &App<'_>) -> Vec<Item> {
    let interview = app.interview();
    let (questionnaire, outcome) = (interview.questionnaire(), interview.outcome());
    let heading = |leads| Some(if leads { "Most important" } else { "Also important" });
    let mut items = Vec::new();
    if app.what_if.is_some() {
        items.push(Item::new(Kind::Changes, "What would change", "What if"));
    }
    for (alarm, _) in outcome.alarms_to_tell(questionnaire) {
        let leads = questionnaire.urgencies[questionnaire.alarms[alarm].urgency].leads;
        let item = Item::new(Kind::Alarm(alarm), title(questionnaire, alarm), "What to do now");
        items.push(item.signed("!").under(heading(leads)));
    }
    for (alarm, _) in outcome.unsure_alarms_to_tell(questionnaire) {
        let title = title(questionnaire, alarm);
        items.push(Item::new(Kind::UnsureAlarm(alarm), title, title).signed("?").under(heading(false)));
    }
    let open = outcome.open_danger_questions(interview.evaluation()).len();
    if open > 0 {
        let say = format!("{} still open", wording::counted(open, "danger question"));
        let item = Item::new(Kind::OpenDanger, say, "Danger questions still open");
        items.push(item.signed("?").under(heading(false)));
    }
    if let Some(day) = interview.earlier_day().filter(|_| app.what_if.is_none()) {
        items.push(Item::new(Kind::Since, format!("Since {}", day.words), "What has moved"));
    }
    if outcome.says_nothing_stands_out(questionnaire) {
        items.push(Item::new(Kind::NothingStandsOut, "No single cause stands out", "What that means"));
    }
    items
}

/// The lines of the whole ranking.
pub(in crate::app) fn ranked(app: &App<'_>) -> Vec<Item> {
    let questionnaire = app.interview().questionnaire();
    let lines = app.interview().outcome().lines(questionnaire);
    let item = |(line, place): (&RankingLine<'_>, usize)| {
        let highest = line.highest()?;
        let mut below = Vec::new();
        if line.family().is_some() {
            below.push(questionnaire.causes[highest.cause].name.clone());
        }
        let next = lines.get(place).and_then(RankingLine::highest);
        if next.is_some_and(|next| highest.is_too_close_to(next)) {
            below.push(format!("too close to call: {place} and {}", place + 1));
        }
        let causes = line.members.iter().map(|ranked| ranked.cause).collect();
        let name = line.topic.name(questionnaire);
        let item = Item::new(Kind::Ranked { place, causes }, name, name).signed(&place.to_string());
        Some(Item { row: Row { bar: Some(bar(highest)), below, ..item.row }, ..item })
    };
    lines.iter().zip(1..).filter_map(item).collect()
}

/// The line that is selected first: what leads, or else the first cause. While none stands out, none is advised on unasked.
pub(in crate::app) fn first(app: &App<'_>) -> usize {
    let outcome = app.interview().outcome();
    if app.what_if.is_some() || outcome.is_led_by_alarm(app.interview().questionnaire()) {
        return 0;
    }
    let leads = outcome.is_led_by_doubt(app.interview().questionnaire());
    let is_doubt = |item: &Item| leads && matches!(item.kind, Kind::UnsureAlarm(_));
    let is_it = |item: &Item| is_doubt(item) || matches!(item.kind, Kind::NothingStandsOut | Kind::Ranked { .. });
    items(app, false).iter().position(is_it).unwrap_or(0)
}

impl Item {
    fn new(kind: Kind, say: impl Into<String>, title: impl Into<String>) -> Item {
        let row = Row { key: Some(String::new()), say: say.into(), deed: Some(Deed::Read), ..Row::default() };
        Item { kind, row, title: title.into() }
    }

    /// With a sign, or a number, in front.
    fn signed(self, sign: &str) -> Item {
        Item { row: Row { key: Some(sign.into()), ..self.row }, ..self }
    }

    fn under(self, heading: Option<&str>) -> Item {
        Item { row: Row { heading: heading.map(str::to_owned), ..self.row }, ..self }
    }

    /// The causes that it is about, the highest first; none when it has no pages.
    pub(in crate::app) fn causes(&self) -> &[Idx<Cause>] {
        match &self.kind {
            Kind::Ranked { causes, .. } => causes,
            Kind::WorthChecking(cause) => std::slice::from_ref(cause),
            _ => &[],
        }
    }
}

/// The rows of some items. What stands above several of them is said once.
pub(in crate::app) fn rows(items: Vec<Item>) -> Vec<Row> {
    let mut above = None;
    let row = |Item { row, .. }: Item| {
        let is_new = std::mem::replace(&mut above, row.heading.clone()) != row.heading;
        Row { heading: row.heading.filter(|_| is_new), ..row }
    };
    items.into_iter().map(row).collect()
}

/// What an alarm is about, in a few words.
pub(in crate::app) fn title(questionnaire: &Questionnaire, alarm: Idx<Alarm>) -> &str {
    let alarm = &questionnaire.alarms[alarm];
    alarm.title.as_deref().unwrap_or(&alarm.say)
}

/// The bar of a cause.
pub(in crate::app) fn bar(ranked: &Ranked) -> Bar {
    Bar {
        probability: wording::shown_probability(ranked.probability),
        high: wording::shown_probability(ranked.high),
        words: wording::frequency(ranked.probability),
        range: wording::frequency_range(ranked.low, ranked.high),
    }
}
