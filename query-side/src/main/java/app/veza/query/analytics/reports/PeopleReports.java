package app.veza.query.analytics.reports;

import static app.veza.query.analytics.reports.Report.CALENDAR;
import static app.veza.query.analytics.reports.Report.PERIOD;

import java.util.List;
import java.util.Set;

/** Who comes, who comes back, who logs in. */
final class PeopleReports {

    private static final Set<String> PEOPLE = Set.of("people_facts");

    private static final String HOURS = """
            select hour as period, people from view.active_people_hourly
            where date >= :from_date and date <= :to_date""";

    private static final String DAYS = """
            select period, count(*) as people
            from (
                select distinct date_trunc(':unit', cast(date as timestamp)) at time zone 'UTC' as period, person_id
                from view.fact_activity
                where date >= :from_date and date < :to_date) d
            group by period""";

    static final List<Report> ALL = List.of(
            new Report(
                    "active-people",
                    "How many people did something themselves in each period, and how many of all registered in it.",
                    PEOPLE,
                    CALENDAR,
                    Set.of(),
                    List.of(
                            PERIOD,
                            new ReportColumn("people", "integer", "Distinct people who did something."),
                            new ReportColumn("registered", "integer", "People who registered.")),
                    granularity -> """
                            select period, coalesce(a.people, 0), coalesce(r.people, 0)
                            from :periods
                            left join (%s) a using (period)
                            left join (
                                select date_trunc(':unit', registered_at, 'UTC') as period, count(*) as people
                                from view.dim_people
                                where registered_at >= :from and registered_at < :to
                                group by 1) r using (period)
                            order by 1""".formatted(granularity == Granularity.HOUR ? HOURS : DAYS)),
            new Report(
                    "new-people",
                    "How many people registered and how many were erased in each period.",
                    PEOPLE,
                    List.of(Granularity.DAY, Granularity.WEEK, Granularity.MONTH),
                    Set.of(),
                    List.of(
                            PERIOD,
                            new ReportColumn("registered", "integer", "People who registered."),
                            new ReportColumn("erased", "integer", "People who were erased.")),
                    granularity -> """
                            select period, coalesce(d.registered, 0), coalesce(d.erased, 0)
                            from :periods
                            left join (
                                select date_trunc(':unit', cast(date as timestamp)) at time zone 'UTC' as period,
                                    cast(sum(registered) as bigint) as registered, cast(sum(erased) as bigint) as erased
                                from view.new_people_daily
                                where date >= :from_date and date < :to_date
                                group by 1) d using (period)
                            order by 1"""),
            new Report(
                    "retention",
                    "Weekly cohorts: of the people who registered in a week of the range, how many did something so many"
                            + " weeks after.",
                    PEOPLE,
                    List.of(Granularity.WEEK),
                    Set.of(),
                    List.of(
                            new ReportColumn("cohortWeek", "date", "Monday of the week of registration."),
                            new ReportColumn("weeksAfter", "integer", "0 is the week of registration itself."),
                            new ReportColumn("cohortPeople", "integer", "People who registered in that week."),
                            new ReportColumn(
                                    "activePeople", "integer", "Of those, who did something so many weeks after."),
                            new ReportColumn("rate", "number", "activePeople of cohortPeople, 0 to 1.")),
                    granularity -> """
                            select cohort_week, weeks_after, cohort_people, active_people, rate
                            from view.retention_weekly
                            where cohort_week >= :from_date and cohort_week < :to_date
                            order by 1, 2"""),
            new Report(
                    "logins",
                    "Attempts to log in to accounts that exist.",
                    Set.of("login_facts"),
                    CALENDAR,
                    Set.of(),
                    List.of(
                            PERIOD,
                            new ReportColumn("succeeded", "integer", "Attempts after which a session began."),
                            new ReportColumn(
                                    "failed",
                                    "integer",
                                    "Wrong passwords and codes, also of who was signed in and had to prove it anew.")),
                    granularity -> """
                            select period, coalesce(l.succeeded, 0), coalesce(l.failed, 0)
                            from :periods
                            left join (
                                select date_trunc(':unit', hour, 'UTC') as period,
                                    cast(sum(succeeded) as bigint) as succeeded, cast(sum(failed) as bigint) as failed
                                from view.logins_hourly
                                where hour >= :from and hour < :to
                                group by 1) l using (period)
                            order by 1"""));

    private PeopleReports() {}
}
