//! Moving the selection, and scrolling.

use crate::app::screens::results;
use crate::app::{App, Motion, Raised, Screen, view};

impl App<'_> {
    /// Scrolls down instead of accepting while options of a list without ticks have not been on screen yet, so that
    /// *none of these* is never recorded unread. True when it did.
    pub(in crate::app) fn scroll_to_unread(&mut self) -> bool {
        let page = view::layout(self).page_down;
        let has_unread = matches!(&self.screen, Screen::Question(card) if card.has_unread(page, &self.interview));
        if has_unread {
            // The notice takes rows from the list, so it is set before the page is measured.
            self.notice = Some("There are more lines below.".into());
            self.last_layout.take();
            self.motion(Motion::PageDown);
        }
        has_unread
    }

    /// Scrolls to the selected option if it is out of view, so that nothing is chosen unseen. True when it did.
    pub(in crate::app) fn scroll_to_focus(&mut self) -> bool {
        let is_in_view = view::layout(self).is_focus_in_view;
        let Screen::Question(card) = &mut self.screen else { return false };
        if !is_in_view {
            card.is_at_top = false;
            card.inner = 0;
        }
        !is_in_view
    }

    pub(in crate::app) fn motion(&mut self, motion: Motion) {
        // Fewer rows than are in view, so that a page never skips lines.
        let page = usize::from(self.size.rows).saturating_sub(10).max(3);
        let layout = self.last_layout.take().unwrap_or_else(|| view::layout(self));
        let most = layout.most_scroll;
        let of_list = if motion == Motion::PageUp { layout.page_up } else { layout.page_down };
        match &mut self.screen {
            Screen::Question(card) => {
                card.motion(motion, &layout, &self.interview);
            }
            Screen::Welcome { scroll }
            | Screen::Why { scroll, .. }
            | Screen::Peek { scroll, .. }
            | Screen::Help { scroll, .. } => *scroll = moved(*scroll, motion, page, most),
            Screen::Offer(buttons)
            | Screen::ConfirmAlarm(Raised { buttons, .. })
            | Screen::AlarmAdvice(Raised { buttons, .. }) => {
                buttons.motion(motion, page, most);
            }
            Screen::StartOver { cursor, .. } | Screen::Leave { cursor, .. } => {
                *cursor = moved(*cursor, motion, page, 1);
            }
            Screen::Answers { cursor, .. } => {
                let rows = view::answer_rows(&self.interview).len();
                // *Start over* is not on the list while answers are what-if answers.
                let last = rows - usize::from(self.what_if.is_some());
                *cursor = moved(*cursor, motion, of_list, last);
            }
            Screen::Results(results) => {
                if results.is_reading
                    && let Some(open) = results.open_questions(&self.interview)
                    && !open.is_empty()
                {
                    results.open = moved(results.open, motion, page, open.len() - 1);
                    return;
                }
                let last = results::items(&self.interview, results.is_unfolded).len() - 1;
                let page = if layout.has_side || results.is_reading { page } else { of_list };
                results.motion(motion, page, last, layout.has_side);
            }
        }
    }

    /// After any change: scrolls back to the end of the text if it got shorter. On the results also forgets where to
    /// return to, and ends what-if if no answer differs.
    pub(in crate::app) fn restore_screen_invariants(&mut self) {
        if matches!(self.screen, Screen::Results(_)) {
            self.return_to = None;
            self.end_what_if_without_changes();
        }
        // These screens scroll with their selection, and have no offset of their own.
        let scrolls_with_selection = matches!(
            self.screen,
            Screen::Question(_) | Screen::Answers { .. } | Screen::StartOver { .. } | Screen::Leave { .. }
        );
        if scrolls_with_selection || self.size.is_too_small() {
            return;
        }
        let most = view::layout(self).most_scroll;
        match &mut self.screen {
            Screen::Welcome { scroll }
            | Screen::Why { scroll, .. }
            | Screen::Peek { scroll, .. }
            | Screen::Help { scroll, .. } => *scroll = (*scroll).min(most),
            Screen::Offer(buttons)
            | Screen::ConfirmAlarm(Raised { buttons, .. })
            | Screen::AlarmAdvice(Raised { buttons, .. }) => {
                buttons.clamp_scroll(most);
            }
            Screen::Results(results) => results.scroll = results.scroll.min(most),
            Screen::Question(_) | Screen::Answers { .. } | Screen::StartOver { .. } | Screen::Leave { .. } => {}
        }
    }
}

/// The position after a motion: from 0 to `last`, `page` at a time for pages.
pub(in crate::app) fn moved(at: usize, motion: Motion, page: usize, last: usize) -> usize {
    match motion {
        Motion::Up => at.saturating_sub(1),
        Motion::Down => at.saturating_add(1).min(last),
        Motion::First => 0,
        Motion::Last => last,
        Motion::PageUp => at.saturating_sub(page),
        Motion::PageDown => at.saturating_add(page).min(last),
    }
}
