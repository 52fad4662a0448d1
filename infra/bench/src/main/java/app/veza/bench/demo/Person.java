package app.veza.bench.demo;

/** Somebody of the demo, logged in. */
record Person(String id, String username, String displayName, DemoClient client) {

    Person named(String other) {
        return new Person(id, username, other, client);
    }
}
