//! The report as a page of HTML. It has no script and loads nothing, is light or dark as the reader prefers, and prints on one
//! sheet of paper.

use crate::report::page::{Block, CauseRow, Group, Page, PageSection, TextRun, Width};

const STYLE: &str = include_str!("report.css");

pub(in crate::report) fn write(page: &Page) -> String {
    let sections: Vec<String> = page.sections.iter().map(|section| section_html(section, page.is_two_sided)).collect();
    let [title, about, who, language] = [page.title, &page.about.join(" "), &page.who, &page.language].map(escaped);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>{who}</h1>\n<div class=\"lead\">\n{}\n</div>\n<p class=\"about\">{about}</p>\n</header>\n\
         <main>\n{}\n</main>\n</body>\n</html>\n",
        blocks_html(&page.lead),
        sections.join("\n"),
    )
}

fn section_html(section: &PageSection, is_two_sided: bool) -> String {
    let class = match (section.is_for_person, is_two_sided) {
        (false, _) => "",
        (true, false) => " class=\"person\"",
        (true, true) => " class=\"person back\"",
    };
    format!("<section{class}>\n<h2>{}</h2>\n{}\n</section>", escaped(&section.heading), blocks_html(&section.blocks))
}

fn blocks_html(blocks: &[Block]) -> String {
    blocks.iter().map(block_html).collect::<Vec<_>>().join("\n")
}

fn block_html(block: &Block) -> String {
    match block {
        Block::Text(runs) => format!("<p>{}</p>", inline(runs)),
        Block::Items(items) => list(items),
        Block::Columns(width, groups) => {
            let class = match width {
                Width::Wide => "wide",
                Width::Narrow => "narrow",
            };
            let heading =
                |group: &Group| group.heading.as_ref().map(|heading| format!("<h3>{}</h3>\n", escaped(heading)));
            let groups: Vec<String> =
                groups.iter().map(|group| heading(group).unwrap_or_default() + &list(&group.items)).collect();
            format!("<div class=\"{class}\">\n{}\n</div>", groups.join("\n"))
        }
        Block::Causes(rows) => causes_table(rows),
        Block::Sources(sources) => {
            let items: Vec<String> = sources.iter().map(|source| format!("<li>{}</li>", escaped(source))).collect();
            format!("<ol>\n{}\n</ol>", items.join("\n"))
        }
    }
}

fn list(items: &[Vec<TextRun>]) -> String {
    let items: Vec<String> = items.iter().map(|item| format!("<li>{}</li>", inline(item))).collect();
    format!("<ul>\n{}\n</ul>", items.join("\n"))
}

fn causes_table(rows: &[CauseRow]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .zip(1..)
        .map(|(row, place)| {
            let why: Vec<String> = row.why.iter().map(|why| inline(why)).collect();
            format!(
                "<tr><td>{place}</td><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>",
                inline(&row.name),
                likelihood(row),
                why.join(" ")
            )
        })
        .collect();
    // On a narrow screen the table scrolls sideways; without `tabindex` it could not be scrolled by keyboard.
    format!(
        "<div role=\"region\" aria-label=\"Causes\" tabindex=\"0\">\n<table>\n<thead>\n<tr>\
         <th scope=\"col\">No.</th><th scope=\"col\">Cause</th><th scope=\"col\">How likely</th>\
         <th scope=\"col\">Why</th></tr>\n</thead>\n<tbody>\n{}\n</tbody>\n</table>\n</div>",
        rows.join("\n")
    )
}

/// How likely a cause is in words, with its range drawn: from nobody at the left to everybody at the right.
fn likelihood(row: &CauseRow) -> String {
    let [low, at, high] = [row.drawn.low, row.drawn.probability, row.drawn.high].map(|shown| shown * 100.0);
    let drawn = format!(
        "<svg role=\"img\" viewBox=\"-1 0 102 8\" preserveAspectRatio=\"xMinYMid\"><title>{}</title><rect x=\"0\" y=\"3.5\" width=\"100\" height=\"1\"/>\
         <rect class=\"range\" x=\"{low:.1}\" y=\"2\" width=\"{:.1}\" height=\"4\"/>\
         <rect x=\"{:.1}\" y=\"0\" width=\"2\" height=\"8\"/></svg>",
        escaped(row.range.as_ref().unwrap_or(&row.likely)),
        high - low,
        at - 1.0,
    );
    format!("{} {drawn} <small>{}</small>", escaped(&row.likely), escaped(&row.notes.join(", ")))
}

fn inline(runs: &[TextRun]) -> String {
    let text = |run: &TextRun| match run {
        TextRun::Plain(text) => escaped(text),
        TextRun::Strong(text) => format!("<strong>{}</strong>", escaped(text)),
        TextRun::Quiet(text) => format!("<small>{}</small>", escaped(text)),
    };
    runs.iter().filter(|run| !run.text().is_empty()).map(text).collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
