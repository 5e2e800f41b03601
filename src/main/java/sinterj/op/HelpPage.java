package sinterj.op;

import java.util.ArrayList;
import java.util.List;

/** The help page of an operation as Markdown: whole for the documentation, shorter for the help button of its dialog. */
public final class HelpPage {
    private HelpPage() {}

    /** The page {@code docs/commands/<id>.md}. */
    public static String markdown(OperationInfo<?> info) {
        StringBuilder page = new StringBuilder("# " + info.title() + "\n\n");
        page.append("`").append(info.id()).append("` · ").append(menuPath(info)).append("\n\n");
        page.append(info.summary()).append("\n\n![Before and after](../pictures/");
        page.append(info.id()).append(".png)\n\n").append(info.help().strip()).append("\n");
        table(page, "Inputs", List.of("key", "what"), inputs(info));
        table(page, "Settings", List.of("key", "in the dialog", "default", "allowed", "what it does"), settings(info));
        table(page, "Results", List.of("slot", "kind", "what"), outputs(info));
        page.append("\n## In a macro and on the shell\n\n```\n");
        page.append("run(\"").append(info.label()).append("\", \"").append(example(info, "", "=", " "));
        page.append("\");\n```\n```\nscripts/sinterj ").append(info.id());
        page.append(example(info, " --", " ", "")).append("\n```\n");
        if (!info.citations().isEmpty()) {
            page.append("\n## Please cite\n\n");
            info.citations().forEach(work -> page.append("- ").append(work).append('\n'));
        }
        return page.toString();
    }

    private static String menuPath(OperationInfo<?> info) {
        return "Plugins > SinterJ > " + (info.group().isEmpty() ? "" : info.group() + " > ") + info.label();
    }

    private static String example(OperationInfo<?> info, String before, String between, String after) {
        StringBuilder text = new StringBuilder();
        List<String> pairs = new ArrayList<>();
        info.inputs().stream()
                .filter(InputSlot::required)
                .forEach(slot -> pairs.add(slot.key() + between + slot.key() + ".tif"));
        for (Parameter p : info.schema().parameters()) {
            String value = p.format(p.fallback());
            if (p.about().required()) pairs.add(p.key() + between + "PATH");
            else if (p.isChoice()) pairs.add(p.key() + between + value);
        }
        for (String pair : pairs) text.append(before).append(pair).append(after);
        return text.toString().stripTrailing();
    }

    private static List<List<String>> inputs(OperationInfo<?> info) {
        List<List<String>> rows = new ArrayList<>();
        for (InputSlot slot : info.inputs()) {
            rows.add(List.of(code(slot.key()), slot.doc() + (slot.required() ? "" : " May be left out.")));
        }
        if (info.mainInput() != null) {
            rows.add(List.of(
                    code(Call.TIMES),
                    "CSV file with the time of each frame in seconds, where they are not equal steps."));
        }
        return rows;
    }

    private static List<List<String>> settings(OperationInfo<?> info) {
        List<List<String>> rows = new ArrayList<>();
        for (Parameter p : info.schema().parameters()) {
            String fallback = p.format(p.fallback());
            rows.add(List.of(
                    code(p.key()),
                    p.about().label(),
                    fallback.isEmpty() ? (p.about().required() ? "must be given" : "empty") : code(fallback),
                    p.allowed(),
                    p.about().doc()));
        }
        return rows;
    }

    private static List<List<String>> outputs(OperationInfo<?> info) {
        List<List<String>> rows = new ArrayList<>();
        for (OutputSlot slot : info.outputs()) {
            rows.add(List.of(code(slot.name()), Parameter.snakeCase(slot.kind().name()), slot.doc()));
        }
        return rows;
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static void table(StringBuilder page, String title, List<String> heads, List<List<String>> rows) {
        if (rows.isEmpty()) return;
        page.append("\n## ").append(title).append("\n\n");
        row(page, heads);
        row(page, heads.stream().map(h -> "---").toList());
        rows.forEach(cells -> row(page, cells));
    }

    private static void row(StringBuilder page, List<String> cells) {
        cells.forEach(cell -> page.append("| ").append(cell.replace("|", "\\|")).append(' '));
        page.append("|\n");
    }

    /** What the help button shows: without what the dialog shows itself, and without tables, which are too wide for it. */
    public static String brief(OperationInfo<?> info) {
        StringBuilder page = new StringBuilder("## " + info.title() + "\n\n" + info.summary() + "\n\n");
        page.append(info.help().strip()).append("\n\n### Settings\n\n");
        for (InputSlot slot : info.inputs()) {
            page.append("**")
                    .append(slot.key())
                    .append("**: ")
                    .append(slot.doc())
                    .append("\n\n");
        }
        for (Parameter p : info.schema().parameters()) {
            String fallback = p.format(p.fallback());
            page.append("**")
                    .append(p.about().label())
                    .append("** (")
                    .append(code(p.key()))
                    .append("): ");
            page.append(p.about().doc()).append(' ');
            page.append(fallback.isEmpty() ? "Allowed: " : "Default: " + code(fallback) + "; allowed: ");
            page.append(p.allowed()).append(".\n\n");
        }
        if (!info.citations().isEmpty()) page.append("### Please cite\n\n");
        info.citations().forEach(work -> page.append(work).append("\n\n"));
        return page.toString();
    }
}
