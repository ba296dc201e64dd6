//! Counts words, sentences and syllables of English text, for its reading grade.

/// The words of a text, without punctuation. Numbers are not words.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !(letter.is_alphanumeric() || letter == '\'' || letter == '’'))
        .map(|word| word.trim_matches(['\'', '’']))
        .filter(|word| word.chars().any(char::is_alphabetic))
}

/// The Flesch–Kincaid grade level. A sentence ends at a full stop, a question mark or an exclamation mark before a space.
pub(crate) fn grade(text: &str) -> f64 {
    let count = words(text).count();
    if count == 0 {
        return 0.0;
    }
    let sentences =
        format!("{text}\n").split(['\n', ' ']).filter(|word| word.ends_with(['.', '?', '!'])).count().max(1);
    let spoken: usize = words(text).map(syllables).sum();
    0.39 * as_f64(count) / as_f64(sentences) + 11.8 * as_f64(spoken) / as_f64(count) - 15.59
}

fn as_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).expect("a text is short"))
}

/// Words for which the rule below is wrong. (It was compared with the CMU Pronouncing Dictionary, on every word of
/// `questions.toml` that is in it.)
const SPOKEN: &[(&str, usize)] = &[
    ("aches", 1),
    ("acne", 2),
    ("aneurysm", 4),
    ("anxious", 2),
    ("area", 3),
    ("aspirin", 2),
    ("being", 2),
    ("bluer", 2),
    ("called", 1),
    ("careful", 2),
    ("diabetes", 4),
    ("diarrhoea", 4),
    ("earlier", 3),
    ("easier", 3),
    ("evening", 2),
    ("everyday", 3),
    ("everything", 3),
    ("fluid", 2),
    ("grapefruit", 2),
    ("guideline", 2),
    ("hiv", 3),
    ("idea", 3),
    ("lately", 2),
    ("likely", 2),
    ("lying", 2),
    ("maybe", 2),
    ("movement", 2),
    ("mri", 3),
    ("pancreas", 3),
    ("peeing", 2),
    ("pulled", 1),
    ("quiet", 2),
    ("radioactive", 5),
    ("rarely", 2),
    ("reaction", 3),
    ("someone", 2),
    ("something", 2),
    ("sometimes", 2),
    ("somewhere", 2),
    ("seeing", 2),
    ("soreness", 2),
    ("spasm", 2),
    ("sudafed", 3),
    ("tire", 2),
    ("tired", 2),
    ("tongue", 1),
    ("uk", 2),
    ("vegetable", 3),
];

/// The number of syllables of a word: its groups of vowels, without silent ones.
pub(crate) fn syllables(word: &str) -> usize {
    let word = word.to_lowercase().replace(['\'', '’'], "");
    let known = SPOKEN.iter().find(|(spelt, _)| *spelt == word || format!("{spelt}s") == word);
    known.map_or_else(|| by_rule(&word), |(_, count)| *count)
}

/// Endings with a silent vowel, each with the longer endings in which the vowel is spoken.
const SILENT: &[(&str, &[&str])] = &[
    ("e", &["ee", "ie", "oe", "ue", "ye"]),
    ("ed", &["ted", "ded", "eed", "ied"]),
    ("es", &["ses", "xes", "zes", "ches", "shes", "ces", "ges", "ies", "oes", "ees", "ues", "yes"]),
];

/// Pairs of vowels that are two syllables, and words and endings in which they are one.
const APART: &[&str] = &["ia", "io", "iu", "ua", "eo", "uo", "going", "doing"];
const TOGETHER: &[&str] =
    &["tion", "sion", "cial", "tial", "cian", "cious", "tious", "gion", "qua", "quo", "people", "iar", "gua", "guo"];

fn by_rule(word: &str) -> usize {
    let is_vowel = |letter: char| "aeiouy".contains(letter);
    let groups = word.split(|letter| !is_vowel(letter)).filter(|group| !group.is_empty()).count();
    let is_silent = SILENT.iter().any(|(ending, spoken)| {
        word.ends_with(ending)
            && !spoken.iter().any(|longer| word.ends_with(longer))
            && !ends_like_muscle(word, is_vowel)
    });
    let apart: usize = APART.iter().map(|pair| word.matches(pair).count()).sum();
    let together: usize = TOGETHER.iter().map(|letters| word.matches(letters).count()).sum();
    (groups + apart).saturating_sub(together + usize::from(is_silent)).max(1)
}

/// Whether a word ends in a consonant and "le", "led" or "les", which is a syllable of its own.
fn ends_like_muscle(word: &str, is_vowel: impl Fn(char) -> bool) -> bool {
    let stem = ["le", "led", "les"].iter().find_map(|ending| word.strip_suffix(ending));
    stem.is_some_and(|stem| stem.chars().next_back().is_some_and(|letter| !is_vowel(letter)))
}
