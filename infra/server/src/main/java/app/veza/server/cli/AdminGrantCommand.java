package app.veza.server.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code veza admin grant}. */
@Command(
        name = "grant",
        mixinStandardHelpOptions = true,
        description = "Makes a registered person an admin of the running platform, at once.")
final class AdminGrantCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private AdminCommand admin;

    @Parameters(paramLabel = "USERNAME", description = "Who is to be an admin.")
    private String username;

    @Override
    public Integer call() {
        AdminApi.Answer answer = admin.api().post("/api/admin/admins", Map.of("username", username));
        spec.commandLine()
                .getOut()
                .printf("%s is an admin.%n", answer.body().path("username").asString());
        return 0;
    }
}
