package flowsmith.engine;

import flowsmith.engine.standins.StandIns;
import io.kestra.core.models.Plugin;
import io.kestra.core.models.tasks.Task;
import java.io.IOException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The types that have a stand-in, and what each takes beside the properties of all tasks, or of all triggers. */
final class StandInTypes implements Command {
    @Override
    public void answer(Lines lines) throws IOException {
        for (Map.Entry<String, Class<? extends Plugin>> standIn : StandIns.types().entrySet()) {
            // These have no properties of their own.
            Class<?> bare = Task.class.isAssignableFrom(standIn.getValue()) ? StandInTask.class : StandInTrigger.class;
            SortedSet<String> own = new TreeSet<>(Accepted.by(standIn.getValue()).names());
            own.removeAll(Accepted.by(bare).names());
            lines.write(new Taken(standIn.getKey(), own));
        }
    }

    record Taken(String type, SortedSet<String> properties) {
    }
}
