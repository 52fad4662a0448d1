package app.veza.projectionengine;

/** A projection that cannot run as it is defined; it takes a person to change it. */
final class DefinitionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DefinitionException(String message) {
        super(message);
    }
}
