//! The parameters of a function as a documented struct, as models are for blocks.

use crate::function::FunctionError;
use crate::model::Field;
use crate::validate::Validator;
use crate::value::{Path, Type, Value, ValueError};

pub use tfplugin_derive::Arguments;

/// What a function takes, as a struct with one field per parameter, in the order of the call. Derive it:
///
/// ```
/// use tfplugin::Arguments;
///
/// /// Joins the parts of a path.
/// ///
/// /// Empty parts are left out.
/// #[derive(Arguments)]
/// struct JoinArguments {
///     /// What stands between the parts; `/` when null.
///     #[argument(nullable)]
///     separator: Option<String>,
///     /// The parts.
///     #[argument(variadic)]
///     parts: Vec<String>,
/// }
///
/// assert_eq!(JoinArguments::SUMMARY, "Joins the parts of a path.");
/// assert!(JoinArguments::parameters()[1].variadic);
/// ```
///
/// | word | meaning |
/// |---|---|
/// | `nullable` | null is a value; the field is an `Option` or an [`Attr`](crate::model::Attr) |
/// | `unknown` | the function is called even if the argument is not wholly known; the field is an [`Attr`](crate::model::Attr) |
/// | `variadic` | any number of further arguments; the last field, a `Vec` |
/// | `validate = expr` | a [`Validator`]; may be repeated |
pub trait Arguments: Sized + Send + 'static {
    /// One line: the first paragraph of the doc comment.
    const SUMMARY: &'static str;

    /// The whole doc comment, as Markdown.
    const DESCRIPTION: &'static str;

    /// The parameters in the order of the call; only the last can be variadic.
    fn parameters() -> Vec<Parameter>;

    /// Reads the arguments of a call.
    fn read(arguments: &mut CallArguments) -> Result<Self, FunctionError>;
}

/// One parameter of a function.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name, for documentation and errors.
    pub name: &'static str,
    /// Markdown for the user.
    pub description: &'static str,
    /// The type of its arguments.
    pub ty: Type,
    /// Whether an argument may be null.
    pub nullable: bool,
    /// Whether the function is called with arguments that are not wholly known.
    pub unknown: bool,
    /// Whether it takes any number of arguments.
    pub variadic: bool,
    /// What an argument has to be beyond its type.
    pub validators: Vec<Validator>,
}

/// The arguments of one call, taken one after the other.
#[derive(Debug)]
pub struct CallArguments(std::vec::IntoIter<Value>);

impl CallArguments {
    /// The arguments in the order of the call.
    pub fn new(arguments: Vec<Value>) -> Self {
        Self(arguments.into_iter())
    }

    /// Takes the argument of the parameter `name`.
    pub fn take<T: Argument>(&mut self, name: &'static str) -> Result<T, FunctionError> {
        T::from_argument(self.0.next().unwrap_or_default()).map_err(|error| misfit(name, 0, &error))
    }

    /// Takes all arguments that are left, for the variadic parameter `name`.
    pub fn rest<T: Argument>(&mut self, name: &'static str) -> Result<Vec<T>, FunctionError> {
        let rest = self.0.by_ref().enumerate();
        rest.map(|(i, argument)| T::from_argument(argument).map_err(|error| misfit(name, i, &error)))
            .collect()
    }
}

/// Hosts check arguments before they call, so this is hardly ever seen.
fn misfit(name: &'static str, element: usize, error: &ValueError) -> FunctionError {
    FunctionError::about_element(name, element, error.to_string())
}

/// A Rust type that an argument may have: any [`Field`], or an `Option` of one for an argument that may be null.
pub trait Argument: Sized {
    /// The type of the argument.
    fn ty() -> Type;

    /// Reads the argument.
    fn from_argument(value: Value) -> Result<Self, ValueError>;
}

impl<T: Field> Argument for T {
    fn ty() -> Type {
        T::shape().value_type()
    }

    fn from_argument(value: Value) -> Result<Self, ValueError> {
        T::from_value(value, &Path::root())
    }
}

impl<T: Field> Argument for Option<T> {
    fn ty() -> Type {
        T::shape().value_type()
    }

    fn from_argument(value: Value) -> Result<Self, ValueError> {
        if value.is_null() { Ok(None) } else { T::from_value(value, &Path::root()).map(Some) }
    }
}
