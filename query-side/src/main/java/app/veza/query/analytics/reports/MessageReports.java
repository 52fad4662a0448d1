package app.veza.query.analytics.reports;

import static app.veza.query.analytics.reports.Report.CALENDAR;
import static app.veza.query.analytics.reports.Report.PERIOD;

import app.veza.query.analytics.reports.Report.Parameter;
import java.util.List;
import java.util.Set;

/** What is said where, by count; and whether people are told of it. */
final class MessageReports {

    private static final Set<String> MESSAGES = Set.of("message_facts");
    private static final Set<String> NOTIFICATIONS = Set.of("notification_facts");

    static final List<Report> ALL = List.of(
            new Report(
                    "messages",
                    "Messages by the time of sending, in all rooms or in one; what became of them since counts where they were"
                            + " sent.",
                    MESSAGES,
                    CALENDAR,
                    Set.of(Parameter.ROOM_ID),
                    List.of(
                            PERIOD,
                            new ReportColumn("messages", "integer", "Messages sent, also those deleted since."),
                            new ReportColumn("replies", "integer", "Of those, answers to another."),
                            new ReportColumn("characters", "integer", "Length of all of them, in Unicode code points."),
                            new ReportColumn("mentions", "integer", "Members they named."),
                            new ReportColumn("attachments", "integer", "Files that went with them."),
                            new ReportColumn("reactions", "integer", "Reactions they bear now."),
                            new ReportColumn("edits", "integer", "How often they were changed since."),
                            new ReportColumn("deleted", "integer", "How many of them were deleted since.")),
                    granularity -> """
                            select period, coalesce(m.messages, 0), coalesce(m.replies, 0), coalesce(m.characters, 0),
                                coalesce(m.mentions, 0), coalesce(m.attachments, 0), coalesce(m.reactions, 0),
                                coalesce(m.edits, 0), coalesce(m.deleted, 0)
                            from :periods
                            left join (
                                select date_trunc(':unit', hour, 'UTC') as period, cast(sum(messages) as bigint) as messages,
                                    cast(sum(replies) as bigint) as replies, cast(sum(characters) as bigint) as characters,
                                    cast(sum(mentions) as bigint) as mentions,
                                    cast(sum(attachments) as bigint) as attachments,
                                    cast(sum(reactions) as bigint) as reactions, cast(sum(edits) as bigint) as edits,
                                    cast(sum(deleted) as bigint) as deleted
                                from view.messages_hourly
                                where hour >= :from and hour < :to and (:room is null or room_id = :room)
                                group by 1) m using (period)
                            order by 1"""),
            new Report(
                    "rooms",
                    "Rooms in which messages were sent in the range, those with the most first.",
                    MESSAGES,
                    CALENDAR,
                    Set.of(Parameter.LIMIT),
                    List.of(
                            new ReportColumn("roomId", "id", "The room."),
                            new ReportColumn("kind", "text", "public, private or direct."),
                            new ReportColumn("name", "text", "Name of a public room; null for the others."),
                            new ReportColumn("members", "integer", "How many members it has now."),
                            new ReportColumn("messages", "integer", "Messages sent, also those deleted since."),
                            new ReportColumn("replies", "integer", "Of those, answers to another."),
                            new ReportColumn("reactions", "integer", "Reactions they bear now."),
                            new ReportColumn("deleted", "integer", "How many of them were deleted since.")),
                    granularity -> """
                            select room_id, kind, name, members, messages, replies, reactions, deleted
                            from (
                                select room_id, cast(sum(messages) as bigint) as messages,
                                    cast(sum(replies) as bigint) as replies, cast(sum(reactions) as bigint) as reactions,
                                    cast(sum(deleted) as bigint) as deleted
                                from view.messages_hourly
                                where hour >= :from and hour < :to
                                group by room_id
                                order by 2 desc, 1
                                limit :limit) m
                            join view.dim_rooms using (room_id)
                            order by messages desc, room_id"""),
            new Report(
                    "notifications",
                    "Notifications by the time of raising and by kind.",
                    NOTIFICATIONS,
                    CALENDAR,
                    Set.of(),
                    List.of(
                            PERIOD,
                            new ReportColumn("kind", "text", "What they tell of."),
                            new ReportColumn("raised", "integer", "Notifications raised."),
                            new ReportColumn("read", "integer", "Of those, read since.")),
                    granularity -> """
                            select date_trunc(':unit', hour, 'UTC'), kind, cast(sum(raised) as bigint), cast(sum(read) as bigint)
                            from view.notifications_hourly
                            where hour >= :from and hour < :to
                            group by 1, 2
                            order by 1, 2"""),
            new Report(
                    "deliveries",
                    "Whether and how fast notifications reached people, by the time of raising, kind and channel.",
                    NOTIFICATIONS,
                    CALENDAR,
                    Set.of(),
                    List.of(
                            PERIOD,
                            new ReportColumn("kind", "text", "What they tell of."),
                            new ReportColumn("channel", "text", "inbox, email, sms or push."),
                            new ReportColumn("delivered", "integer", "How many the channel took."),
                            new ReportColumn("failed", "integer", "How many it refused for good."),
                            new ReportColumn("rate", "number", "delivered of all that have an outcome, 0 to 1."),
                            new ReportColumn(
                                    "latencySeconds",
                                    "number",
                                    "From raising to delivery on average; null when none was delivered.")),
                    granularity -> """
                            select date_trunc(':unit', hour, 'UTC'), kind, channel, cast(sum(delivered) as bigint),
                                cast(sum(failed) as bigint), round(sum(delivered) / sum(delivered + failed), 4),
                                sum(latency_seconds * delivered) / nullif(sum(delivered), 0)
                            from view.deliveries_hourly
                            where hour >= :from and hour < :to
                            group by 1, 2, 3
                            order by 1, 2, 3"""));

    private MessageReports() {}
}
