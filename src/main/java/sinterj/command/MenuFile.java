package sinterj.command;

import sinterj.op.Operation;
import sinterj.op.OperationInfo;

/** The file by which ImageJ knows the menu: {@code plugins.config}. */
public final class MenuFile {
    private MenuFile() {}

    /** Its text, made from the operations. */
    public static String text() {
        StringBuilder text = new StringBuilder("# Made by scripts/generate from the list of operations.\n\n");
        String group = "";
        for (Operation<?> operation : Operations.all()) {
            OperationInfo<?> info = operation.info();
            if (!info.group().equals(group)) text.append('\n');
            group = info.group();
            line(text, group, info.label(), info.id());
        }
        line(text, "", "SinterJ Copy As Macro", "copy-as-macro");
        line(text, "", "SinterJ Macro Extensions", "macro-extensions");
        line(text, "", "SinterJ Manual", "manual");
        line(text, "", "About SinterJ...", "about");
        return text.toString();
    }

    private static void line(StringBuilder text, String group, String label, String id) {
        text.append("Plugins>SinterJ").append(group.isEmpty() ? "" : ">" + group);
        text.append(", \"")
                .append(label)
                .append("\", sinterj.ij.Launch(\"")
                .append(id)
                .append("\")\n");
    }
}
