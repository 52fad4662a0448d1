package app.veza.event.streaming;

import app.veza.event.VezaEvent;

/** What happens to live audio streams. */
public sealed interface StreamingEvent extends VezaEvent
        permits StreamCreated,
                StreamWentLive,
                StreamInterrupted,
                StreamResumed,
                StreamDescribed,
                SegmentsStored,
                StreamStopped,
                RecordingReady,
                RecordingDeleted,
                ListenerJoined,
                ListenerLeft,
                GuestInvited,
                GuestRemoved {}
