package app.veza.embedded.jooq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateJooqTest {

    @TempDir
    private Path directory;

    private Path out;

    @BeforeEach
    void sql() throws Exception {
        out = directory.resolve("out");
        Files.createDirectory(directory.resolve("migrations"));
        write(
                "migrations/V1__stable.sql",
                "CREATE SCHEMA view; CREATE SCHEMA stable; CREATE TABLE stable.key_of (id uuid PRIMARY KEY);");
        write("tables.sql", "CREATE TABLE message (id uuid PRIMARY KEY, text text NOT NULL, sent_at timestamptz);");
        write("views.sql", "CREATE VIEW view.message AS SELECT id, sent_at FROM ${schema}.message;");
    }

    @Test
    void generatesEverySchemaIntoItsPackage() throws Exception {
        generate();
        assertThat(read("p/chat/tables/Message.java"))
                .contains("package p.chat.tables;", "TEXT", "SQLDataType.INSTANT");
        assertThat(read("p/view/tables/Message.java")).contains("SENT_AT").doesNotContain("TEXT");
        assertThat(read("p/stable/tables/KeyOf.java"))
                .contains("SQLDataType.UUID")
                .doesNotContain("serialVersionUID");
    }

    @Test
    void doesNothingUntilAnInputChanges() throws Exception {
        generate();
        Path generated = out.resolve("p/chat/tables/Message.java");
        Files.writeString(generated, "touched");
        generate();
        assertThat(generated).hasContent("touched");

        write("tables.sql", "CREATE TABLE message (id uuid PRIMARY KEY, sent_at timestamptz);");
        generate();
        assertThat(read("p/chat/tables/Message.java")).contains("SENT_AT").doesNotContain("TEXT");
    }

    @Test
    void aMistakeNamesItsFile() throws Exception {
        write("tables.sql", "CREATE TABEL message ();");
        assertThatThrownBy(this::generate).hasMessageContaining("tables.sql").hasMessageContaining("TABEL");
    }

    private void generate() throws Exception {
        GenerateJooq.main(new String[] {
            "--flyway",
            directory.resolve("migrations").toString(),
            "--schema",
            "chat=" + directory.resolve("tables.sql"),
            "--view",
            "chat=" + directory.resolve("views.sql"),
            "--generate",
            "chat",
            "--generate",
            "view",
            "--generate",
            "stable",
            "--package",
            "p",
            "--out",
            out.toString()
        });
    }

    private void write(String file, String text) throws Exception {
        Files.writeString(directory.resolve(file), text);
    }

    private String read(String file) throws Exception {
        return Files.readString(out.resolve(file));
    }
}
