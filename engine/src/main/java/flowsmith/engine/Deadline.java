package flowsmith.engine;

import java.time.Duration;

/** Ends the process when something takes too long: a context that fails to start waits forever. */
final class Deadline {
    private final Thread watch;

    private Deadline(Thread watch) {
        this.watch = watch;
    }

    /** Starts the watch. */
    static Deadline in(Duration limit, String failure) {
        return new Deadline(Thread.ofPlatform().daemon().name("deadline").start(() -> {
            try {
                Thread.sleep(limit);
            } catch (InterruptedException met) {
                return;
            }
            System.err.println(failure + " within " + limit.toSeconds() + " s");
            Runtime.getRuntime().halt(1);
        }));
    }

    /** What was waited for has happened. */
    void met() {
        watch.interrupt();
    }
}
