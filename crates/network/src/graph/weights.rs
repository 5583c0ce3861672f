//! Weights that learn at their own pace: AdaGrad (Duchi, Hazan and Singer, 2011).

/// What the sum of squared gradients begins with.
const BEGIN: f32 = 0.01;

/// Weights, all nought at first, and how much each has been moved.
#[derive(Clone)]
pub(super) struct Weights {
    values: Vec<f32>,
    squares: Vec<f32>,
}

impl Weights {
    pub(super) fn new(count: usize) -> Weights {
        Weights {
            values: vec![0.0; count],
            squares: vec![BEGIN; count],
        }
    }

    /// The weights from `first` on, `count` of them.
    pub(super) fn part(&self, first: usize, count: usize) -> &[f32] {
        &self.values[first..first + count]
    }

    /// Moves the weights from `first` on against their gradients.
    pub(super) fn learn(&mut self, first: usize, gradients: &[f32], rate: f32) {
        let values = &mut self.values[first..];
        let squares = &mut self.squares[first..];
        for ((value, square), gradient) in values.iter_mut().zip(squares).zip(gradients) {
            *square += gradient * gradient;
            *value -= rate * gradient / square.sqrt();
        }
    }
}
