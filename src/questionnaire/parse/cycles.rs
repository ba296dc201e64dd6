//! Which members of a graph lead back to themselves.

/// Whether each of some numbered things leads back to itself; `leads_to` has an entry for each. Time and memory are in
/// proportion to the ways. (Kosaraju: two walks in depth, the second against the arrows.)
pub(super) fn on_cycles(leads_to: &[Vec<usize>]) -> Vec<bool> {
    let mut against = vec![Vec::new(); leads_to.len()];
    for (from, others) in leads_to.iter().enumerate() {
        for to in others {
            if let Some(sources) = against.get_mut(*to) {
                sources.push(from);
            }
        }
    }
    let mut finished = Vec::with_capacity(leads_to.len());
    let mut seen = vec![false; leads_to.len()];
    for start in 0..leads_to.len() {
        walk(leads_to, start, &mut seen, &mut finished);
    }
    let mut seen = vec![false; leads_to.len()];
    let mut is_on_circle: Vec<bool> = leads_to.iter().enumerate().map(|(at, others)| others.contains(&at)).collect();
    for start in finished.into_iter().rev() {
        let mut circle = Vec::new();
        walk(&against, start, &mut seen, &mut circle);
        if circle.len() > 1 {
            for member in circle {
                if let Some(is_on_circle) = is_on_circle.get_mut(member) {
                    *is_on_circle = true;
                }
            }
        }
    }
    is_on_circle
}

/// Walks in depth from a start that was not seen; each member is finished after all that it leads to.
fn walk(leads_to: &[Vec<usize>], start: usize, seen: &mut [bool], finished: &mut Vec<usize>) {
    // A stack of its own: a story may be longer than the stack of the program is deep.
    let mut enter = |at: usize| seen.get_mut(at).is_some_and(|seen| !std::mem::replace(seen, true));
    let mut way = Vec::new();
    if enter(start) {
        way.push((start, 0));
    }
    while let Some((at, next)) = way.pop() {
        match leads_to.get(at).and_then(|others| others.get(next)) {
            None => finished.push(at),
            Some(other) => {
                way.push((at, next + 1));
                if enter(*other) {
                    way.push((*other, 0));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_into_a_circle_or_out_of_it_is_not_on_it() {
        // 0 → 1 → 2 → 1, 2 → 3, 4 → 4
        let circles = on_cycles(&[vec![1], vec![2], vec![1, 3], vec![], vec![4]]);
        assert_eq!(circles, [false, true, true, false, true]);
    }

    #[test]
    fn a_bridge_between_two_circles_is_on_neither() {
        // 0 ⇄ 1 → 2 → 3 ⇄ 4
        let circles = on_cycles(&[vec![1], vec![0, 2], vec![3], vec![4], vec![3]]);
        assert_eq!(circles, [true, true, false, true, true]);
    }

    #[test]
    fn the_longest_story_is_walked_to_its_end() {
        let chain: Vec<Vec<usize>> =
            (0..1_000_000).map(|at| if at < 999_999 { vec![at + 1] } else { vec![0] }).collect();
        assert!(on_cycles(&chain).into_iter().all(|is_on_circle| is_on_circle));
    }
}
