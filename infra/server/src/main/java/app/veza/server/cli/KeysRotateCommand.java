package app.veza.server.cli;

import app.veza.eventstore.personal.SubjectErasedException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code veza keys rotate}. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = "Wraps every key with a new master key, gives one person a new key, or changes the key that signs"
                + " access tokens, while the platform runs.")
final class KeysRotateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private KeysCommand keys;

    @ArgGroup
    private @Nullable Which which;

    /** Which key; the master key when nothing is said. */
    private static final class Which {

        @Option(
                names = "--person",
                paramLabel = "ID",
                description = "Gives this person a new key for what they do from now on; what they did stays readable.")
        private @Nullable UUID person;

        @Option(
                names = "--signing",
                description = "Publishes a new key for access tokens, which signs once every verifier knows it.")
        private boolean signing;

        @Option(
                names = "--signing-stolen",
                description = "Has a new key sign access tokens at once and believes no other any more: clients have to"
                        + " refresh.")
        private boolean stolen;
    }

    @Override
    public Integer call() {
        if (which != null && which.person == null) {
            rotateSigningKey(which.stolen, spec.commandLine().getOut());
            return 0;
        }
        UUID person = which == null ? null : which.person;
        KeyAccess access = keys.access();
        if (person == null) {
            rotateMasterKey(access, spec.commandLine().getOut());
        } else {
            rotate(access, person, spec.commandLine().getOut());
        }
        return 0;
    }

    private void rotateSigningKey(boolean stolen, PrintWriter out) {
        var next = keys.api()
                .post("/api/admin/signing-keys", Map.of("stolen", stolen))
                .body();
        out.printf(
                "Access tokens are signed with key %s from %s on; %s.%n",
                next.path("keyId").asString(),
                next.path("signsFrom").asString(),
                stolen
                        ? "those of other keys are refused as of now"
                        : "earlier keys verify until the last of their tokens has expired");
    }

    private static void rotate(KeyAccess access, UUID person, PrintWriter out) {
        try {
            out.printf(
                    "Person %s has version %d of their key; nodes take it up within ten minutes.%n",
                    person, access.keys().rotate(person.toString()));
        } catch (SubjectErasedException erased) {
            throw new CommandFailure("Person %s was erased and gets no key again.".formatted(person), erased);
        } catch (IllegalArgumentException unknown) {
            throw new CommandFailure("Nobody with the id %s has a key: look at the id.".formatted(person), unknown);
        }
    }

    /** What an interrupted run, or a new key that somebody put there, left to do comes first. */
    private static void rotateMasterKey(KeyAccess access, PrintWriter out) {
        boolean begun = access.keys().status().outdated() > 0;
        if (!begun && !access.makesMasterKeys()) {
            throw new CommandFailure(
                    "Every key is wrapped by the current master key: put a new one first in %s, give it to every node, and say this again."
                            .formatted(access.whereMasterKeysAre()));
        }
        if (!begun) {
            access.file().addCurrent();
        }
        long wrapped = access.keys().rewrap(done -> out.printf("%,d keys ...%n", done));
        out.printf(
                "%,d keys are wrapped by master key %s. Earlier ones in %s are needed for older backups of the"
                        + " database only.%n",
                wrapped, access.keys().status().currentMasterKey(), access.whereMasterKeysAre());
    }
}
