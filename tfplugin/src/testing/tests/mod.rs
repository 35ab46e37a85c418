//! The host with a toy provider: honest, and then lying about one thing at a time.

mod faults;
mod kinds;
mod liar;
mod lies;
mod sequences;
mod straight;
mod toy;
