package sinterj.ij;

import ij.ImagePlus;
import java.awt.GraphicsEnvironment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.image.Frames;
import sinterj.image.Plot;
import sinterj.image.Table;
import sinterj.io.CsvTable;
import sinterj.io.WriteSafely;
import sinterj.op.Call;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;

/** Brings what an operation made to the user: windows, files, or objects for a script. */
public final class Delivery {
    private Delivery() {}

    /** Writes the tables and plots for which the call names files. */
    public static void writeFiles(Call<?> call, Outputs outputs) {
        call.files().forEach((slot, file) -> {
            if (!outputs.has(slot)) {
                throw new InvalidInput(
                        "There is no '" + slot + "' with these settings, so '" + file + "' is not written.");
            }
            write(outputs.bySlot().get(slot), Path.of(file));
        });
    }

    /** Writes one output: an image as TIFF or MRC, a table as CSV, a plot as PNG or its points as CSV. */
    public static void write(Object value, Path path) {
        if (value instanceof Frames frames) ImageFiles.write(frames, path);
        if (value instanceof Table table) CsvTable.write(table, path);
        if (value instanceof Plot plot) PlotWindows.write(plot, path);
    }

    /**
     * Looks before the work starts whether an output can be written to a path.
     *
     * @throws InvalidInput if the folder is missing, or the ending is none that the output can be written as
     */
    public static void requireWritable(OperationInfo<?> info, String slot, Path path) {
        OutputSlot.Kind kind = info.outputs().stream()
                .filter(s -> s.name().equals(slot))
                .map(OutputSlot::kind)
                .findFirst()
                .orElseThrow();
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        List<String> endings = switch (kind) {
            case IMAGE -> ImageFiles.ENDINGS;
            case TABLE -> List.of(".csv");
            case PLOT -> PlotWindows.ENDINGS;
            case FOLDER -> List.of("");
        };
        if (endings.stream().noneMatch(name::endsWith)) {
            throw new InvalidInput("'" + path + "': " + slot + " is written as " + String.join(" or ", endings)
                    + ". Give a name that ends so.");
        }
        WriteSafely.requirePlace(path);
    }

    /** Shows images, tables and plots; without a display, images only, which a macro in batch mode then finds. */
    static void show(OperationInfo<?> info, Outputs outputs) {
        boolean display = !GraphicsEnvironment.isHeadless();
        outputs.bySlot().forEach((slot, value) -> {
            if (value instanceof Frames frames) image(frames).show();
            if (value instanceof Table table && display)
                ResultsWindows.write(table).show(windowTitle(info, slot));
            if (value instanceof Plot plot && display) PlotWindows.plot(plot).show();
        });
    }

    /** Title of the window of a table: {@code SinterJ <label>}, and the slot's name behind it for further ones. */
    static String windowTitle(OperationInfo<?> info, String slot) {
        OutputSlot first = info.outputs(OutputSlot.Kind.TABLE).get(0);
        return "SinterJ " + info.title() + (slot.equals(first.name()) ? "" : " - " + slot);
    }

    private static ImagePlus image(Frames frames) {
        ImagePlus image = ToImagePlus.image(frames);
        image.setSlice(1 + frames.first().depth() / 2); // the middle says more than the rim
        image.changes = true;
        return image;
    }

    /** What was made as ImageJ's objects, by slot: ImagePlus, ResultsTable, ij.gui.Plot, or the path of a folder. */
    public static Map<String, Object> objects(Outputs outputs) {
        Map<String, Object> objects = new LinkedHashMap<>();
        outputs.bySlot().forEach((slot, value) -> objects.put(slot, object(value)));
        return objects;
    }

    private static Object object(Object value) {
        if (value instanceof Frames frames) return ToImagePlus.image(frames);
        if (value instanceof Table table) return ResultsWindows.write(table);
        if (value instanceof Plot plot) return PlotWindows.plot(plot);
        return String.valueOf(value);
    }
}
