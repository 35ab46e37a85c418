//! Taking over objects that were another type's or another provider's: what `moved` blocks ask for.

use tfplugin::diagnostics::Result;
use tfplugin::model::Model;
use tfplugin::resource::{MoveRequest, Moved};

/// The providers whose objects are known here: this one, and the official one, which has the same types and attributes.
const PROVIDERS: [&str; 2] = ["flowsmith/kestra", "kestra-io/kestra"];

/// The object, if it is of one of these types; what it lacks is read from the server next.
pub(crate) fn from<M: Model>(types: &[&str], source: MoveRequest) -> Result<Option<Moved<M>>> {
    if !PROVIDERS.contains(&&*source.provider) || !types.contains(&&*source.type_name) {
        return Ok(None);
    }
    Ok(Some(Moved { state: source.read()?, private: source.private }))
}
