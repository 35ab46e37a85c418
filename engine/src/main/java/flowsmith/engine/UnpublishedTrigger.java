package flowsmith.engine;

import io.kestra.core.models.annotations.Plugin;
import io.kestra.core.models.triggers.AbstractTrigger;

/** A trigger in place of a plugin that is not published: it starts nothing. */
@Plugin
public class UnpublishedTrigger extends AbstractTrigger {
}
