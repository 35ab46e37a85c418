//! Values: hosts send msgpack, sometimes JSON, and nothing at all for null; answers are always msgpack.

use crate::value::{Type, Value, ValueError, json, msgpack};
use crate::wire::proto::tfplugin6::{DynamicValue, ResourceIdentityData};

pub(crate) fn decode(value: Option<DynamicValue>, ty: &Type) -> Result<Value, ValueError> {
    let Some(DynamicValue { msgpack, json }) = value else {
        return Ok(Value::Null);
    };
    if !msgpack.is_empty() {
        return msgpack::decode(&msgpack, ty);
    }
    if !json.is_empty() {
        return json::decode(&json, ty);
    }
    Ok(Value::Null)
}

pub(crate) fn encode(value: &Value, ty: &Type) -> Result<Option<DynamicValue>, ValueError> {
    Ok(Some(DynamicValue { msgpack: msgpack::encode(value, ty)?.into(), ..Default::default() }))
}

pub(crate) fn decode_identity(data: Option<ResourceIdentityData>, ty: &Type) -> Result<Value, ValueError> {
    decode(data.and_then(|data| data.identity_data), ty)
}

/// No identity travels for an object that has none, or whose resource has none.
pub(crate) fn encode_identity(
    identity: Option<&Value>,
    ty: Option<&Type>,
) -> Result<Option<ResourceIdentityData>, ValueError> {
    let (Some(identity), Some(ty)) = (identity, ty) else {
        return Ok(None);
    };
    Ok(Some(ResourceIdentityData { identity_data: encode(identity, ty)? }))
}
