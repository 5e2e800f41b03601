package sinterj.ij;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.text.TextWindow;
import java.awt.GraphicsEnvironment;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.image.Frames;
import sinterj.image.Look;
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

    /**
     * Looks before the work starts whether the tables and plots for which the call names files can be written.
     *
     * @throws InvalidInput if the settings make none of that name, or it cannot be written there
     */
    public static void requireWritable(Call<?> call) {
        requireWritable(call, paths(call));
    }

    /** The same for outputs that the shell names beside the call. */
    public static void requireWritable(Call<?> call, Map<String, Path> paths) {
        paths.forEach((slot, path) -> {
            if (!canMake(call, slot)) throw notMade(slot, path);
        });
        requireWritable(call.operation().info(), paths);
    }

    private static <P extends Record> boolean canMake(Call<P> call, String slot) {
        return call.operation().canMake(slot, call.settings());
    }

    private static InvalidInput notMade(String slot, Path path) {
        return new InvalidInput("There is no '" + slot + "' with these settings, so '" + path
                + "' cannot be written. Leave that file out, or change the settings.");
    }

    private static Map<String, Path> paths(Call<?> call) {
        Map<String, Path> paths = new LinkedHashMap<>();
        call.files().forEach((slot, file) -> paths.put(slot, path(file)));
        return paths;
    }

    /**
     * The path that a user wrote.
     *
     * @throws InvalidInput if this system has no such paths
     */
    public static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidInput("'" + text + "' cannot be a path on this computer. Choose another name.", e);
        }
    }

    /** Writes the tables and plots for which the call names files. */
    public static void writeFiles(Call<?> call, Outputs outputs) {
        writeFiles(paths(call), outputs);
    }

    /**
     * Writes the outputs of the given slots.
     *
     * @throws InvalidInput if one of them was not made; the others are written
     */
    public static void writeFiles(Map<String, Path> paths, Outputs outputs) {
        paths.forEach((slot, path) -> {
            if (outputs.has(slot)) write(outputs.bySlot().get(slot), path);
        });
        paths.forEach((slot, path) -> {
            if (!outputs.has(slot)) {
                throw new InvalidInput("There is no '" + slot + "' of this input, so '" + path
                        + "' was not written; everything else was.");
            }
        });
    }

    /** Writes one output: an image as TIFF or MRC, a table as CSV, a plot as PNG or its points as CSV. */
    public static void write(Object value, Path path) {
        if (value instanceof Frames frames) ImageFiles.write(frames, path);
        if (value instanceof Table table) CsvTable.write(table, path);
        if (value instanceof Plot plot) PlotWindows.write(plot, path);
    }

    /**
     * Looks before the work starts whether the outputs can be written.
     *
     * @param paths by output slot
     * @throws InvalidInput if a folder is missing, an ending is none that the output can be written as, or two outputs
     *     have one path
     */
    public static void requireWritable(OperationInfo<?> info, Map<String, Path> paths) {
        Map<Path, String> slots = new HashMap<>();
        paths.forEach((slot, path) -> {
            String other = slots.put(path.toAbsolutePath().normalize(), slot);
            if (other != null) {
                throw new InvalidInput(
                        "'" + path + "' is named for " + other + " and for " + slot + ". Give each a name of its own.");
            }
            requireWritable(info, slot, path);
        });
    }

    private static void requireWritable(OperationInfo<?> info, String slot, Path path) {
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

    /**
     * Shows images, tables and plots; without a display, images only, which a macro in batch mode then finds.
     * Afterwards the first image made is the active one, with a display and without; if none was made, the one that
     * was active stays so for a macro.
     *
     * @param line the macro line that makes them again, which goes with them
     */
    static void show(OperationInfo<?> info, Outputs outputs, String line) {
        List<Object> made = new ArrayList<>(outputs.bySlot().values());
        Collections.reverse(made);
        ImagePlus active = WindowManager.getCurrentImage();
        if (!GraphicsEnvironment.isHeadless()) {
            outputs.bySlot().forEach((slot, value) -> {
                if (value instanceof Table table) show(table, windowTitle(info, slot), line);
            });
            for (Object value : made) if (value instanceof Plot plot) show(plot, line);
        }
        for (Object value : made) {
            if (!(value instanceof Frames frames)) continue;
            ImagePlus image = image(frames);
            MacroLine.note(image, line);
            image.show();
        }
        boolean plotIsActive = WindowManager.getCurrentImage() != active;
        boolean noImage = made.stream().noneMatch(Frames.class::isInstance);
        if (noImage && plotIsActive && active != null && IJ.macroRunning()) IJ.selectWindow(active.getID());
    }

    private static void show(Table table, String title, String line) {
        ResultsWindows.write(table).show(title);
        if (WindowManager.getWindow(title) instanceof TextWindow window) MacroLine.addTo(window, line);
    }

    private static void show(Plot plot, String line) {
        ij.gui.Plot drawn = PlotWindows.plot(plot);
        drawn.show();
        MacroLine.note(drawn.getImagePlus(), line);
    }

    /** Title of the window of a table: {@code SinterJ <label>}, and the slot's name behind it for further ones. */
    static String windowTitle(OperationInfo<?> info, String slot) {
        OutputSlot first = info.outputs(OutputSlot.Kind.TABLE).get(0);
        return "SinterJ " + info.title() + (slot.equals(first.name()) ? "" : " - " + slot);
    }

    private static ImagePlus image(Frames frames) {
        ImagePlus image = ToImagePlus.image(frames);
        image.setPosition(1, 1 + frames.first().depth() / 2, 1); // the middle says more than the rim
        image.changes = true;
        if (frames.look() == Look.MAP || frames.look() == Look.DIFFERENCE) MapLegend.draw(image);
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
