//! Positions in a row: each as near to where it wants to be as the others let it.

/// What stands in a row: where its middle wants to be, how strongly, and half of the room it needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish {
    pub(super) middle: f64,
    pub(super) weight: f64,
    pub(super) half: f64,
}

/// The middles of `wishes` in their order, without overlap and with the least sum of squared distances from what was
/// wished: the regression that joins neighbours in conflict into blocks.
pub(super) fn spread(wishes: &[Wish]) -> Vec<f64> {
    let mut offsets = vec![0.0; wishes.len()];
    for index in 1..wishes.len() {
        offsets[index] = offsets[index - 1] + wishes[index - 1].half + wishes[index].half;
    }
    let mut blocks: Vec<Block> = Vec::new();
    for (wish, offset) in wishes.iter().zip(&offsets) {
        blocks.push(Block { sum: (wish.middle - offset) * wish.weight, weight: wish.weight, count: 1 });
        while let [.., above, below] = &mut blocks[..]
            && above.start() > below.start()
        {
            *above = Block {
                sum: above.sum + below.sum,
                weight: above.weight + below.weight,
                count: above.count + below.count,
            };
            blocks.pop();
        }
    }
    let starts = blocks.iter().flat_map(|block| std::iter::repeat_n(block.start(), block.count));
    starts.zip(offsets).map(|(start, offset)| start + offset).collect()
}

/// Neighbours that touch.
struct Block {
    sum: f64,
    weight: f64,
    count: usize,
}

impl Block {
    fn start(&self) -> f64 {
        self.sum / self.weight
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_the_way() {
        for (wishes, expected) in [
            (vec![], vec![]),
            (vec![(5.0, 1.0)], vec![5.0]),
            (vec![(0.0, 1.0), (30.0, 1.0)], vec![0.0, 30.0]),
            (vec![(0.0, 1.0), (0.0, 1.0)], vec![-5.0, 5.0]),
            (vec![(0.0, 1.0), (0.0, 1.0), (0.0, 1.0)], vec![-10.0, 0.0, 10.0]),
            (vec![(0.0, 3.0), (0.0, 1.0)], vec![-2.5, 7.5]),
            (vec![(10.0, 1.0), (0.0, 1.0), (100.0, 1.0)], vec![0.0, 10.0, 100.0]),
        ] {
            let row: Vec<Wish> = wishes
                .iter()
                .map(|(middle, weight)| Wish { middle: *middle, weight: *weight, half: 5.0 })
                .collect();
            assert_eq!(spread(&row), expected, "{wishes:?}");
        }
    }
}
