package app.veza.eventstore;

import app.veza.eventstore.personal.ErasuresContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/**
 * What an event log promises, to be run against NATS as somebody sets it up: extend it and say how servers are started. Every
 * promise is a test by itself, on a log of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EventLogContract {

    private LogServers servers;

    /** Servers for all tests of this class; closed by it. */
    protected abstract LogServers start();

    /** Servers whose streams have so much room together; closed by the test that asks for them. */
    protected abstract LogServers startWithRoomFor(long bytes);

    @BeforeAll
    void startServers() {
        servers = start();
    }

    @AfterAll
    void stopServers() {
        servers.close();
    }

    final LogServers servers() {
        return servers;
    }

    /** Positions, conditions, what is read. */
    @Nested
    class Appending extends AppendingContract {
        @Override
        EventLogContract suite() {
            return EventLogContract.this;
        }
    }

    /** One append for a command, for all time. */
    @Nested
    class CommandIds extends CommandIdContract {
        @Override
        EventLogContract suite() {
            return EventLogContract.this;
        }
    }

    /** What can be stored and what cannot. */
    @Nested
    class Limits extends LimitsContract {
        @Override
        EventLogContract suite() {
            return EventLogContract.this;
        }
    }

    /** The log's identity, and the index as a copy that may be lost. */
    @Nested
    class Recovery extends RecoveryContract {
        @Override
        EventLogContract suite() {
            return EventLogContract.this;
        }
    }

    /** What becomes of the index. */
    @Nested
    class Index extends IndexContract {
        @Override
        EventLogContract suite() {
            return EventLogContract.this;
        }
    }

    /** What stands in the stream without being an append of this log. */
    @Nested
    class StrangeMessages extends StrangeMessagesContract {
        @Override
        EventLogContract suite() {
            return EventLogContract.this;
        }
    }

    /** NATS away, hanging, slow or full. */
    @Nested
    class Faults extends FaultsContract {
        @Override
        EventLogContract suite() {
            return EventLogContract.this;
        }
    }

    /** Many nodes, of which the one that sequences dies or hangs. */
    @Nested
    class Takeover extends TakeoverContract {
        @Override
        EventLogContract suite() {
            return EventLogContract.this;
        }
    }

    /** kill -9 of servers and of nodes, under load. */
    @Nested
    class Crashes extends CrashContract {
        @Override
        EventLogContract suite() {
            return EventLogContract.this;
        }
    }

    /** The end of the log is gone. */
    @Nested
    class LostTails extends LostTailContract {
        @Override
        EventLogContract suite() {
            return EventLogContract.this;
        }
    }

    /** A bit on the disk is not what it was. */
    @Nested
    class Damage extends DamageContract {
        @Override
        EventLogContract suite() {
            return EventLogContract.this;
        }
    }

    /** Replaced between a decision and its append. */
    @Nested
    class Markers extends MarkersContract {
        @Override
        EventLogContract suite() {
            return EventLogContract.this;
        }
    }

    /** Backed up while it is in use. */
    @Nested
    class Backup extends BackupContract {
        @Override
        EventLogContract suite() {
            return EventLogContract.this;
        }
    }

    /** Lost, and restored. */
    @Nested
    class Restore extends RestoreContract {
        @Override
        EventLogContract suite() {
            return EventLogContract.this;
        }
    }

    /** Gone, and not made anew. */
    @Nested
    class Gone extends FormerLogContract {
        @Override
        EventLogContract suite() {
            return EventLogContract.this;
        }
    }

    /** Replaced by what was backed up. */
    @Nested
    class Replace extends ReplaceContract {
        @Override
        EventLogContract suite() {
            return EventLogContract.this;
        }
    }

    /** Read by type, tag and range, either way. */
    @Nested
    class Reading extends BrowseContract {
        @Override
        EventLogContract suite() {
            return EventLogContract.this;
        }
    }

    /** Fields that tell something of a person, and their erasure. */
    @Nested
    class PersonalData extends ErasuresContract {
        @Override
        protected LogServers servers() {
            return EventLogContract.this.servers();
        }
    }
}
