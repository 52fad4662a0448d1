package app.veza.projection.kit;

import static app.veza.projection.kit.Events.id;

import app.veza.event.streaming.GuestInvited;
import app.veza.event.streaming.GuestRemoved;
import app.veza.event.streaming.ListenerJoined;
import app.veza.event.streaming.ListenerLeft;
import app.veza.event.streaming.RecordingDeleted;
import app.veza.event.streaming.RecordingReady;
import app.veza.event.streaming.SegmentsStored;
import app.veza.event.streaming.StreamDescribed;
import app.veza.event.streaming.StreamInterrupted;
import app.veza.event.streaming.StreamResumed;
import app.veza.event.streaming.StreamWentLive;

/** What happens to a stream once it is opened, and to those who listen. */
public final class StreamEvents {

    private StreamEvents() {}

    public static StreamWentLive wentLive(String stream, String broadcaster) {
        return new StreamWentLive(id(stream), id(broadcaster), "audio/webm");
    }

    public static StreamInterrupted interrupted(String stream, String broadcaster) {
        return new StreamInterrupted(id(stream), id(broadcaster));
    }

    public static StreamResumed resumed(String stream, String broadcaster) {
        return new StreamResumed(id(stream), id(broadcaster), 4_096);
    }

    public static StreamDescribed described(String stream, String broadcaster, String title) {
        return new StreamDescribed(id(stream), id(broadcaster), title, null, "So What");
    }

    /** Four segments of two seconds each. */
    public static SegmentsStored segmentsStored(String stream, String broadcaster, int first) {
        return new SegmentsStored(id(stream), id(broadcaster), first, 4, 8_192, 131_072, -16.5, 512);
    }

    public static RecordingReady recordingReady(String stream, String broadcaster) {
        return new RecordingReady(id(stream), id(broadcaster), 16_384, 262_144);
    }

    public static RecordingDeleted recordingDeleted(String stream, String broadcaster) {
        return new RecordingDeleted(id(stream), id(broadcaster), id(broadcaster));
    }

    /** @param listening names this one time */
    public static ListenerJoined listens(String stream, String name, String listening) {
        return new ListenerJoined(id(stream), id(name), id(listening));
    }

    public static ListenerLeft leaves(String stream, String name, String listening, long millis) {
        return new ListenerLeft(id(stream), id(name), id(listening), millis, ListenerLeft.Reason.LEFT);
    }

    public static GuestInvited guestInvited(String stream, String guest, String broadcaster) {
        return new GuestInvited(id(stream), id(guest), id(broadcaster));
    }

    public static GuestRemoved guestRemoved(String stream, String guest, String by) {
        return new GuestRemoved(id(stream), id(guest), id(by));
    }
}
