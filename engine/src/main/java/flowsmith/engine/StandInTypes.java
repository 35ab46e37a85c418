package flowsmith.engine;

import flowsmith.engine.standins.StandIns;
import io.kestra.core.models.tasks.Task;
import java.io.IOException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The types that have a stand-in, and what each takes beside the properties of all tasks. */
final class StandInTypes implements Command {
    @Override
    public void answer(Lines lines) throws IOException {
        // This one has no properties of its own.
        SortedSet<String> common = Accepted.by(StandInTask.class).names();
        for (Map.Entry<String, Class<? extends Task>> standIn : StandIns.types().entrySet()) {
            SortedSet<String> own = new TreeSet<>(Accepted.by(standIn.getValue()).names());
            own.removeAll(common);
            lines.write(new Taken(standIn.getKey(), own));
        }
    }

    record Taken(String type, SortedSet<String> properties) {
    }
}
