package app.veza.eventstore.example;

import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.axon.PersonalTags;
import app.veza.eventstore.command.CommandExecutor;
import app.veza.eventstore.command.CommandOptions;
import app.veza.eventstore.command.CommandSide;
import app.veza.eventstore.json.JacksonEventCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.axonframework.eventsourcing.annotation.EventCriteriaBuilder;
import org.axonframework.eventsourcing.annotation.EventSourcedEntity;
import org.axonframework.eventsourcing.annotation.EventSourcingHandler;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.eventsourcing.annotation.reflection.EntityCreator;
import org.axonframework.eventsourcing.configuration.EventSourcedEntityModule;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.commandhandling.configuration.CommandHandlingModule;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.axonframework.modelling.annotation.InjectEntity;

/** A whole Axon 5 application on an event log in NATS: courses of limited places. {@code main} takes a NATS URL and a directory. */
public final class Enrolment {

    @Event(namespace = "school", name = "CourseOpened", version = "1")
    record CourseOpened(@EventTag(key = "course") String course, int places) {}

    @Event(namespace = "school", name = "StudentEnrolled", version = "1")
    record StudentEnrolled(
            @EventTag(key = "course") String course,
            @EventTag(key = "student") String student) {}

    record OpenCourse(String course, int places) {}

    record Enrol(String course, String student) {}

    @EventSourcedEntity
    record Course(int placesLeft) {
        @EntityCreator
        static Course unknown() {
            return new Course(0);
        }

        /** The consistency boundary: what a decision about a course reads, and what may not change until it is appended. */
        @EventCriteriaBuilder
        static EventCriteria boundary(String course) {
            return EventCriteria.havingTags(Tag.of("course", course))
                    .andBeingOneOfTypes("school.CourseOpened", "school.StudentEnrolled");
        }

        @EventSourcingHandler
        Course on(CourseOpened event) {
            return new Course(event.places());
        }

        @EventSourcingHandler
        Course on(StudentEnrolled event) {
            return new Course(placesLeft - 1);
        }
    }

    static final class Handlers {
        @CommandHandler
        void handle(OpenCourse command, EventAppender events) {
            events.append(new CourseOpened(command.course(), command.places()));
        }

        @CommandHandler
        void handle(Enrol command, @InjectEntity(idProperty = "course") Course course, EventAppender events) {
            if (course.placesLeft() == 0) {
                throw new IllegalStateException("the course is full");
            }
            events.append(new StudentEnrolled(command.course(), command.student()));
        }
    }

    private Enrolment() {}

    public static void main(String[] args) {
        var codec = new JacksonEventCodec(
                Map.of("school.CourseOpened", CourseOpened.class, "school.StudentEnrolled", StudentEnrolled.class));
        EventLogConfig config =
                EventLogConfig.defaults(args[0], Path.of(args[1])).withStream("SCHOOL");
        try (EventLog log = EventLog.open(config, new SimpleMeterRegistry());
                CommandSide school = CommandSide.configure(
                        log,
                        codec,
                        PersonalTags.NONE,
                        axon -> axon.registerEntity(EventSourcedEntityModule.autodetected(String.class, Course.class))
                                .registerCommandHandlingModule(CommandHandlingModule.named("school")
                                        .commandHandlers()
                                        .annotatedCommandHandlingComponent(c -> new Handlers())))) {
            school.start();
            System.out.println(fill(school.executor()) + " of 30 students have a place of 10");
        }
    }

    /** All at once; each command once, however often it is sent. */
    private static long fill(CommandExecutor school) {
        school.execute(new OpenCourse("sailing", 10), CommandOptions.ofCommandId("open sailing", ""))
                .join();
        try (ExecutorService students = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = IntStream.range(0, 30)
                    .mapToObj(i -> students.submit(() -> enrol(school, "student " + i)))
                    .toList();
            students.close();
            return all.stream().filter(Future::resultNow).count();
        }
    }

    private static boolean enrol(CommandExecutor school, String student) {
        return school.execute(new Enrol("sailing", student), CommandOptions.ofCommandId("enrol " + student, ""))
                .handle((outcome, rejection) -> rejection == null)
                .join();
    }
}
