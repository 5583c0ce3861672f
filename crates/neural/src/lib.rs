//! Runs a model: numbers in, numbers out.
//!
//! A model is an ONNX file; what its numbers mean is left to those who ask.

use std::sync::Arc;

use rten::{NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::prelude::*;

/// What cannot be done with a model.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bytes are no model that can be run.
    #[error("the weights cannot be read; take those that came with this program")]
    Load(#[source] rten::LoadError),
    /// An input or output is not as the caller says.
    #[error("the model has no place called «{0}»; take weights that belong to this program")]
    Place(String),
    /// The model cannot be run on these numbers.
    #[error("the model cannot be run on these numbers")]
    Run(#[source] rten::RunError),
    /// The numbers do not fill their shape, or are of another kind than told.
    #[error("the numbers of «{0}» do not have the shape or kind that was told")]
    Shape(String),
}

/// Numbers in a shape, the last dimension running fastest.
#[derive(Debug, Clone, PartialEq)]
pub struct Tensor<T> {
    /// The length of each dimension.
    pub shape: Vec<usize>,
    /// As many as the shape holds.
    pub numbers: Vec<T>,
}

impl<T: Clone + Default> Tensor<T> {
    /// A tensor of this shape, all zero.
    #[must_use]
    pub fn zero(shape: &[usize]) -> Tensor<T> {
        Tensor {
            shape: shape.to_vec(),
            numbers: vec![T::default(); shape.iter().product()],
        }
    }
}

/// One input of a model, by its name.
pub enum Input {
    /// Whole numbers.
    Whole(&'static str, Tensor<i32>),
    /// Real numbers.
    Real(&'static str, Tensor<f32>),
}

thread_local! {
    /// A pool of one thread for each thread that runs models, so that two callers use two cores.
    static OWN: Arc<ThreadPool> = Arc::new(ThreadPool::with_num_threads(1));
}

/// A model; each thread that runs it uses one core.
pub struct Model {
    model: rten::Model,
    outputs: Vec<NodeId>,
}

impl Model {
    /// Reads an ONNX model.
    ///
    /// # Errors
    /// When the bytes are no such model, or it uses an operator that is not known.
    pub fn load(bytes: &'static [u8]) -> Result<Model, Error> {
        let mut options = rten::ModelOptions::with_all_ops();
        let model = options
            .prepack_weights(true)
            .load_static_slice(bytes)
            .map_err(Error::Load)?;
        Ok(Model {
            outputs: model.output_ids().to_vec(),
            model,
        })
    }

    /// The outputs of the model, in its own order, for these inputs.
    ///
    /// # Errors
    /// When an input is not called so or does not fit.
    pub fn run(&self, inputs: Vec<Input>) -> Result<Vec<Tensor<f32>>, Error> {
        let made: Result<Vec<(NodeId, ValueOrView<'_>)>, Error> =
            inputs.into_iter().map(|i| self.place(i)).collect();
        let options = RunOptions::default().with_thread_pool(Some(OWN.with(Arc::clone)));
        let outputs = self
            .model
            .run(made?, &self.outputs, Some(options))
            .map_err(Error::Run)?;
        outputs.into_iter().map(real).collect()
    }

    fn place(&self, input: Input) -> Result<(NodeId, ValueOrView<'static>), Error> {
        let (name, value) = match input {
            Input::Whole(name, t) => (name, Value::from_shape(&t.shape, t.numbers).ok()),
            Input::Real(name, t) => (name, Value::from_shape(&t.shape, t.numbers).ok()),
        };
        let value = value.ok_or_else(|| Error::Shape(name.to_string()))?;
        let node = self.model.find_node(name);
        let node = node.ok_or_else(|| Error::Place(name.to_string()))?;
        Ok((node, value.into()))
    }
}

fn real(value: Value) -> Result<Tensor<f32>, Error> {
    let told: Result<rten_tensor::Tensor<f32>, _> = value.try_into();
    let tensor = told.map_err(|_| Error::Shape("an output".to_string()))?;
    Ok(Tensor {
        shape: tensor.shape().to_vec(),
        numbers: tensor.into_data(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Error, Model};

    #[test]
    fn bytes_that_are_no_model_are_refused() {
        assert!(matches!(Model::load(b"no model"), Err(Error::Load(_))));
    }
}
