package sinterj.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import sinterj.command.MenuFile;
import sinterj.command.Operations;
import sinterj.op.HelpPage;
import sinterj.op.Operation;

/** Writes the files of the project that are made from the list of operations; {@code scripts/generate} calls it. */
public final class Generate {
    private Generate() {}

    /** @param folders the folder of the project */
    public static void main(String[] folders) {
        files().forEach((name, text) -> write(Path.of(folders[0], name), text));
    }

    /** Text by path within the project. */
    static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("plugins.config", MenuFile.text());
        for (Operation<?> operation : Operations.all()) {
            files.put("docs/commands/" + operation.info().id() + ".md", HelpPage.markdown(operation.info()));
        }
        return files;
    }

    private static void write(Path path, String text) {
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
