package app.veza.server.cli;

/** Ends a command. The message is one sentence for a person: what is wrong and what to do. */
final class CommandFailure extends RuntimeException {

    CommandFailure(String sentence) {
        super(sentence);
    }

    CommandFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
