package app.veza.event.schema;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What the documentation comment of a record says.
 *
 * @param components text of the {@code @param} tags by name
 */
record RecordDocs(String description, Map<String, String> components) {

    /** Empty for a record without a source file of its own. */
    static RecordDocs of(Path sourceDirectory, Class<?> type) {
        Path source = sourceDirectory.resolve(type.getName().replace('.', '/') + ".java");
        if (!Files.isRegularFile(source)) {
            return new RecordDocs("", Map.of());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask)
                    compiler.getTask(null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(source));
            CompilationUnitTree unit = task.parse().iterator().next();
            Tree declaration = unit.getTypeDecls().getFirst();
            DocCommentTree comment =
                    DocTrees.instance(task).getDocCommentTree(new TreePath(new TreePath(unit), declaration));
            return comment == null ? new RecordDocs("", Map.of()) : of(comment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RecordDocs of(DocCommentTree comment) {
        Map<String, String> components = new HashMap<>();
        for (DocTree tag : comment.getBlockTags()) {
            if (tag instanceof ParamTree parameter) {
                components.put(parameter.getName().toString(), text(parameter.getDescription()));
            }
        }
        return new RecordDocs(text(comment.getFullBody()), components);
    }

    /** Without markup: {@code {@code x}} is x. */
    private static String text(List<? extends DocTree> parts) {
        return parts.stream()
                .map(DocTree::toString)
                .collect(Collectors.joining())
                .replaceAll("\\{@\\w+\\s+([^}]*)}", "$1")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
