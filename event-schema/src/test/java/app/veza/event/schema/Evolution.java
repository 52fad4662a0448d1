package app.veza.event.schema;

import app.veza.event.EventUpcaster;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The rules by which events change, held against records, upcasters and the committed files. */
final class Evolution {

    static final String COMMAND = "mvn -pl event-schema test -Dtest=CommittedSchemasTest -Dveza.schema.write=true";

    private static final Pattern FILE = Pattern.compile("(?:schema|sample)/(.+)\\.v([1-9][0-9]*)\\.json");

    private final TreeMap<String, Class<?>> types;
    private final Collection<EventUpcaster> upcasters;
    private final SchemaFiles files;
    private final SchemaGeneration generation;

    Evolution(
            Map<String, ? extends Class<?>> types,
            Collection<EventUpcaster> upcasters,
            SchemaFiles files,
            SchemaGeneration generation) {
        this.types = new TreeMap<>(types);
        this.upcasters = upcasters;
        this.files = files;
        this.generation = generation;
    }

    /** What is wrong, each with what to do; empty when all is well. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        types.forEach((name, type) -> {
            int current = revision(type);
            for (int revision = 1; revision < current; revision++) {
                oldRevision(name, revision, current, faults);
            }
            currentRevision(name, type, current, faults);
        });
        strayUpcasters(faults);
        approvals(faults);
        return faults;
    }

    private void currentRevision(String name, Class<?> type, int revision, List<String> faults) {
        String file = SchemaFiles.schema(name, revision);
        var committed = files.read(file);
        if (committed.isEmpty()
                || files.read(SchemaFiles.sample(name, revision)).isEmpty()) {
            faults.add(
                    "%s has no schema or no sample of revision %d. Write them with\n    %s\nand commit what it writes."
                            .formatted(name, revision, COMMAND));
            return;
        }
        JsonNode was = SchemaGeneration.shape(committed.get());
        JsonNode is = SchemaGeneration.shape(generation.schema(name, type));
        if (!was.equals(is)) {
            faults.add(
                    ("The shape of %s changed, but events of revision %d are in the log for ever. Take the change back, or set"
                                    + " @Event(version = \"%d\"), add an upcaster from revision %d to EventUpcasters and run\n    %s\n"
                                    + "committed: %s\nnow:       %s")
                            .formatted(name, revision, revision + 1, revision, COMMAND, was, is));
        }
    }

    private void oldRevision(String name, int revision, int current, List<String> faults) {
        for (String file : List.of(SchemaFiles.schema(name, revision), SchemaFiles.sample(name, revision))) {
            if (files.read(file).isEmpty()) {
                faults.add(
                        ("%s is missing: events of that revision are in the log for ever. Get it back from the history of"
                                        + " the sources; revisions count up by one.")
                                .formatted(file));
            }
        }
        long steps = upcasters.stream()
                .filter(upcaster -> upcaster.type().equals(name)
                        && upcaster.fromRevision().equals(Integer.toString(revision))
                        && upcaster.toRevision().equals(Integer.toString(revision + 1)))
                .count();
        if (steps != 1) {
            faults.add(
                    "%s is at revision %d and needs one upcaster from revision %d to %d in EventUpcasters; there are %d."
                            .formatted(name, current, revision, revision + 1, steps));
        }
    }

    private void strayUpcasters(List<String> faults) {
        for (EventUpcaster upcaster : upcasters) {
            Class<?> type = types.get(upcaster.type());
            if (type == null || Integer.parseInt(upcaster.toRevision()) > revision(type)) {
                faults.add(
                        "The upcaster of %s from revision %s leads to a revision that its record does not have: raise @Event(version) or drop the upcaster."
                                .formatted(upcaster.type(), upcaster.fromRevision()));
            }
        }
    }

    private void approvals(List<String> faults) {
        Map<String, String> approved = files.approved();
        List<String> present = files.all();
        approved.forEach((file, checksum) -> {
            if (!present.contains(file)) {
                faults.add(
                        "%s is missing, but was approved: what shipped is in the log for ever. Get it back from the history of the sources."
                                .formatted(file));
            } else if (!files.checksum(file).equals(checksum)) {
                faults.add(
                        "%s was edited after it was approved: what shipped does not change. Take the edit back; a new shape is a new revision."
                                .formatted(file));
            }
            if (!isOfARecord(file)) {
                faults.add(
                        "%s is approved, but no record is at its revision or later: its events are in the log for ever, keep the record and its revision."
                                .formatted(file));
            }
        });
        for (String file : present) {
            if (!approved.containsKey(file)) {
                faults.add("%s is not in %s: delete it and write it with\n    %s"
                        .formatted(file, SchemaFiles.LEDGER, COMMAND));
            }
        }
    }

    private boolean isOfARecord(String file) {
        Matcher matcher = FILE.matcher(file);
        Class<?> type = matcher.matches() ? types.get(matcher.group(1)) : null;
        return type != null && Integer.parseInt(matcher.group(2)) <= revision(type);
    }

    static int revision(Class<?> type) {
        return Integer.parseInt(SchemaGeneration.revision(type));
    }
}
