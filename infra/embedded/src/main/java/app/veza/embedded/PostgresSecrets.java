package app.veza.embedded;

/** Passwords of one cluster; a replica has its primary's, for they are in the data. */
record PostgresSecrets(String superuser, String user, String replicator, String analyst) {

    static PostgresSecrets in(ServerDirectory directory) {
        var remembered = RememberedProperties.in(directory.resolve("secrets.properties"));
        return new PostgresSecrets(
                remembered.get("superuser-password", Secrets::generate),
                remembered.get("password", Secrets::generate),
                remembered.get("replicator-password", Secrets::generate),
                remembered.get("analyst-password", Secrets::generate));
    }
}
