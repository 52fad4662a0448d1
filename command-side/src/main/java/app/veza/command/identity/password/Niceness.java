package app.veza.command.identity.password;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a thread leaves to others of a core that they want too. The JVM keeps priorities of Java threads to itself on Linux, so the system
 * is told: there a thread has a niceness of its own, and may raise it.
 */
final class Niceness {

    private static final Logger log = LoggerFactory.getLogger(Niceness.class);
    private static final int PRIO_PROCESS = 0;
    private static final int CALLING_THREAD = 0;

    private Niceness() {}

    /**
     * Sets that of the calling thread, on Linux; elsewhere, and where the system refuses it, nothing changes but for a line in the log.
     *
     * @param niceness from 0, as all are, to 19; each takes a fifth off what is had of a core that others want
     */
    static void set(int niceness) {
        if (!System.getProperty("os.name").equals("Linux")) {
            return;
        }
        try {
            Linker linker = Linker.nativeLinker();
            MethodHandle setpriority = linker.downcallHandle(
                    linker.defaultLookup().find("setpriority").orElseThrow(),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
            int refused = (int) setpriority.invokeExact(PRIO_PROCESS, CALLING_THREAD, niceness);
            if (refused != 0) {
                log.warn("Passwords are hashed at the priority of everything else: the system refuses another");
            }
        } catch (Throwable notFound) {
            log.warn("Passwords are hashed at the priority of everything else", notFound);
        }
    }
}
