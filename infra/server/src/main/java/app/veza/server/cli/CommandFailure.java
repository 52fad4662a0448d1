package app.veza.server.cli;

/** Ends a command. The message is one sentence for a person: what is wrong and what to do. */
sealed class CommandFailure extends RuntimeException permits AdminApi.Silence {

    CommandFailure(String sentence) {
        super(sentence);
    }

    CommandFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
