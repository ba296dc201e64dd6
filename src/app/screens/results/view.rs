//! What the screen of the results says.

use la_arena::Idx;

use crate::app::App;
use crate::app::blocks::{Badge, Block, Pane, Role, Row, View, paragraphs};
use crate::app::deed::Deed;
use crate::app::screens::alarm::{answers, steps};
use crate::app::screens::results::cause::About;
use crate::app::screens::results::list::{self, Item, Kind, title};
use crate::app::screens::results::{Results, what_if};
use crate::app::screens::since;
use crate::engine::evaluation::is_unsure;
use crate::engine::outcome::UrgencyReason;
use crate::engine::ranking::Ranked;
use crate::interview::Interview;
use crate::questionnaire::{Alarm, Cause, Question, Urgency};
use crate::text::wording;

/// How urgent it is, the list, and the page about its selected line.
pub(in crate::app) fn view(app: &App<'_>, results: Results) -> View {
    let items = list::items(app, results.is_unfolded);
    let (title, body, has_pages) = items.get(app.screens.top.main.cursor).map_or_else(Default::default, |item| {
        (item.title.clone(), page(app, results, item), !item.causes().is_empty())
    });
    let side = Pane { title, page: has_pages.then_some(results.page), body, ..Pane::default() };
    let (outcome, questionnaire) = (app.interview().outcome(), app.interview().questionnaire());
    let mut body = vec![Block::choices(list::rows(items))];
    // While an alarm leads, that there is no ranking is beside the point.
    if outcome.lines(questionnaire).is_empty() && !outcome.is_led_by_alarm(questionnaire) {
        body.insert(0, Block::plain("Nothing you said points to a cause."));
    }
    View {
        banner: Pane { title: "What to do".into(), body: banner(app), ..Pane::default() },
        main: Pane { title: "What fits your answers".into(), extent: extent(app.interview()), body, ..Pane::default() },
        side: Some(side),
        is_side_read: results.is_reading,
        ..View::default()
    }
}

/// How many questions are answered, and how many of those answers are not sure.
fn extent(interview: &Interview<'_>) -> String {
    let evaluation = interview.evaluation();
    let answers = || evaluation.shown_questions().filter_map(|question| evaluation.answer(question));
    let answered = wording::counted(answers().count(), "answer");
    match answers().filter(|answer| is_unsure(answer)).count() {
        0 => answered,
        unsure => format!("{answered} · {unsure} not sure"),
    }
}

/// How urgent it is, and why.
fn banner(app: &App<'_>) -> Vec<Block> {
    let questionnaire = app.interview().questionnaire();
    let outcome = app.interview().outcome();
    let Some(level) = outcome.urgency else { return Vec::new() };
    vec![Block::Badge(Badge::new(questionnaire, level)), Block::quiet(because(app))]
}

/// Why it is this urgent.
fn because(app: &App<'_>) -> String {
    let questionnaire = app.interview().questionnaire();
    let outcome = app.interview().outcome();
    let titles = |alarms: &[Idx<Alarm>], level: fn(&Alarm) -> Option<Idx<Urgency>>| -> Vec<&str> {
        let is_as_urgent = |alarm: &&Idx<Alarm>| level(&questionnaire.alarms[**alarm]) == outcome.urgency;
        alarms.iter().filter(is_as_urgent).map(|alarm| title(questionnaire, *alarm)).collect()
    };
    let (what, names) = match &outcome.because {
        UrgencyReason::Alarms => ("", titles(&outcome.alarms, |alarm| Some(alarm.urgency))),
        UrgencyReason::UnsureAlarms => {
            ("you weren't sure about this: ", titles(&outcome.unsure_alarms, |alarm| alarm.unsure))
        }
        UrgencyReason::Causes(_) => {
            ("", outcome.causes_of_urgency().map(|cause| questionnaire.causes[cause].name.as_str()).collect())
        }
        UrgencyReason::OpenAlarms => ("questions about danger signs have no clear answer yet", Vec::new()),
        UrgencyReason::Caution => ("", Vec::new()),
    };
    match format!("{what}{}", names.join("; ")) {
        nothing if nothing.is_empty() => "Why: to be on the safe side".into(),
        why => format!("Why: {why}"),
    }
}

