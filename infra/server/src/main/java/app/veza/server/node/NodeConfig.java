package app.veza.server.node;

import app.veza.projectionengine.ProjectionEngineConfig.Switching;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * One node of the platform.
 *
 * @param nodeId unique among the nodes of a platform; stable over restarts
 * @param roles what this node does; all by default
 * @param dataDirectory the node's own, with its index of the log; everything in it but keys can be rebuilt
 * @param keysDirectory keys that sign access tokens, shared by all nodes of a platform; below the data directory by default
 * @param platformKeyFile 32 random bytes that all nodes share: keyed hashes of names, command ids and fingerprints
 * @param operatorTokenFile what the command line presents to {@code /api/admin}, 32 random bytes as base64url; none by default
 * @param masterKeyFile master keys of personal data, 32 bytes in base64 each, the current one first; not needed where the variable
 *     {@code VEZA_MASTER_KEY} holds them
 * @param publicUrl what clients call; URLs in answers begin with it
 * @param gatewayUrl likewise for sockets, {@code ws://} or {@code wss://}
 * @param tokens how long what proves a log-in is good
 */
@ConfigurationProperties("veza")
public record NodeConfig(
        @DefaultValue("node-1") String nodeId,

        @DefaultValue({"command", "query", "projections", "gateway"})
        Set<Role> roles,

        Path dataDirectory,
        @Nullable Path keysDirectory,
        Path platformKeyFile,
        @Nullable Path operatorTokenFile,
        @Nullable Path masterKeyFile,
        URI publicUrl,
        URI gatewayUrl,
        @DefaultValue Log log,
        @DefaultValue Redis redis,
        @DefaultValue Projections projections,
        @DefaultValue Tokens tokens) {

    /**
     * The event log.
     *
     * @param stream its JetStream stream
     * @param subjectPrefix of its subjects
     * @param durability {@code process}: acknowledged events survive {@code kill -9}; {@code power}: also a power cut
     * @param replicas copies in the NATS cluster: 1, 3 or 5
     * @param audit how fast this node verifies the log again and again
     * @param backup how often the log is backed up to the object storage
     * @param snapshotEvery how often a node looks whether a snapshot of its index is due, which new nodes begin with
     * @param snapshotEvents one is due when so many events came since the newest
     */
    public record Log(
            @DefaultValue("VEZA_EVENTS") String stream,
            @DefaultValue("veza.events") String subjectPrefix,
            @DefaultValue("process") String durability,
            @DefaultValue("1") int replicas,
            @DefaultValue Audit audit,
            @DefaultValue Backup backup,
            @DefaultValue("10m") Duration snapshotEvery,
            @DefaultValue("50000") long snapshotEvents) {}

    /**
     * @param messagesPerSecond at most; 2,000 take about 2 % of a core
     * @param pause between two passes over the log
     */
    public record Audit(
            @DefaultValue("2000") int messagesPerSecond,
            @DefaultValue("10m") Duration pause) {}

    /**
     * @param every an event that is in no backup for so long calls for one, which the node that sequences takes; zero: those that
     *     somebody else takes are watched
     * @param late in no backup for so long, health is degraded
     */
    public record Backup(
            @DefaultValue("1h") Duration every,
            @DefaultValue("3h") Duration late) {}

    /**
     * @param auditEvery time between two audits of projections, on all nodes together; zero: none
     * @param auditWhole after this time an audit looks at the whole of a projection again, until then at slices of it; zero: always
     * @param auditShare part of one thread's time that an audit takes
     * @param retiredFor how long what a rebuild replaced is kept: longer than any read takes
     * @param abandonedAfter how long no node must have had a version's code before what it began is dropped; zero: it stays
     * @param switching when readers are led to a newer version that is filled: {@code by-itself} or {@code when-asked}, by a rebuild
     */
    public record Projections(
            @DefaultValue("10m") Duration auditEvery,
            @DefaultValue("7d") Duration auditWhole,
            @DefaultValue("0.1") double auditShare,
            @DefaultValue("1m") Duration retiredFor,
            @DefaultValue("15m") Duration abandonedAfter,
            @Name("switch") @DefaultValue("by-itself") Switching switching) {}

    /**
     * @param accessLife of an access token
     * @param sessionLife of a session, however often it is refreshed
     * @param idleLife of a session that is not refreshed; not shorter than accessLife
     * @param signingKeyLife how long one key signs access tokens
     * @param signingKeyLead how long the next key is published before it signs
     */
    public record Tokens(
            @DefaultValue("10m") Duration accessLife,
            @DefaultValue("30d") Duration sessionLife,
            @DefaultValue("14d") Duration idleLife,
            @DefaultValue("90d") Duration signingKeyLife,
            @DefaultValue("10m") Duration signingKeyLead) {}

    /** @param keyPrefix before every key, so that several platforms can share one Redis */
    public record Redis(@DefaultValue("") String keyPrefix) {}

    public NodeConfig {
        require(dataDirectory, "veza.data-directory");
        require(platformKeyFile, "veza.platform-key-file");
        require(publicUrl, "veza.public-url");
        require(gatewayUrl, "veza.gateway-url");
    }

    private static void require(Object value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing: start nodes with ./veza up, which writes it");
        }
    }
}
