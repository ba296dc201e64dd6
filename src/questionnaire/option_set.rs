//! Sets of options, as bits over their numbers: what is ticked, and what a condition names.

use std::ops::{BitAnd, BitOr};

use la_arena::Idx;
use serde::{Deserialize, Serialize};

use crate::questionnaire::{Choice, Truth, index, position};

/// A set of options of one question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OptionSet {
    /// The bits of the first 64 options: all that most questions have.
    first: u64,
    /// The bits of the others. The last word is never 0, so that equal sets have equal words.
    more: Box<[u64]>,
}

impl OptionSet {
    /// Whether an option is in it.
    #[must_use]
    pub fn contains(&self, option: &Idx<Choice>) -> bool {
        let (word, bit) = place(*option);
        self.word(word) & bit != 0
    }

    /// Adds an option. Whether it is new.
    pub fn insert(&mut self, option: Idx<Choice>) -> bool {
        let (at, bit) = place(option);
        if self.more.len() < at {
            self.resize(at);
        }
        let Some(word) = self.word_mut(at) else { return false };
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    /// Takes an option out. Whether it was there.
    pub fn remove(&mut self, option: &Idx<Choice>) -> bool {
        let (at, bit) = place(*option);
        let Some(word) = self.word_mut(at) else { return false };
        let was_there = *word & bit != 0;
        *word &= !bit;
        self.trim();
        was_there
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.first == 0 && self.more.is_empty()
    }

    /// How many options are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words().map(count).sum()
    }

    /// The options, in file order.
    pub fn iter(&self) -> impl Iterator<Item = Idx<Choice>> {
        self.words().enumerate().flat_map(|(at, word)| {
            let rest = std::iter::successors(Some(word), |rest| Some(rest & rest.wrapping_sub(1)));
            let bits = rest.take_while(|rest| *rest != 0).map(u64::trailing_zeros);
            bits.map(move |bit| index(at * 64 + usize::try_from(bit).unwrap_or(0)))
        })
    }

    /// Whether every option in it is in the other, too.
    #[must_use]
    pub fn is_subset(&self, other: &OptionSet) -> bool {
        self.words().enumerate().all(|(at, word)| word & !other.word(at) == 0)
    }

    /// Whether no option is in both.
    #[must_use]
    pub fn is_disjoint(&self, other: &OptionSet) -> bool {
        self.words().enumerate().all(|(at, word)| word & other.word(at) == 0)
    }

    /// Whether any of these options is ticked.
    #[must_use]
    pub fn any(&self, ticked: &OptionSet, unsure: &OptionSet) -> Truth {
        let (yes, open) = self.words_beside(ticked, unsure).fold((0, 0), |(yes, open), (named, ticked, unsure)| {
            (yes | (named & ticked & !unsure), open | (named & unsure))
        });
        match (yes, open) {
            (0, 0) => Truth::No,
            (0, _) => Truth::Open,
            _ => Truth::Yes,
        }
    }

    /// Whether all of these options are ticked.
    #[must_use]
    pub fn all(&self, ticked: &OptionSet, unsure: &OptionSet) -> Truth {
        let (no, open) = self.words_beside(ticked, unsure).fold((0, 0), |(no, open), (named, ticked, unsure)| {
            (no | (named & !ticked & !unsure), open | (named & unsure))
        });
        match (no, open) {
            (0, 0) => Truth::Yes,
            (0, _) => Truth::Open,
            _ => Truth::No,
        }
    }

    /// How many of these options are ticked, and how many are ticked or *not sure*.
    #[must_use]
    pub fn tally(&self, ticked: &OptionSet, unsure: &OptionSet) -> (usize, usize) {
        self.words_beside(ticked, unsure).fold((0, 0), |(certain, possible), (named, ticked, unsure)| {
            (certain + count(named & ticked & !unsure), possible + count(named & (ticked | unsure)))
        })
    }

