//! Circles of resources that wait for each other. (A graph library would cost users more build time than
//! this file has lines.)

/// A circle in a graph of `edges[from] = [to, ..]`, where there is one; its members in order.
pub(super) fn find(edges: &[Vec<usize>]) -> Option<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        OnTrail,
        Done,
    }
    let mut marks = vec![Mark::New; edges.len()];
    // Each step: a node, and how many of its edges were followed.
    let mut trail = Vec::new();
    for start in 0..edges.len() {
        if marks[start] != Mark::New {
            continue;
        }
        trail.push((start, 0));
        marks[start] = Mark::OnTrail;
        while let Some((node, followed)) = trail.last_mut() {
            let Some(&next) = edges[*node].get(*followed) else {
                marks[*node] = Mark::Done;
                trail.pop();
                continue;
            };
            *followed += 1;
            match marks[next] {
                Mark::Done => {}
                Mark::New => {
                    marks[next] = Mark::OnTrail;
                    trail.push((next, 0));
                }
                Mark::OnTrail => {
                    let nodes = trail.into_iter().map(|(node, _)| node);
                    return Some(nodes.skip_while(|node| *node != next).collect());
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_found_and_a_diamond_is_none() {
        assert_eq!(find(&[vec![1, 2], vec![3], vec![3], vec![]]), None);
        assert_eq!(find(&[vec![1], vec![2], vec![3], vec![1]]), Some(vec![1, 2, 3]));
        assert_eq!(find(&[vec![], vec![1]]), Some(vec![1]));
    }
}
