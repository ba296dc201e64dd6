//! Where figures come from: whether those that claim a source name one, and whether the sources are used and can be found.

use std::collections::BTreeSet;

use la_arena::Idx;

use crate::authoring::check::{Checking, Room};
use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{FilePart, Grade, Questionnaire, Source};

pub(in crate::authoring::check) const ROOM: Room =
    Room { looks_for: &[Rule::NoSource, Rule::UnusedSource, Rule::BadDoi], look };

fn look(file: Checking<'_>, found: &mut Vec<Diagnostic>) {
    without_source(file, found);
    let used = used(file.questionnaire);
    for (source, cited) in file.questionnaire.sources.iter() {
        if !used.contains(&source) {
            let message = format!("nothing names the source {}", quote(&cited.id));
            let help = Some("name it where it is used, or take it out".into());
            let span = file.spans.span(FilePart::Source(source));
            found.push(Diagnostic { help, ..Diagnostic::new(Rule::UnusedSource, span, message) });
        }
        if let Some(doi) = cited.doi.as_deref().filter(|doi| doi_in(doi) != Some(doi)) {
            let help = match doi_in(doi) {
                Some(part) => format!("write \"{part}\""),
                None => "a DOI is `10.`, four to nine digits, `/`, and the rest without blanks".into(),
            };
            let span = file.spans.value(FilePart::Source(source), "doi");
            let message = format!("{} is no DOI", quote(doi));
            found.push(Diagnostic { help: Some(help), ..Diagnostic::new(Rule::BadDoi, span, message) });
        }
    }
}

/// Rows that say that their figure was published, or worked out from one that was, but not where.
fn without_source(file: Checking<'_>, found: &mut Vec<Diagnostic>) {
    for (cause, named) in file.questionnaire.causes.iter() {
        let base = named.base.iter().enumerate();
        let base = base.map(|(at, row)| (FilePart::Base(cause, at), row.grade, &row.sources));
        let adjust = named.adjust.iter().enumerate();
        let adjust = adjust.map(|(at, row)| (FilePart::Adjust(cause, at), row.grade, &row.sources));
        let findings = named.findings.iter().enumerate();
        let findings = findings.map(|(at, row)| (FilePart::Finding(cause, at), Some(row.grade), &row.sources));
        for (part, grade, sources) in base.chain(adjust).chain(findings) {
            let grade = match grade {
                Some(Grade::A) => "A, a published figure,",
                Some(Grade::B) => "B, worked out from published figures,",
                Some(Grade::C) | None => continue,
            };
            if sources.is_empty() {
                let message = format!("grade {grade} without a source");
                let help = Some("name where it comes from; what is judged is of grade C".into());
                let span = file.spans.value(part, "grade");
                found.push(Diagnostic { help, ..Diagnostic::new(Rule::NoSource, span, message) });
            }
        }
    }
}

fn used(questionnaire: &Questionnaire) -> BTreeSet<Idx<Source>> {
    let alarms = questionnaire.alarms.values().flat_map(|alarm| &alarm.sources);
    let causes = questionnaire.causes.values().flat_map(|cause| {
        let base = cause.base.iter().flat_map(|row| &row.sources);
        let adjust = cause.adjust.iter().flat_map(|row| &row.sources);
        let findings = cause.findings.iter().flat_map(|finding| &finding.sources);
        let advice = cause.advice.iter().flat_map(|advice| &advice.sources);
        base.chain(adjust).chain(findings).chain(advice)
    });
    alarms.chain(causes).copied().collect()
}

/// The first part of a text that is a DOI: all of it, if it is one.
fn doi_in(text: &str) -> Option<&str> {
    text.match_indices("10.").find_map(|(at, prefix)| {
        let begun_before = text.get(..at)?.ends_with(|c: char| c.is_ascii_digit());
        let candidate = text.get(at..)?.split(char::is_whitespace).next()?;
        let rest = candidate.strip_prefix(prefix)?;
        let (registrant, suffix) = rest.split_once('/')?;
        let is_registrant = (4..=9).contains(&registrant.len()) && registrant.bytes().all(|byte| byte.is_ascii_digit());
        (!begun_before && is_registrant && !suffix.is_empty()).then_some(candidate)
    })
}

#[cfg(test)]
mod tests {
    use super::doi_in;

    #[test]
    fn a_doi_is_all_of_its_text() {
        for doi in ["10.1001/jama.2010.1833", "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"] {
            assert_eq!(doi_in(doi), Some(doi));
        }
    }

    #[test]
    fn the_doi_in_an_address_or_a_sentence_is_found() {
        assert_eq!(doi_in("https://doi.org/10.1001/jama.2010.1833"), Some("10.1001/jama.2010.1833"));
        assert_eq!(doi_in("doi: 10.1001/jama.2010.1833 (2010)"), Some("10.1001/jama.2010.1833"));
    }

    #[test]
    fn what_holds_no_doi_is_told_from_what_does() {
        for text in
            ["10.1/x", "10.12345678901/x", "10.1001", "10.1001/", "PMID 21098769", "110.1001/x", "10.10a1/x", ""]
        {
            assert_eq!(doi_in(text), None, "{text}");
        }
    }
}