/// The text about a line of the list.
pub(in crate::app) fn page(app: &App<'_>, results: Results, item: &Item) -> Vec<Block> {
    let questionnaire = app.interview().questionnaire();
    match &item.kind {
        Kind::Changes => what_if::changes(app),
        Kind::Since => since::changes(app),
        Kind::NothingStandsOut => vec![
            Block::plain("No single cause stands out. That is common: often several small things add up."),
            Block::plain("The list begins with the most likely. For each cause it says why, and what you can do."),
        ],
        Kind::Alarm(alarm) => about_alarm(app, *alarm, None, answers(app, *alarm)),
        Kind::UnsureAlarm(alarm) => {
            let doubts = app.interview().evaluation().doubts(&questionnaire.alarms[*alarm].when);
            let not_sure = doubts.into_iter().map(|(question, options)| {
                let asked = &questionnaire.questions[question];
                let doubted = if options.is_empty() {
                    wording::NOT_SURE.to_owned()
                } else {
                    format!("{} (not sure)", wording::doubted(asked, &options).join("; "))
                };
                (asked.ask.clone(), doubted)
            });
            about_alarm(app, *alarm, questionnaire.alarms[*alarm].unsure, not_sure.collect())
        }
        Kind::OpenDanger => open_danger(app),
        Kind::Unlikely => unlikely(app),
        Kind::NotAssessed => not_assessed(app),
        Kind::PassedOver => passed_over(app),
        Kind::Unnamed => vec![Block::plain(&item.row.say)],
        Kind::Safety => questionnaire.safety.iter().flat_map(|safety| paragraphs(Role::Plain, safety)).collect(),
        Kind::Ranked { .. } | Kind::WorthChecking(_) => {
            let outcome = app.interview().outcome();
            let find = |cause: &Idx<Cause>| outcome.ranking.causes.iter().find(|ranked| ranked.cause == *cause);
            let causes: Vec<&Ranked> = item.causes().iter().filter_map(find).collect();
            About::new(app, results).page(&causes)
        }
    }
}

/// An alarm: what to do, and the answers behind it. One that the person is not sure about has an urgency of its own.
fn about_alarm(
    app: &App<'_>,
    alarm: Idx<Alarm>,
    unsure: Option<Idx<Urgency>>,
    said: Vec<(String, String)>,
) -> Vec<Block> {
    const DOUBT: &str =
        "You weren't sure about this. Here is what to do if it is true. If you find out, change your answer.";
    let questionnaire = app.interview().questionnaire();
    let alarm = &questionnaire.alarms[alarm];
    let mut blocks = vec![Block::Badge(Badge::new(questionnaire, unsure.unwrap_or(alarm.urgency)))];
    blocks.extend(unsure.map(|_| Block::plain(DOUBT)));
    blocks.extend(alarm.title.iter().map(Block::heading));
    blocks.extend(steps(&alarm.say));
    blocks.push(Block::heading("What you said"));
    blocks.push(Block::Pairs(said));
    let sources = alarm.sources.iter().map(|source| &questionnaire.sources[*source].cite);
    blocks.extend(sources.map(|cite| Block::quiet(format!("Source: {cite}"))));
    blocks
}

fn open_danger(app: &App<'_>) -> Vec<Block> {
    let interview = app.interview();
    let text = if can_be_more_urgent(app) {
        "These questions have no clear answer yet. An answer can make this more urgent."
    } else {
        "These questions have no clear answer yet. They can wait: first do what it says at the top."
    };
    let row = |(question, number): (Idx<Question>, usize)| {
        Row::numbered(number, &interview.questionnaire().questions[question].ask, Deed::GoTo(question))
    };
    let questions = interview.outcome().open_danger_questions(interview.evaluation());
    let rows = questions.into_iter().zip(1..).map(row).collect();
    vec![Block::plain(text), Block::choices(rows)]
}

/// Whether there is a higher level of urgency than that of the results.
pub(in crate::app) fn can_be_more_urgent(app: &App<'_>) -> bool {
    let interview = app.interview();
    interview.outcome().urgency < interview.questionnaire().urgencies.iter().next_back().map(|(level, _)| level)
}

/// The causes that are folded into one line at the end of the list.
fn unlikely(app: &App<'_>) -> Vec<Block> {
    let text = "What you said speaks for or against these too, but each stays unlikely. Press Enter to list them.";
    let listed = list::listed(&app.interview().outcome().lines(app.interview().questionnaire()));
    let folded = list::ranked(app).into_iter().skip(listed);
    let pairs = folded.filter_map(|item| Some((item.row.say, item.row.bar?.words)));
    vec![Block::plain(text), Block::Pairs(pairs.collect())]
}

/// The questions that were passed over, and how to answer them.
fn passed_over(app: &App<'_>) -> Vec<Block> {
    let interview = app.interview();
    let questions = interview.passed_over();
    let mut blocks = vec![Block::plain(format!("{}.", wording::passed_over(questions.len())))];
    if app.what_if.is_none() {
        blocks.push(Block::plain(match questions.len() {
            1 => "Press Enter to answer it.",
            _ => "Press Enter to answer them.",
        }));
    }
    blocks.extend(questions.iter().map(|question| Block::item(&interview.questionnaire().questions[*question].ask)));
    blocks
}

/// The causes that no answer speaks for or against, at their base rates.
fn not_assessed(app: &App<'_>) -> Vec<Block> {
    let questionnaire = app.interview().questionnaire();
    let text = "Nothing you said speaks for or against these. How likely they are comes from your background alone.";
    let about =
        |ranked: &Ranked| (questionnaire.causes[ranked.cause].name.clone(), wording::frequency(ranked.probability));
    vec![Block::plain(text), Block::Pairs(app.interview().outcome().ranking.unranked().map(about).collect())]
}
