package sinterj.op;

import java.util.ArrayList;
import java.util.List;

/** The help page of an operation: as Markdown for the documentation, as HTML for the help button of its dialog. */
public final class HelpPage {
    /** Java's help window knows little of style sheets; this much it does. */
    private static final String STYLE = "body{width:460px} p{margin-top:3px;margin-bottom:5px}"
            + " h2{margin-bottom:4px} h3{margin-top:10px;margin-bottom:3px} ul{margin-top:2px;margin-bottom:5px}";

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

    /** The page as HTML that ImageJ's help window shows. */
    public static String html(OperationInfo<?> info) {
        StringBuilder page = new StringBuilder("<html><head><style>" + STYLE + "</style></head><body>");
        page.append("<h2>").append(escape(info.title())).append("</h2>");
        page.append("<p>").append(inline(info.summary())).append("</p>");
        for (String paragraph : info.help().strip().split("\n\\s*\n")) block(page, paragraph);
        page.append("<h3>Settings</h3>");
        for (InputSlot slot : info.inputs()) {
            page.append("<p><b>")
                    .append(escape(slot.key()))
                    .append("</b>: ")
                    .append(inline(slot.doc()))
                    .append("</p>");
        }
        for (Parameter p : info.schema().parameters()) {
            page.append("<p><b>")
                    .append(escape(p.about().label()))
                    .append("</b> (<code>")
                    .append(p.key());
            page.append("</code>): ").append(inline(p.about().doc())).append(" <i>");
            String fallback = p.format(p.fallback());
            if (!fallback.isEmpty())
                page.append("Default: ").append(escape(fallback)).append("; ");
            page.append(fallback.isEmpty() ? "Allowed: " : "allowed: ");
            page.append(escape(p.allowed())).append(".</i></p>");
        }
        if (!info.citations().isEmpty()) page.append("<h3>Please cite</h3>");
        info.citations().forEach(work -> page.append("<p>").append(inline(work)).append("</p>"));
        return page.append("</body></html>").toString();
    }

    private static void block(StringBuilder page, String paragraph) {
        if (paragraph.startsWith("- ")) {
            page.append("<ul>");
            for (String item : paragraph.substring(2).split("\n- "))
                page.append("<li>").append(inline(item)).append("</li>");
            page.append("</ul>");
        } else if (paragraph.startsWith("#")) {
            page.append("<h3>")
                    .append(inline(paragraph.replaceFirst("^#+\\s*", "")))
                    .append("</h3>");
        } else {
            page.append("<p>").append(inline(paragraph)).append("</p>");
        }
    }

    private static String inline(String text) {
        return escape(text).replaceAll("`([^`]*)`", "<code>$1</code>").replaceAll("\\*\\*([^*]*)\\*\\*", "<b>$1</b>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
