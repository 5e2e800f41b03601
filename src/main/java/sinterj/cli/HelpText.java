package sinterj.cli;

import java.util.List;
import sinterj.command.Operations;
import sinterj.op.Call;
import sinterj.op.InputSlot;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Parameter;

/** What the shell says about itself. */
final class HelpText {
    private static final int LINE = 100;
    private static final String TIMES =
            "CSV file with the time of each frame in seconds, where they are not equal steps.";

    private HelpText() {}

    static String general() {
        return """
                sinterj list                        all commands
                sinterj <command> --help            the settings of one
                sinterj <command> --input a.mrc --key value ... --output out.tif --table out.csv --plot out.png
                sinterj macro file.ijm [argument]   an ImageJ macro, without a display

                --quiet       no progress          --json   outputs and settings as JSON
                --threads N   at most N threads
                Exit code: 0 done, 2 the input is wrong, 130 cancelled, 1 a fault of SinterJ.
                """;
    }

    static String list() {
        StringBuilder text = new StringBuilder();
        for (Operation<?> operation : Operations.all()) {
            OperationInfo<?> info = operation.info();
            text.append(String.format(java.util.Locale.ROOT, "%-26s%s%n", info.id(), info.summary()));
        }
        return text.toString();
    }

    static String of(OperationInfo<?> info) {
        StringBuilder text = new StringBuilder(info.title() + ": " + info.summary() + "\n\n");
        for (InputSlot slot : info.inputs()) {
            text.append("--")
                    .append(slot.key())
                    .append(slot.required() ? " (needed)\n" : "\n")
                    .append(indented(slot.doc()));
        }
        if (info.mainInput() != null && info.schema().parameter(Call.TIMES) == null) {
            text.append("--").append(Call.TIMES).append('\n').append(indented(TIMES));
        }
        for (Parameter p : info.schema().parameters()) {
            String fallback = p.format(p.fallback());
            text.append("--")
                    .append(p.key())
                    .append(fallback.isEmpty() ? "" : " (" + fallback + ")")
                    .append('\n');
            text.append(indented(
                    p.about().label() + ": " + p.allowed() + ". " + p.about().doc()));
        }
        List<String> files = Arguments.fileHelp(info);
        List<OutputSlot> folders = info.outputs(OutputSlot.Kind.FOLDER);
        if (!files.isEmpty() || !folders.isEmpty()) text.append("\nResults:\n");
        files.forEach(option -> text.append(option).append('\n'));
        folders.forEach(slot -> text.append("a folder: ").append(slot.doc()).append('\n'));
        text.append("\n--quiet no progress, --json outputs and settings as JSON, --threads N at most N threads\n");
        return text.toString();
    }

    /** In lines of readable length. */
    private static String indented(String sentence) {
        StringBuilder text = new StringBuilder();
        int column = LINE;
        for (String word : sentence.split(" ")) {
            boolean starts = column + 1 + word.length() > LINE;
            if (starts) text.append(text.isEmpty() ? "    " : "\n    ");
            else text.append(' ');
            column = starts ? 4 + word.length() : column + 1 + word.length();
            text.append(word);
        }
        return text.append('\n').toString();
    }
}
