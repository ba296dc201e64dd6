//! Finds the nodes of a graph that lead back to themselves.

/// Whether each node leads back to itself; `leads_to` has an entry for each. Takes linear time and memory.
///
/// Kosaraju's algorithm: a depth-first walk, and then one against the arrows, which finds the strongly connected
/// components. A node is on a cycle if its component has another node, or if it leads to itself directly.
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
    let mut is_on_cycle: Vec<bool> = leads_to.iter().enumerate().map(|(at, others)| others.contains(&at)).collect();
    for start in finished.into_iter().rev() {
        let mut component = Vec::new();
        walk(&against, start, &mut seen, &mut component);
        if component.len() > 1 {
            for member in component {
                if let Some(is_on_cycle) = is_on_cycle.get_mut(member) {
                    *is_on_cycle = true;
                }
            }
        }
    }
    is_on_cycle
}

/// Walks depth first from a node, if it was not seen before. Each node is finished after all those it leads to.
fn walk(leads_to: &[Vec<usize>], start: usize, seen: &mut [bool], finished: &mut Vec<usize>) {
    // Not recursive, since a chain of causes may be too long for the call stack.
    let mut enter = |at: usize| seen.get_mut(at).is_some_and(|seen| !std::mem::replace(seen, true));
    let mut path = Vec::new();
    if enter(start) {
        path.push((start, 0));
    }
    while let Some((at, next)) = path.pop() {
        match leads_to.get(at).and_then(|others| others.get(next)) {
            None => finished.push(at),
            Some(other) => {
                path.push((at, next + 1));
                if enter(*other) {
                    path.push((*other, 0));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_into_a_cycle_or_out_of_it_is_not_on_it() {
        // 0 → 1 → 2 → 1, 2 → 3, 4 → 4
        let cycles = on_cycles(&[vec![1], vec![2], vec![1, 3], vec![], vec![4]]);
        assert_eq!(cycles, [false, true, true, false, true]);
    }

    #[test]
    fn a_bridge_between_two_cycles_is_on_neither() {
        // 0 ⇄ 1 → 2 → 3 ⇄ 4
        let cycles = on_cycles(&[vec![1], vec![0, 2], vec![3], vec![4], vec![3]]);
        assert_eq!(cycles, [true, true, false, true, true]);
    }

    #[test]
    fn a_very_long_chain_is_walked_to_its_end() {
        let chain: Vec<Vec<usize>> =
            (0..1_000_000).map(|at| if at < 999_999 { vec![at + 1] } else { vec![0] }).collect();
        assert!(on_cycles(&chain).into_iter().all(|is_on_cycle| is_on_cycle));
    }
}
