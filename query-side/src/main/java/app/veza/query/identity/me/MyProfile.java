package app.veza.query.identity.me;

import java.util.List;
import java.util.UUID;

/** @param roles as of the access token */
record MyProfile(UUID id, String username, String displayName, List<String> roles) {}
