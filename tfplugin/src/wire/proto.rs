//! The protocol's messages and services as the build script generated them from `proto/`.
//!
//! Nothing outside [`wire`](super) names these types, so a new protocol version or gRPC library stays a local change.

/// Includes the code of one protobuf package under the lints generated code cannot satisfy.
macro_rules! package {
    ($(#[$docs:meta])* $module:ident, $package:literal) => {
        $(#[$docs])*
        #[allow(
            missing_docs, unreachable_pub, dead_code, clippy::all, clippy::unwrap_used,
            reason = "generated: whole services and clients, whether used or not"
        )]
        pub mod $module {
            tonic::include_proto!($package);
        }
    };
}

package! {
    /// Terraform's plugin protocol, version 6.
    tfplugin6, "tfplugin6"
}
package! {
    /// go-plugin's controller, stdio and broker services.
    goplugin, "plugin"
}
package! {
    /// gRPC's standard health service.
    health, "grpc.health.v1"
}
