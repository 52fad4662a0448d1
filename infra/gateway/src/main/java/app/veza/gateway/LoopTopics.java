package app.veza.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The subscribers that one loop owns, by topic; touched on that loop only. */
final class LoopTopics {
    private final Map<String, List<TopicSubscription>> byTopic = new HashMap<>();
    private final Shard shard;
    private @Nullable Interests interests;

    LoopTopics(Shard shard) {
        this.shard = shard;
    }

    void interests(Interests shared) {
        interests = shared;
    }

    /** Interest was acquired for it before; it is released here when the connection has closed meanwhile. */
    void add(TopicSubscription subscription) {
        OutboundConnection connection = subscription.connection();
        if (!connection.isOpen()) {
            subscription.end();
            release(subscription.topic());
            return;
        }
        List<TopicSubscription> own = connection.subscriptions();
        for (int i = own.size() - 1; i >= 0; i--) {
            if (own.get(i).topic().equals(subscription.topic())) {
                end(own.get(i));
            }
        }
        own.add(subscription);
        List<TopicSubscription> all = byTopic.computeIfAbsent(subscription.topic(), topic -> new ArrayList<>(2));
        subscription.index(all.size());
        all.add(subscription);
    }

    void end(TopicSubscription subscription) {
        if (subscription.index() >= 0) {
            List<TopicSubscription> own = subscription.connection().subscriptions();
            own.remove(subscription);
            remove(subscription);
        }
    }

    void endAll(List<TopicSubscription> subscriptions) {
        subscriptions.forEach(this::remove);
    }

    void end(String topic, OutboundConnection connection) {
        List<TopicSubscription> own = connection.subscriptions();
        for (int i = own.size() - 1; i >= 0; i--) {
            if (own.get(i).topic().equals(topic)) {
                end(own.get(i));
            }
        }
    }

    void end(String topic, Predicate<TopicSubscription> which, byte[] last) {
        List<TopicSubscription> all = byTopic.get(topic);
        if (all != null) {
            // Ending one takes it out of the list
            for (TopicSubscription subscription : List.copyOf(all)) {
                if (which.test(subscription)) {
                    subscription.last(last);
                    end(subscription);
                }
            }
        }
    }

    void deliver(String topic, long position, EncodedFrame frame) {
        List<TopicSubscription> all = byTopic.get(topic);
        if (all != null) {
            // Backwards: a subscriber that is closed as slow puts the last, already served, in its place
            for (int i = all.size() - 1; i >= 0; i--) {
                all.get(i).deliver(position, frame);
            }
        }
    }

    void signal(String topic, EncodedFrame frame) {
        List<TopicSubscription> all = byTopic.get(topic);
        if (all != null) {
            for (int i = all.size() - 1; i >= 0; i--) {
                all.get(i).signal(frame);
            }
        }
    }

    private void remove(TopicSubscription subscription) {
        List<TopicSubscription> all = byTopic.get(subscription.topic());
        int index = subscription.index();
        if (all == null || index < 0 || !subscription.end()) {
            return;
        }
        subscription.index(-1);
        TopicSubscription last = all.removeLast();
        if (last != subscription) {
            all.set(index, last);
            last.index(index);
        }
        if (all.isEmpty()) {
            byTopic.remove(subscription.topic());
        }
        release(subscription.topic());
    }

    private void release(String topic) {
        java.util.Objects.requireNonNull(interests).release(topic, shard);
    }
}
