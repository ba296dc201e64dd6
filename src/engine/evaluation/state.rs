//! What tests and conditions are for some answers.

use crate::questionnaire::Truth;

/// What a test or a condition is, and while it is open, why. It is a byte of flags, so that many of them are combined without
/// a branch: a cohort does so with thousands for each person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) struct State(u8);

/// It is not *no*.
const POSSIBLE: u8 = 1;
/// It is *yes*.
const CERTAIN: u8 = 2;
/// See [`Evaluation::awaits_answer`](super::Evaluation::awaits_answer).
const AWAITS_ANSWER: u8 = 4;
/// See [`Evaluation::is_doubtful`](super::Evaluation::is_doubtful).
const DOUBTFUL: u8 = 8;

impl State {
    pub(super) const NO: State = State(0);
    pub(super) const YES: State = State(POSSIBLE | CERTAIN);

    pub(super) fn open(awaits_answer: bool, is_doubtful: bool) -> State {
        State(POSSIBLE | (AWAITS_ANSWER * u8::from(awaits_answer)) | (DOUBTFUL * u8::from(is_doubtful)))
    }

    /// A truth, which is open for the same reasons as this.
    pub(super) fn or_known(self, truth: Truth) -> State {
        match truth {
            Truth::No => State::NO,
            Truth::Open => self,
            Truth::Yes => State::YES,
        }
    }

    /// What a condition is, by its tests in the order of its tables, each with whether it is the last of its table.
    pub(super) fn of_condition(tests: impl Iterator<Item = (State, bool)>) -> State {
        let (mut some_table, mut all_tests, mut reasons) = (0, State::YES.0, 0);
        for (State(test), ends_table) in tests {
            all_tests &= test;
            reasons |= test;
            if ends_table {
                some_table |= State::while_open(all_tests, reasons).0;
                (all_tests, reasons) = (State::YES.0, 0);
            }
        }
        State::while_open(some_table, some_table)
    }

    /// A truth, with the reasons only if that is open.
    fn while_open(truth: u8, reasons: u8) -> State {
        let is_open = (truth & POSSIBLE) & !(truth >> 1);
        State((truth & State::YES.0) | (reasons & (AWAITS_ANSWER | DOUBTFUL) & is_open.wrapping_neg()))
    }

    pub(in crate::engine) fn truth(self) -> Truth {
        match self.0 & State::YES.0 {
            0 => Truth::No,
            POSSIBLE => Truth::Open,
            _ => Truth::Yes,
        }
    }

    pub(in crate::engine) fn awaits_answer(self) -> bool {
        self.0 & AWAITS_ANSWER != 0
    }

    pub(in crate::engine) fn is_doubtful(self) -> bool {
        self.0 & DOUBTFUL != 0
    }
}
