package app.veza.server.node;

/** What a node does. A node of the product does all by default; several nodes may share them out. */
public enum Role {
    COMMAND,
    QUERY,
    PROJECTIONS,
    GATEWAY
}
