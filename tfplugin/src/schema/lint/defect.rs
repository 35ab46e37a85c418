//! What can be wrong, each in the words that an author reads.

use thiserror::Error;

/// What hosts refuse or users miss. Its text goes on after the place of a [`Problem`](super::Problem).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum Defect {
    /// Hosts refuse other names of blocks, and nobody can write other names of attributes.
    #[error("is not a name: use lower-case letters, digits and underscores, and begin with no digit")]
    Name,
    /// Hosts find the provider of a type by the beginning of its name.
    #[error(
        "does not begin with the name of the provider and an underscore, by which hosts find the provider"
    )]
    Prefix,
    /// Hosts give the name a meaning of their own there.
    #[error("is a name that hosts keep for themselves here")]
    Reserved,
    /// Of two things with one name, hosts see only one.
    #[error("is there twice, and hosts see only one of them")]
    Duplicate,
    /// Hosts count versions from zero.
    #[error("has a negative version")]
    Version,
    /// The description is what users read, in editors and in the documentation.
    #[error("has no description")]
    Description,
    /// Users read the description, and most of them no Rust.
    #[error("has a description for rustdoc: remove links to Rust items, and name the language of its code")]
    RustDescription,
    /// Hosts print the message of a deprecation.
    #[error("is deprecated without a word on what to do instead")]
    Deprecation,
    /// There is nothing to compute: the block is configuration and nothing else.
    #[error("is computed, but only the user gives values here")]
    Computed,
    /// A default that does not fit is a broken plan for everybody who leaves the attribute out.
    #[error("has a default that its own type or a validator refuses")]
    Default,
    /// Hosts give the elements of a collection one type.
    #[error("is a collection with something dynamic in it, but its elements all need one type")]
    Dynamic,
    /// The protocol has no place for them, so they would be lost.
    #[error("is an attribute with blocks in it, which the protocol cannot express: make them attributes")]
    BlockInAttribute,
    /// A single block has equal bounds of 0 or 1, a map of blocks none, and others have a maximum of 0 or one that is not
    /// below the minimum.
    #[error("has bounds that hosts refuse for blocks of its nesting")]
    Bounds,
    /// The value is null in the state, so nothing else can be stored for it.
    #[error("is write-only, so it can neither be computed nor have a default")]
    WriteOnlyStored,
    /// Only managed resources are sent write-only values.
    #[error("is write-only, which only attributes of resources can be")]
    WriteOnlyKind,
    /// The elements of a set are told apart by their values, which would be gone.
    #[error("is write-only, which neither sets nor anything in them can be")]
    WriteOnlyInSet,
    /// What is not stored has no parts that are.
    #[error("is stored, but part of an attribute that is write-only")]
    StoredInWriteOnly,
    /// The provider gives the value, so nobody can write a part of it.
    #[error("is write-only, but part of an attribute that is computed")]
    WriteOnlyInComputed,
    /// The name promises a secret, which hosts would print.
    #[error("is named like a secret, but neither sensitive nor write-only")]
    Secret,
    /// Hosts show what a list found by the identity of the resource that has the list's name.
    #[error("has the name of no resource with an identity")]
    List,
    /// Hosts compare identities attribute by attribute and refuse richer types.
    #[error("is neither a string, number or boolean nor a list of them, as all of an identity is")]
    Identity,
}
