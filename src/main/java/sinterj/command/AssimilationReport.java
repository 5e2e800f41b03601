package sinterj.command;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sinterj.assimilate.Answer;
import sinterj.assimilate.Observation;
import sinterj.image.Table;
import sinterj.io.CsvTable;
import sinterj.io.WriteSafely;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.ParameterSchema;
import sinterj.op.Provenance;

/** Writes the report of an assimilation: a page with pictures that needs nothing else, and the tables beside it. */
final class AssimilationReport {
    private static final List<String> TABLES = List.of("estimates", "remarks", "correlations", "frames", "trials");
    private static final String STYLE = "body{font:15px sans-serif;max-width:60em;margin:2em auto}"
            + "table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #bbb;padding:.2em .6em;text-align:right}"
            + "td:first-child{text-align:left}img{image-rendering:pixelated;margin-right:8px}figure{margin:1em 0}";

    private AssimilationReport() {}

    static void write(
            Path folder, Outputs made, Observation seen, Answer answer, Inputs in, AssimilateSintering.Settings s) {
        Map<String, String> settings = ParameterSchema.of(s).values(s);
        String title = in.frames("input").title();
        JsonArray inputs =
                JsonParser.parseString(in.provenance()).getAsJsonObject().getAsJsonArray("inputs");
        String line = line(in, inputs, settings);
        WriteSafely.folder(folder, temporary -> {
            for (String name : TABLES) {
                Files.writeString(temporary.resolve(name + ".csv"), CsvTable.text(made.table(name)));
            }
            text(temporary, "report.json", json(made, title, inputs, settings));
            text(temporary, "index.html", page(made, seen, answer, title, inputs, line));
        });
    }

    /**
     * The macro line that does the same again, with what a macro finds again of the inputs. The report itself and a file of
     * trials are left out: they are there now, so they would be refused, or end the search before it began.
     */
    private static String line(Inputs in, JsonArray inputs, Map<String, String> settings) {
        Map<String, Object> given = new LinkedHashMap<>(settings);
        given.put("report", "");
        if (!LoadedTrials.isTable(Path.of(settings.get("study").trim()))) given.put("study", "");
        for (JsonElement input : inputs) {
            JsonObject json = input.getAsJsonObject();
            if (json.has("title"))
                given.put(json.get("slot").getAsString(), json.get("title").getAsString());
        }
        given.putAll(in.names());
        String options = Call.of(new AssimilateSintering(), given).macroText();
        String escaped = options.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return "run(\"Assimilate Sintering...\", \"" + escaped + "\");";
    }

    private static Table table(JsonArray inputs) {
        Table table = new Table("input", "title", "SHA-256");
        for (JsonElement input : inputs) {
            JsonObject json = input.getAsJsonObject();
            String title = json.has("title") ? json.get("title").getAsString() : "";
            table.add(json.get("slot").getAsString(), title, json.get("sha256").getAsString());
        }
        return table;
    }

    private static void text(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }

    private static String json(Outputs made, String title, JsonArray inputs, Map<String, String> settings) {
        JsonObject json = new JsonObject();
        json.addProperty("command", "assimilate-sintering");
        json.addProperty("version", Provenance.version());
        json.addProperty("input", title);
        json.add("inputs", inputs);
        JsonObject values = new JsonObject();
        settings.forEach(values::addProperty);
        json.add("settings", values);
        for (String name : TABLES) json.add(name, rows(made.table(name)));
        return new GsonBuilder()
                .serializeSpecialFloatingPointValues()
                .setPrettyPrinting()
                .create()
                .toJson(json);
    }

    private static JsonArray rows(Table table) {
        JsonArray rows = new JsonArray();
        for (int r = 0; r < table.size(); r++) {
            JsonObject row = new JsonObject();
            for (int c = 0; c < table.heads().size(); c++) {
                Object cell = table.cell(r, c);
                String head = table.heads().get(c);
                if (cell instanceof Number n && Double.isFinite(n.doubleValue())) row.addProperty(head, n);
                else if (cell instanceof Boolean b) row.addProperty(head, b);
                else row.addProperty(head, String.valueOf(cell));
            }
            rows.add(row);
        }
        return rows;
    }

