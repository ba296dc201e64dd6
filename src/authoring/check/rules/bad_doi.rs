//! `bad-doi`: a `doi` that is no digital object identifier, so that the link made of it leads nowhere.

use crate::diagnostic::{Diagnostic, Rule, quote};
use crate::questionnaire::{FilePart, Parsed};

pub(in crate::authoring::check) fn check(file: &Parsed) -> Vec<Diagnostic> {
    let sources = file.questionnaire.sources.iter();
    let dois = sources.filter_map(|(id, source)| Some((id, source.doi.as_deref()?)));
    let warnings = dois.filter(|(_, doi)| doi_in(doi) != Some(doi)).map(|(id, doi)| {
        let help = match doi_in(doi) {
            Some(part) => format!("write \"{part}\""),
            None => "a DOI is `10.`, four to nine digits, `/`, and the rest without blanks".into(),
        };
        let span = file.spans.value(FilePart::Source(id), "doi");
        Diagnostic::new(Rule::BadDoi, span, format!("{} is no DOI", quote(doi))).with_help(help)
    });
    warnings.collect()
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
    fn a_doi_is_found_whole() {
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
    fn in_a_text_without_a_doi_none_is_found() {
        for text in
            ["10.1/x", "10.12345678901/x", "10.1001", "10.1001/", "PMID 21098769", "110.1001/x", "10.10a1/x", ""]
        {
            assert_eq!(doi_in(text), None, "{text}");
        }
    }
}
