//! Numbers without loss.

/// A number of any size and precision, compared by its decimal value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number(bigdecimal::BigDecimal);
