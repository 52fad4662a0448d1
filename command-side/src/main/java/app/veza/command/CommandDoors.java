package app.veza.command;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.web.bind.annotation.RestController;

/**
 * Finds the doors in HTTP of every use case. Apart from {@link CommandSideConfiguration}, because every node decides by the log who
 * may do what, and a gateway takes commands of its own. No configuration by itself: it would be found by the other's search.
 */
@ComponentScan(useDefaultFilters = false, includeFilters = @ComponentScan.Filter(RestController.class))
public final class CommandDoors {}
