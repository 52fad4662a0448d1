package app.veza.server.admin;

import app.veza.command.Rejection;
import app.veza.projectionengine.JobRefusedException;
import app.veza.projectionengine.ProjectionJob;
import app.veza.query.http.PublicUrl;
import app.veza.server.node.NodeConfig;
import java.util.function.Supplier;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;

/** What the doors to jobs have in common. */
final class JobAnswers {

    private JobAnswers() {}

    /** 202, and where to look how far it is. */
    static ResponseEntity<JobView> accepted(NodeConfig node, Supplier<ProjectionJob> request) {
        JobView job = JobView.of(asked(request));
        return ResponseEntity.accepted()
                .cacheControl(CacheControl.noStore())
                .location(new PublicUrl(node.publicUrl())
                        .below("api", "admin", "jobs", job.id().toString()))
                .body(job);
    }

    static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }

    /** @throws Rejection in the engine's words when it refuses */
    static <T> T asked(Supplier<T> request) {
        try {
            return request.get();
        } catch (JobRefusedException refused) {
            throw switch (refused.reason()) {
                case UNKNOWN -> Rejection.notFound(sentence(refused));
                case INVALID ->
                    new Rejection(Rejection.Kind.INVALID, "job-refused", "The job cannot be done", sentence(refused));
                case CONFLICT ->
                    new Rejection(
                            Rejection.Kind.CONFLICT, "job-conflict", "The job cannot be done now", sentence(refused));
            };
        }
    }

    private static String sentence(JobRefusedException refused) {
        return refused.getMessage() + ".";
    }
}
