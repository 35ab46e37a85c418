//! The fuzz targets, run for a short time with random data: any bytes, and what is right but for some damage.

use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use tfplugin::Private;
use tfplugin::fuzz::{self, TARGETS};
use tfplugin::value::{Type, json, msgpack};

use crate::strategies::{any_type, typed_value};

/// A certificate such as hosts make.
static CERTIFICATE: LazyLock<String> = LazyLock::new(|| {
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P521_SHA512).unwrap();
    rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap().self_signed(&key).unwrap().pem()
});

/// What a host says in its environment.
const VARIABLES: [&str; 9] = [
    "TF_PLUGIN_MAGIC_COOKIE",
    "PLUGIN_PROTOCOL_VERSIONS",
    "PLUGIN_CLIENT_CERT",
    "PLUGIN_UNIX_SOCKET_DIR",
    "PLUGIN_UNIX_SOCKET_GROUP",
    "TMPDIR",
    "PLUGIN_MULTIPLEX_GRPC",
    "PLUGIN_MIN_PORT",
    "PLUGIN_MAX_PORT",
];

/// Bytes to be replaced, each by another.
type Damage = Vec<(Index, u8)>;

fn any_damage() -> impl Strategy<Value = Damage> {
    vec((any::<Index>(), any::<u8>()), 0..4)
}

fn damaged(mut data: Vec<u8>, damage: &Damage) -> Vec<u8> {
    if !data.is_empty() {
        let len = data.len();
        damage.iter().for_each(|(place, byte)| data[place.index(len)] = *byte);
    }
    data
}

/// What the readers by type take: the type, a zero byte, the data.
fn typed(ty: &Type, data: &[u8]) -> Vec<u8> {
    [ty.to_json().as_bytes(), &[0], data].concat()
}

fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..128)
}

fn any_variable() -> impl Strategy<Value = String> {
    let value = prop_oneof!["[0-9,x]{0,6}", "[^\u{0}]{0,20}", Just(CERTIFICATE.clone())];
    (select(&VARIABLES[..]), value).prop_map(|(name, value)| format!("{name}={value}"))
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(data in any_bytes()) {
        for (_, target) in TARGETS {
            target(&data);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused_as_any_type(ty in any_type(true), data in any_bytes()) {
        let input = typed(&ty, &data);
        fuzz::msgpack(&input);
        fuzz::json(&input);
        fuzz::refinement(&input);
    }

    #[test]
    fn damaged_msgpack_is_read_or_refused((ty, value) in typed_value(false), damage in any_damage()) {
        fuzz::msgpack(&typed(&ty, &damaged(msgpack::encode(&value, &ty).unwrap(), &damage)));
    }

    #[test]
    fn damaged_json_is_read_or_refused((ty, value) in typed_value(true), damage in any_damage()) {
        fuzz::json(&typed(&ty, &damaged(json::encode(&value, &ty).unwrap(), &damage)));
    }

    #[test]
    fn text_like_json_is_read_or_refused(
        ty in any_type(true),
        text in r#"[\[\]{}",:0-9truefalsn\\u.eE+-]{0,40}"#,
    ) {
        fuzz::json(&typed(&ty, text.as_bytes()));
        fuzz::type_json(text.as_bytes());
        fuzz::private(text.as_bytes());
    }

    #[test]
    fn damaged_types_are_read_or_refused(ty in any_type(true), damage in any_damage()) {
        fuzz::type_json(&damaged(ty.to_json().into_bytes(), &damage));
    }

    #[test]
    fn damaged_facts_are_read_or_dropped((ty, value) in typed_value(true), damage in any_damage()) {
        let mut private = Private::default();
        private.set("fact", &String::from_utf8_lossy(&json::encode(&value, &ty).unwrap()));
        fuzz::private(&damaged(private.encode(), &damage));
    }

    #[test]
    fn damaged_certificates_are_read_or_refused(damage in any_damage()) {
        fuzz::client_certificate(&damaged(CERTIFICATE.clone().into_bytes(), &damage));
    }

    #[test]
    fn any_environment_is_read_or_refused(variables in vec(any_variable(), 0..6), damage in any_damage()) {
        fuzz::environment(&damaged(variables.join("\0").into_bytes(), &damage));
    }

    #[test]
    fn any_path_can_be_shown(steps in vec("[.#]?[^\u{0}]{0,8}", 0..8)) {
        fuzz::attribute_path(steps.join("\0").as_bytes());
    }
}

#[test]
fn every_reader_has_a_fuzz_target() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/fuzz_targets");
    let files =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<_> = files.collect();
    files.sort();
    let expected: Vec<_> = TARGETS.iter().map(|(name, _)| format!("{name}.rs")).collect();
    assert_eq!(files, expected);
}