    /// Its words, each with those of two other sets at the same place.
    fn words_beside<'s>(&'s self, a: &'s OptionSet, b: &'s OptionSet) -> impl Iterator<Item = (u64, u64, u64)> + 's {
        let all = |set: &'s OptionSet| set.more.iter().copied().chain(std::iter::repeat(0));
        let more = self.more.iter().zip(all(a).zip(all(b))).map(|(word, (a, b))| (*word, a, b));
        std::iter::once((self.first, a.first, b.first)).chain(more)
    }

    fn word(&self, at: usize) -> u64 {
        match at.checked_sub(1) {
            None => self.first,
            Some(at) => self.more.get(at).copied().unwrap_or(0),
        }
    }

    fn words(&self) -> impl Iterator<Item = u64> {
        std::iter::once(self.first).chain(self.more.iter().copied())
    }

    fn word_mut(&mut self, at: usize) -> Option<&mut u64> {
        match at.checked_sub(1) {
            None => Some(&mut self.first),
            Some(at) => self.more.get_mut(at),
        }
    }

    fn resize(&mut self, words: usize) {
        let mut more = std::mem::take(&mut self.more).into_vec();
        more.resize(words, 0);
        self.more = more.into();
    }

    fn trim(&mut self) {
        let zeros = self.more.iter().rev().take_while(|word| **word == 0).count();
        if zeros > 0 {
            self.resize(self.more.len() - zeros);
        }
    }
}

/// The word of an option, and its bit in there.
fn place(option: Idx<Choice>) -> (usize, u64) {
    (position(option) / 64, 1 << (position(option) % 64))
}

fn count(word: u64) -> usize {
    usize::try_from(word.count_ones()).unwrap_or(usize::MAX)
}

impl BitAnd for &OptionSet {
    type Output = OptionSet;

    fn bitand(self, other: &OptionSet) -> OptionSet {
        let more = self.more.iter().zip(&other.more).map(|(a, b)| a & b).collect();
        let mut both = OptionSet { first: self.first & other.first, more };
        both.trim();
        both
    }
}

impl BitOr for &OptionSet {
    type Output = OptionSet;

    fn bitor(self, other: &OptionSet) -> OptionSet {
        let (long, short) = if self.more.len() < other.more.len() { (other, self) } else { (self, other) };
        let more = long.more.iter().enumerate().map(|(at, word)| word | short.word(at + 1)).collect();
        OptionSet { first: self.first | other.first, more }
    }
}

impl Extend<Idx<Choice>> for OptionSet {
    fn extend<T: IntoIterator<Item = Idx<Choice>>>(&mut self, options: T) {
        for option in options {
            self.insert(option);
        }
    }
}

impl FromIterator<Idx<Choice>> for OptionSet {
    fn from_iter<T: IntoIterator<Item = Idx<Choice>>>(options: T) -> OptionSet {
        let mut set = OptionSet::default();
        set.extend(options);
        set
    }
}

impl<const N: usize> From<[Idx<Choice>; N]> for OptionSet {
    fn from(options: [Idx<Choice>; N]) -> OptionSet {
        options.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn set(options: &[usize]) -> OptionSet {
        options.iter().map(|option| index(*option)).collect()
    }

    #[test]
    fn a_set_of_options_is_like_any_set() {
        let lists: [&[usize]; 6] = [&[], &[0], &[3, 63], &[64], &[3, 64, 200], &[1, 63, 64, 65, 199]];
        for (one, other) in lists.iter().flat_map(|one| lists.iter().map(move |other| (one, other))) {
            let (a, b) = (set(one), set(other));
            let (known_a, known_b) = (BTreeSet::from_iter(*one), BTreeSet::from_iter(*other));
            let all = |set: &OptionSet| set.iter().map(position).collect::<Vec<_>>();
            assert_eq!(all(&(&a & &b)), (&known_a & &known_b).into_iter().copied().collect::<Vec<_>>());
            assert_eq!(all(&(&a | &b)), (&known_a | &known_b).into_iter().copied().collect::<Vec<_>>());
            assert_eq!((a.len(), a.is_empty(), a == b), (known_a.len(), known_a.is_empty(), known_a == known_b));
            assert_eq!(
                (a.is_subset(&b), a.is_disjoint(&b)),
                (known_a.is_subset(&known_b), known_a.is_disjoint(&known_b))
            );
        }
    }

    #[test]
    fn sets_that_became_equal_are_equal() {
        let mut more = set(&[3]);
        assert!(more.insert(index(130)) && !more.insert(index(130)));
        assert!(more.remove(&index(130)) && !more.remove(&index(130)));
        assert_eq!(more, set(&[3]));
        assert_eq!(&set(&[3, 130]) & &set(&[3, 131]), set(&[3]));
    }

    #[test]
    fn an_option_that_is_not_sure_is_possibly_ticked() {
        assert_eq!(set(&[1, 2, 3, 70]).tally(&set(&[1, 70, 80]), &set(&[2])), (2, 3));
    }
}
