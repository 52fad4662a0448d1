package app.veza.query.shape;

import java.util.UUID;

/** A person as others see them. */
public record Person(UUID id, String username, String displayName) {}
