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
import sinterj.op.OperationInfo;

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
        files.put("docs/commands/README.md", listOfCommands());
        for (Operation<?> operation : Operations.all()) {
            files.put("docs/commands/" + operation.info().id() + ".md", HelpPage.markdown(operation.info()));
        }
        return files;
    }

    /** All commands by their place in the menu, each with its page and what it does. */
    private static String listOfCommands() {
        StringBuilder page = new StringBuilder("# Commands\n\nAs they stand in Plugins > SinterJ.\n");
        String group = null;
        for (Operation<?> operation : Operations.all()) {
            OperationInfo<?> info = operation.info();
            if (!info.group().equals(group)) {
                group = info.group();
                page.append("\n## ").append(group.isEmpty() ? "Besides" : group).append("\n\n");
                page.append("| command | id | what it does |\n| --- | --- | --- |\n");
            }
            page.append("| [").append(info.title()).append("](").append(info.id());
            page.append(".md) | `").append(info.id()).append("` | ");
            page.append(info.summary().replace("|", "\\|")).append(" |\n");
        }
        return page.toString();
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
