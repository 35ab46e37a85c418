package flowsmith.engine;

import java.util.Map;

/** Where Kestra's services meet: in 1.3 they share the process and open no port. */
record Loopback(Map<String, Object> properties) {
    static Loopback open() {
        return new Loopback(Map.of());
    }
}
