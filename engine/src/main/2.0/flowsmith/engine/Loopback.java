package flowsmith.engine;

import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.ServerProvider;
import io.grpc.ServerRegistry;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/** Where Kestra's services meet: in 2.0 workers call a gRPC server, which would listen on every interface. */
record Loopback(Map<String, Object> properties) {
    static Loopback open() throws IOException {
        ServerRegistry.getDefaultRegistry().register(new OnLoopback());
        int port = freePort();
        String host = InetAddress.getLoopbackAddress().getHostAddress();
        return new Loopback(Map.of(
            "kestra.controller.port", port,
            "kestra.worker.controllers.type", "STATIC",
            "kestra.worker.controllers.static.endpoints", List.of(Map.of("host", host, "port", port))));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Takes precedence over gRPC's own provider of servers. */
    private static final class OnLoopback extends ServerProvider {
        @Override
        protected boolean isAvailable() {
            return true;
        }

        @Override
        protected int priority() {
            return 10;
        }

        @Override
        protected ServerBuilder<?> builderForPort(int port) {
            return NettyServerBuilder.forAddress(address(port));
        }

        @Override
        protected NewServerBuilderResult newServerBuilderForPort(int port, ServerCredentials credentials) {
            return NewServerBuilderResult.serverBuilder(NettyServerBuilder.forAddress(address(port), credentials));
        }

        private static InetSocketAddress address(int port) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }
    }
}
