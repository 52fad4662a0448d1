package app.veza.eventstore.command;

import java.util.UUID;

final class SampleCommands {

    record OpenRoom(UUID roomId, int capacity) {}

    record Join(UUID roomId, UUID personId) {
        public MembershipId membership() {
            return new MembershipId(roomId, personId);
        }
    }

    record Leave(UUID roomId, UUID personId) {
        public MembershipId membership() {
            return new MembershipId(roomId, personId);
        }
    }

    record Say(UUID roomId, UUID personId, String text) {
        public MembershipId membership() {
            return new MembershipId(roomId, personId);
        }
    }

    record ClaimName(UUID personId, String name) {}

    record LogIn(UUID personId) {}

    record Overflow(UUID personId) {}

    record MembershipId(UUID roomId, UUID personId) {}

    private SampleCommands() {}
}
