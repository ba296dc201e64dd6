//! The report as a page of HTML. It has no script and loads nothing, is light or dark as the reader prefers, and prints on one
//! sheet of paper.

use crate::report::page::{Block, CauseRow, Page, PageSection, TextRun};

const STYLE: &str = include_str!("report.css");

pub(in crate::report) fn write(page: &Page) -> String {
    let mut body = Vec::new();
    for (at, PageSection { heading, blocks }) in page.sections.iter().enumerate() {
        let class = if at == 0 { " class=\"first\"" } else { "" };
        body.push(format!("<section{class}>\n<h2>{}</h2>", escaped(heading)));
        body.extend(blocks.iter().map(block_html));
        body.push("</section>".into());
    }
    let [about, when] = page.head.each_ref().map(|line| escaped(line));
    let title = escaped(page.title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}: {about}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>{title}</h1>\n<p>{about} {when}</p>\n</header>\n<main>\n{}\n</main>\n<footer>\n<p>{}</p>\n</footer>\n</body>\n</html>\n",
        body.join("\n"),
        escaped(&page.foot)
    )
}

fn block_html(block: &Block) -> String {
    match block {
        Block::Text(runs) => format!("<p>{}</p>", inline(runs)),
        Block::Items(items) => {
            let items: Vec<String> = items.iter().map(|item| format!("<li>{}</li>", inline(item))).collect();
            format!("<ul>\n{}\n</ul>", items.join("\n"))
        }
        Block::Causes(rows) => causes_table(rows),
        Block::Sources(sources) => {
            let items: Vec<String> = sources.iter().map(|source| format!("<li>{}</li>", escaped(source))).collect();
            format!("<ol>\n{}\n</ol>", items.join("\n"))
        }
    }
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
                escaped(&row.likely),
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

fn inline(runs: &[TextRun]) -> String {
    let text = |run: &TextRun| match run {
        TextRun::Plain(text) => escaped(text),
        TextRun::Strong(text) => format!("<strong>{}</strong>", escaped(text)),
    };
    runs.iter().map(text).collect()
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
