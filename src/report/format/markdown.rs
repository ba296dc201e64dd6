//! The report as Markdown. Whatever is in the texts of a question file is escaped, so that it never becomes markup.

use crate::report::page::{Block, CauseRow, Page, PageSection, TextRun};

pub(in crate::report) fn write(page: &Page) -> String {
    let mut parts = vec![format!("# {}", escaped(&page.who))];
    parts.extend(page.lead.iter().map(block_markdown));
    parts.push(paragraph(&escaped(&page.about.join(" "))));
    for PageSection { heading, blocks, .. } in &page.sections {
        parts.push(format!("## {}", escaped(heading)));
        parts.extend(blocks.iter().map(block_markdown));
    }
    parts.join("\n\n") + "\n"
}

fn block_markdown(block: &Block) -> String {
    match block {
        Block::Text(runs) => paragraph(&inline(runs)),
        Block::Items(items) => items_markdown(items.iter().map(|item| inline(item))),
        Block::Columns(_, groups) => items_markdown(groups.iter().flat_map(|group| {
            let items: Vec<String> = group.items.iter().map(|item| inline(item)).collect();
            match &group.heading {
                Some(heading) => vec![format!("{}: {}", emphasized(heading), items.join("; "))],
                None => items,
            }
        })),
        Block::Causes(rows) => {
            rows.iter().zip(1..).map(|(row, place)| cause_item(row, place)).collect::<Vec<_>>().join("\n")
        }
        Block::Sources(sources) => {
            let numbered =
                sources.iter().zip(1..).map(|(source, number)| format!("{number}. {}", paragraph(&escaped(source))));
            numbered.collect::<Vec<_>>().join("\n")
        }
    }
}

fn items_markdown(items: impl Iterator<Item = String>) -> String {
    items.map(|item| format!("- {}", paragraph(&item))).collect::<Vec<_>>().join("\n")
}

fn cause_item(row: &CauseRow, place: usize) -> String {
    let mut lines = vec![format!("{place}. {}", paragraph(&inline(&row.name)))];
    let likely: Vec<&str> =
        std::iter::once(&row.likely).chain(&row.range).chain(&row.notes).map(String::as_str).collect();
    let facts = [format!("{}.", escaped(&likely.join(", ")))].into_iter().chain(row.why.iter().map(|why| inline(why)));
    lines.extend(facts.map(|fact| format!("   - {}", paragraph(&fact))));
    lines.join("\n")
}

fn inline(runs: &[TextRun]) -> String {
    let text = |run: &TextRun| match run {
        TextRun::Plain(text) | TextRun::Quiet(text) => escaped(text),
        TextRun::Strong(text) => emphasized(text),
    };
    runs.iter().map(text).collect()
}

/// Markdown takes asterisks for emphasis only where no blank follows the first or precedes the last.
fn emphasized(text: &str) -> String {
    let (start, rest) = text.split_at(text.len() - text.trim_start().len());
    let inner = rest.trim_end();
    let end = rest.strip_prefix(inner).unwrap_or_default();
    if inner.is_empty() { text.to_owned() } else { format!("{start}**{}**{end}", escaped(inner)) }
}

/// Puts a backslash before whatever would be markup anywhere in a line.
fn escaped(text: &str) -> String {
    const MARKUP: &[char] = &['\\', '`', '*', '_', '[', ']', '<', '>', '|', '~', '&', '#', '$', '@', '{', '}'];
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if MARKUP.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    // Some renderers make links of whatever looks like an address.
    out.replace("://", "\\://").replace("www.", "www\\.")
}

/// Puts a backslash before whatever would begin a list, a rule or a heading at the start of a line.
fn paragraph(text: &str) -> String {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let rest: String = text.chars().skip(digits).collect();
    if digits > 0 && rest.starts_with(['.', ')']) {
        let number: String = text.chars().take(digits).collect();
        return format!("{number}\\{rest}");
    }
    if text.starts_with(['-', '+', '=', ':']) { format!("\\{text}") } else { text.to_owned() }
}
