package app.veza.bench.demo;

/** Somebody of the demo, logged in. */
record Person(String id, String username, String displayName, DemoClient client) {

    /** So that their sessions do not become more with every run. */
    void leave() throws InterruptedException {
        client.send("POST", "/auth/logout", null, null);
    }

    Person named(String other) {
        return new Person(id, username, other, client);
    }
}
