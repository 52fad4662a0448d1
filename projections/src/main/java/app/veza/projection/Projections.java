package app.veza.projection;

import app.veza.projection.analytics.logins.LoginFactsProjection;
import app.veza.projection.analytics.messages.MessageFactsProjection;
import app.veza.projection.analytics.notifications.NotificationFactsProjection;
import app.veza.projection.analytics.people.PeopleFactsProjection;
import app.veza.projection.analytics.streams.StreamFactsProjection;
import app.veza.projection.redis.livestreams.LiveStreamsProjection;
import app.veza.projection.redis.recentmessages.RecentMessagesProjection;
import app.veza.projection.redis.sessions.SessionsProjection;
import app.veza.projection.replica.chat.ChatProjection;
import app.veza.projection.replica.inbox.InboxProjection;
import app.veza.projection.replica.people.PeopleProjection;
import app.veza.projection.replica.search.SearchProjection;
import app.veza.projection.replica.streams.StreamsProjection;
import app.veza.projectionengine.Projection;
import java.util.List;

/** Every projection of Veza. */
public final class Projections {

    private Projections() {}

    public static List<Projection> all() {
        return List.of(
                new PeopleProjection(),
                new ChatProjection(),
                new SearchProjection(),
                new StreamsProjection(),
                new InboxProjection(),
                new PeopleFactsProjection(),
                new LoginFactsProjection(),
                new MessageFactsProjection(),
                new StreamFactsProjection(),
                new NotificationFactsProjection(),
                new SessionsProjection(),
                new RecentMessagesProjection(),
                new LiveStreamsProjection());
    }
}
