package app.veza.bench.projection;

import java.util.List;

/** Texts as people write them: mostly short, some long, not all in ASCII. */
final class Texts {

    private static final List<String> NAMES = List.of(
            "ada", "bruno", "chloe", "dmitri", "elif", "farid", "greta", "hana", "ines", "jonas", "kaya", "leo", "mila",
            "noor", "oscar", "pia", "quentin", "rosa", "samir", "tess");
    private static final List<String> SHORT = List.of(
            "ok",
            "Merci ! À tout à l'heure 👋",
            "who plays tonight?",
            "haha",
            "yes, at ten",
            "нет",
            "see you there",
            "🔥🔥");
    private static final List<String> SENTENCES = List.of(
            "The boats are back, and the harbour is loud.",
            "I heard that the second set starts at ten, but the poster says nine.",
            "I listened to the whole recording again this morning, and the part after the first hour is even better than live.",
            "Can somebody send the playlist of last Tuesday once more? My phone forgot it.",
            "On se retrouve devant l'entrée, côté rue, vers vingt heures.");

    private static final List<String> BYNAMES = List.of("of the harbour", "on air", "⚓", "en voyage", "the younger");

    private final Course course;

    Texts(Course course) {
        this.course = course;
    }

    /** Unique by its number. */
    String name(int number) {
        return course.any(NAMES) + number;
    }

    /** Many may have the same. */
    String displayName() {
        return course.any(NAMES) + " " + course.any(BYNAMES);
    }

    String shortOne() {
        return course.any(SHORT);
    }

    String message() {
        int sentences = course.below(10);
        if (sentences < 4) {
            return shortOne();
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.max(1, sentences - 6); i++) {
            text.append(i == 0 ? "" : " ").append(course.any(SENTENCES));
        }
        return text.toString();
    }
}
