package app.veza.query.analytics.reports;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every report. */
final class Reports {

    static final List<Report> ALL = Stream.of(PeopleReports.ALL, MessageReports.ALL, StreamReports.ALL)
            .flatMap(List::stream)
            .sorted(Comparator.comparing(Report::name))
            .toList();

    private Reports() {}

    static Optional<Report> named(String name) {
        return ALL.stream().filter(report -> report.name().equals(name)).findFirst();
    }
}
