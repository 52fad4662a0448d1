package app.veza.command;

import org.axonframework.common.IdentifierFactory;

/** What Axon identifies, events above all, has ids like everything else here: UUIDs of version 7. Axon finds it by its service file. */
public final class OrderedIdentifiers extends IdentifierFactory {

    @Override
    public String generateIdentifier() {
        return Ids.next().toString();
    }
}
