//! The stages in their order.

pub(crate) mod fetch;
