package sinterj.command;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Table;
import sinterj.io.FolderFiles;
import sinterj.op.Inputs;
import sinterj.op.MacroOptions;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Param;

/** Runs another command on each image of a folder. */
public final class Batch implements Operation<Batch.Settings> {
    private static final int MAX_FILES = 100_000;

    /** What to do with a file whose results are there already. */
    public enum Existing {
        /** Leave it. */
        SKIP,
        /** Do it again. */
        OVERWRITE
    }

    /** Which files, which command, and where its results go. */
    public record Settings(
            @Param(label = "Folder", folder = true, required = true, doc = "Where the images are.")
            String folder,

            @Param(
                    label = "Command",
                    required = true,
                    doc =
                            "The command to run on each of them: its id, such as local-thickness, or its label in the menu.")
            String command,

            @Param(
                    label = "Settings",
                    doc = "Its settings as in a macro, such as method=bm3d noise=auto; without the image. Put them in"
                            + " brackets in a macro.")
            String settings,

            @Param(
                    label = "Names",
                    doc = "Which files: a pattern in which * stands for any letters, ? for one, and {a,b} for a or b.")
            String names,

            @Param(
                    label = "If results exist",
                    doc = "skip leaves a file whose results are all there, so that a batch that was stopped goes on;"
                            + " overwrite makes them anew.")
            Existing existing,

            @Param(
                    label = "Output folder",
                    folder = true,
                    required = true,
                    doc =
                            "Where the results go, as NAME-RESULT.tif, .csv and .png. It must exist and be another folder.")
            String outputFolder) {}

    private static final String HELP = """
            Runs one command on every image of a folder, one after the other, and writes all that it makes into another
            folder: images as TIFF, tables as CSV, plots as PNG, named after the file and the result.

            A file that cannot be used does not stop the others: the first table says of each file whether it was done,
            skipped or refused, and why. The second holds the rows of the command's own first table for all files, with the
            name of the file in front, ready for a spreadsheet.

            Escape stops between two steps of the work; what was written stays, and with `existing=skip` the same
            batch goes on where it stopped. Stop and keep ends after the present file, with the tables so far.

            Commands that open files themselves take the file as their `path`: `command=import-tilt-series` imports each
            file of the folder as a series of its own.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "batch",
                        "",
                        "SinterJ Batch...",
                        "Runs a command on every image of a folder.",
                        new Settings("", "", "", "*.{tif,tiff,mrc,st,ali,rec,mrcs}", Existing.SKIP, ""))
                .makes("files", OutputSlot.Kind.TABLE, "Each file and what became of it.")
                .makes("results", OutputSlot.Kind.TABLE, "The rows of the command's first table, file by file.")
                .can(OperationInfo.Trait.KEEPS_BEST)
                .help(HELP);
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        Path folder = folder("folder", settings.folder());
        Path outputFolder = folder("output_folder", settings.outputFolder());
        if (folder.equals(outputFolder)) {
            throw new InvalidInput("'output_folder' is the folder of the images, where the results would be taken for"
                    + " images in the next run. Choose another one.");
        }
        BatchRun run = new BatchRun(
                in.files(), operation(settings.command()), MacroOptions.parse(settings.settings()), outputFolder);
        run.requireUsable();
        List<Path> files = FolderFiles.list(folder, matching(settings.names()), MAX_FILES);
        if (files.isEmpty()) {
            throw new InvalidInput("The folder '" + folder + "' holds no file whose name is like " + settings.names()
                    + ". Choose another folder or pattern.");
        }
        Table table = new Table("file", "outcome", "why");
        boolean complete = true;
        for (int i = 0; i < files.size() && complete; i++) {
            Path file = files.get(i);
            progress.report(
                    (double) i / files.size(), file.getFileName() + " (" + (i + 1) + " of " + files.size() + ")");
            Progress part = progress.part((double) i / files.size(), (i + 1.0) / files.size());
            BatchRun.Outcome outcome = run.on(file, settings.existing() == Existing.SKIP, part);
            table.add(file.getFileName().toString(), outcome.word(), outcome.why());
            complete = !progress.finishEarly() || i + 1 == files.size();
        }
        Outputs made = Outputs.none().with("files", table);
        if (run.rows() != null) made = made.with("results", run.rows());
        return complete ? made : made.incomplete();
    }

    private static Path folder(String key, String text) {
        try {
            Path folder = Path.of(text).toAbsolutePath().normalize();
            if (Files.isDirectory(folder)) return folder;
        } catch (InvalidPathException e) {
            throw new InvalidInput("'" + key + "': '" + text + "' is no path. Choose a folder.", e);
        }
        throw new InvalidInput("'" + key + "': there is no folder '" + text + "'. Make it first, or choose another.");
    }

    private static Operation<?> operation(String name) {
        Operation<?> found = Operations.all().stream()
                .filter(op ->
                        op.info().label().equals(name) || op.info().title().equals(name))
                .findFirst()
                .orElse(null);
        if (found == null) found = Operations.byId(name);
        if (found instanceof Batch) throw new InvalidInput("'command': a batch of batches is not possible.");
        return found;
    }

    private static Predicate<Path> matching(String names) {
        try {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + names);
            return file -> matcher.matches(file.getFileName());
        } catch (PatternSyntaxException e) {
            throw new InvalidInput(
                    "'names': '" + names + "' is no pattern for names. Write it like *.tif or t??_*.mrc.", e);
        }
    }

    /** The keys by which a command takes a file: its first image, or the path that it opens itself. */
    static String fileKey(OperationInfo<?> info) {
        if (info.mainInput() != null) return info.mainInput().key();
        boolean opens = info.schema().parameters().stream()
                .anyMatch(p -> p.key().equals("path") && p.about().file());
        return opens ? "path" : null;
    }

    /** File endings by kind of output. */
    static final Map<OutputSlot.Kind, String> ENDINGS =
            Map.of(OutputSlot.Kind.IMAGE, ".tif", OutputSlot.Kind.TABLE, ".csv", OutputSlot.Kind.PLOT, ".png");
}
