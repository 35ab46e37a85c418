package flowsmith.engine;

import flowsmith.engine.standins.StandIns;
import io.kestra.core.models.Plugin;
import java.io.IOException;
import java.util.Map;
import java.util.SortedSet;

/** The types that have a stand-in, and what each takes beside the properties of all tasks, or of all triggers. */
final class StandInTypes implements Command {
    @Override
    public void answer(Lines lines) throws IOException {
        for (Map.Entry<String, Class<? extends Plugin>> standIn : StandIns.types().entrySet()) {
            Class<? extends Plugin> type = standIn.getValue();
            lines.write(new Taken(standIn.getKey(), Unpublished.Kind.of(type).own(Accepted.by(type).names())));
        }
    }

    record Taken(String type, SortedSet<String> properties) {
    }
}
