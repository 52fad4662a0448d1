package app.veza.server.gateway;

import app.veza.command.chat.watchroom.RoomAdmission;
import app.veza.gateway.Topics;
import app.veza.server.ratelimit.RateLimits;

/**
 * Who may follow a room, what happened there, and how it is told.
 *
 * @param limits by which a replay is paced
 * @param mostReplayed events that one who resumes is sent
 */
record Rooms(
        RoomAdmission admission,
        RoomHistory history,
        RoomFrames frames,
        TypingSignals typing,
        RateLimits limits,
        int mostReplayed) {

    RoomSubscriptions over(Topics topics) {
        typing.deliverTo(topics);
        return new RoomSubscriptions(topics, this);
    }
}
