//! Values: hosts send msgpack, sometimes JSON, and nothing at all for null; answers are always msgpack.

use crate::diagnostics::Result;
use crate::value::{Type, Value, json, msgpack};
use crate::wire::proto::tfplugin6::{DynamicValue, ResourceIdentityData};

pub(in crate::wire) fn decode(value: Option<DynamicValue>, ty: &Type) -> Result<Value> {
    let Some(DynamicValue { msgpack, json }) = value else {
        return Ok(Value::Null);
    };
    if !msgpack.is_empty() {
        return Ok(msgpack::decode(&msgpack, ty)?);
    }
    if !json.is_empty() {
        return Ok(json::decode(&json, ty)?);
    }
    Ok(Value::Null)
}

pub(in crate::wire) fn encode(value: &Value, ty: &Type) -> Result<Option<DynamicValue>> {
    Ok(Some(DynamicValue { msgpack: msgpack::encode(value, ty)?.into(), ..Default::default() }))
}

pub(in crate::wire) fn decode_identity(data: Option<ResourceIdentityData>, ty: &Type) -> Result<Value> {
    decode(data.and_then(|data| data.identity_data), ty)
}

/// No identity travels for an object that has none, or whose resource has none.
pub(in crate::wire) fn encode_identity(
    identity: Option<&Value>,
    ty: Option<&Type>,
) -> Result<Option<ResourceIdentityData>> {
    let (Some(identity), Some(ty)) = (identity, ty) else {
        return Ok(None);
    };
    Ok(Some(ResourceIdentityData { identity_data: encode(identity, ty)? }))
}
