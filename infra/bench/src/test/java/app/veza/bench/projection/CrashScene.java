package app.veza.bench.projection;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.exception.DataAccessException;

/** What is to be seen where two nodes do not get on: for whoever looks for the cause. */
record CrashScene(CrashParts parts, List<CrashNode> nodes) {

    String describe() {
        StringBuilder scene = new StringBuilder();
        scene.append(asked(() -> rows("select * from projection.current order by position")));
        for (var keys : ReadModels.inRedis(CrashNode.PREFIX)) {
            scene.append(asked(() -> {
                try (var connection = parts.redis().connect()) {
                    return keys.position() + ": " + connection.sync().hgetall(keys.position()) + "\n";
                }
            }));
        }
        scene.append(asked(() -> rows("""
                select pid, application_name, state, wait_event_type, wait_event, now() - xact_start as transaction,
                    now() - state_change as since, pg_blocking_pids(pid) as blocked_by, left(query, 200) as query
                from pg_stat_activity where datname = current_database() order by xact_start""")));
        nodes.forEach(node -> scene.append(asked(() -> {
            try {
                return node.lastWords();
            } catch (IOException e) {
                return e.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "interrupted";
            }
        })));
        return scene.toString();
    }

    private String rows(String sql) {
        return parts.sql().fetch(sql).format(200) + "\n";
    }

    private static String asked(Supplier<String> question) {
        try {
            return question.get();
        } catch (DataAccessException e) {
            return e + "\n";
        }
    }
}
