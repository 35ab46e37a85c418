package flowsmith.engine;

import com.cronutils.model.time.ExecutionTime;
import io.kestra.plugin.core.trigger.Schedule;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a Schedule makes of its cron expression: refused in which words, or the times at which it fires. */
final class Cron implements Command {
    @Override
    public void answer(Lines lines) throws Exception {
        lines.answerEach(Request.class, Cron::times);
    }

    private static Answer times(Request request) {
        try {
            Schedule schedule = Schedule.builder().cron(request.cron()).withSeconds(request.withSeconds()).build();
            ExecutionTime clock = ExecutionTime.forCron(schedule.parseCron().validate());
            List<String> times = new ArrayList<>();
            Optional<ZonedDateTime> time = clock.nextExecution(ZonedDateTime.parse(request.from()));
            while (time.isPresent() && times.size() < request.count()) {
                times.add(time.get().toString());
                time = clock.nextExecution(time.get());
            }
            return new Answer(request.id(), times, null);
        } catch (RuntimeException problem) {
            return new Answer(request.id(), null, String.valueOf(problem.getMessage()));
        }
    }

    /**
     * @param from the time after which it fires, with its timezone as Java spells it
     * @param count the most times that are wanted
     */
    record Request(String id, String cron, boolean withSeconds, String from, int count) {
    }

    record Answer(String id, List<String> times, String problem) {
    }
}