    private static String page(
            Outputs made, Observation seen, Answer answer, String title, JsonArray inputs, String line) {
        StringBuilder page =
                new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
        page.append(escape("Assimilation of " + title))
                .append("</title><style>")
                .append(STYLE);
        page.append("</style></head><body><h1>")
                .append(escape("Assimilation of " + title))
                .append("</h1>");
        if (!answer.informative()) page.append("<p><b>Not informative: trust none of these numbers.</b></p>");
        page.append("<h2>Estimates</h2>");
        table(page, made.table("estimates"));
        page.append("<h2>Remarks</h2><ul>");
        Table remarks = made.table("remarks");
        for (int r = 0; r < remarks.size(); r++) {
            page.append("<li>")
                    .append(escape(String.valueOf(remarks.cell(r, 0))))
                    .append("</li>");
        }
        page.append("</ul><h2>Last frame, middle plane</h2>");
        pictures(page, seen, answer);
        page.append("<h2>Frames</h2>");
        table(page, made.table("frames"));
        page.append("<h2>Correlations of the errors</h2>");
        table(page, made.table("correlations"));
        for (String plot : List.of("cost", "posterior", "pairs", "slices", "importance")) {
            if (made.has(plot)) page.append(SvgPlot.of(made.plot(plot)));
        }
        page.append("<h2>Inputs</h2>");
        table(page, table(inputs));
        page.append("<h2>To run it again</h2><p>With what is named without a path open, SinterJ ");
        page.append(escape(Provenance.version())).append(":</p><pre style=\"white-space:pre-wrap\">");
        page.append(escape(line));
        return page.append("</pre></body></html>\n").toString();
    }

    private static void pictures(StringBuilder page, Observation seen, Answer answer) {
        int t = seen.frames() - 1;
        int z = seen.depth() / 2;
        int n = seen.width() * seen.height();
        byte[] rgb = new byte[9 * n];
        for (int i = 0; i < n; i++) {
            int was = seen.solid()[t][z][i] & 0xff;
            int is = Math.round(255 * Math.min(1, Math.max(0, answer.density()[t][z][i])));
            int off = is - was;
            int row = i / seen.width() * 3 * seen.width() + i % seen.width();
            put(rgb, row, was, was, was);
            put(rgb, row + seen.width(), is, is, is);
            int[] colour = {255 - Math.max(0, -off), 255 - Math.abs(off), 255 - Math.max(0, off)};
            put(rgb, row + 2 * seen.width(), colour[0], colour[1], colour[2]);
        }
        String png = PngImage.base64(rgb, 3 * seen.width(), seen.height());
        int shown = Math.min(1080, 9 * Math.max(40, seen.width()));
        page.append("<figure><img width=\"")
                .append(shown)
                .append("\" src=\"data:image/png;base64,")
                .append(png);
        page.append("\" alt=\"seen, simulated, difference\"><figcaption>Seen; simulated; difference (red: simulated")
                .append(" only, blue: seen only)</figcaption></figure>");
    }

    private static void put(byte[] rgb, int pixel, int red, int green, int blue) {
        rgb[3 * pixel] = (byte) red;
        rgb[3 * pixel + 1] = (byte) green;
        rgb[3 * pixel + 2] = (byte) blue;
    }

    private static void table(StringBuilder page, Table table) {
        page.append("<table><tr>");
        for (String head : table.heads())
            page.append("<th>").append(escape(head)).append("</th>");
        page.append("</tr>");
        for (int r = 0; r < table.size(); r++) {
            page.append("<tr>");
            for (int c = 0; c < table.heads().size(); c++) {
                page.append("<td>").append(escape(cell(table.cell(r, c)))).append("</td>");
            }
            page.append("</tr>");
        }
        page.append("</table>");
    }

    private static String cell(Object cell) {
        if (cell instanceof Double d && d != Math.rint(d)) return String.format(Locale.ROOT, "%.4g", d);
        return String.valueOf(cell);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
