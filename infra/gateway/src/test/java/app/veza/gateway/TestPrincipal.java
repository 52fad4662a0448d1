package app.veza.gateway;

public record TestPrincipal(String id, String sessionKey) implements Principal {}
