package app.veza.gateway.frame;

import app.veza.gateway.Problem;

/** Thrown by a handler to answer with a problem; carries no stack, since it is an answer and no fault. */
public final class FrameProblemException extends RuntimeException {
    private final transient Problem problem;

    public FrameProblemException(Problem problem) {
        super(problem.title(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
