package sinterj.ij;

import ij.ImagePlus;
import ij.WindowManager;
import ij.io.Opener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.command.Operations;
import sinterj.image.Frames;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.io.CsvTable;
import sinterj.io.Mrc;
import sinterj.op.Call;
import sinterj.op.InputSlot;
import sinterj.op.Inputs;
import sinterj.op.Runner;

/**
 * Finds what the input keys of a call refer to: an object given by a script; else for images the ID of an open image,
 * the title of one, or a path; for tables a results window or a CSV file.
 */
public final class InputFinder {
    private final Progress progress;

    /** @param progress told while files are read */
    public InputFinder(Progress progress) {
        this.progress = progress;
    }

    /**
     * Everything the call's operation reads.
     *
     * @throws InvalidInput naming the key and what was looked for, if something is missing or cannot be used
     */
    public Inputs find(Call<?> call) {
        Inputs found = Inputs.none().with(new ImagejFiles());
        Map<String, String> names = new LinkedHashMap<>();
        InputSlot main = call.operation().info().mainInput();
        for (InputSlot slot : call.operation().info().inputs()) {
            Object given = call.inputs().get(slot.key());
            if (given == null && slot.equals(main) && slot.required()) given = activeImage();
            name(slot, given).ifPresent(name -> names.put(slot.key(), name));
            if (RoiLabels.WORD.equals(given) && slot.kind() == InputSlot.Kind.PAINTED_LABELS) {
                found = found.with(
                        slot.key(), RoiLabels.of(found.frames(main.key()).first()));
            } else if (given != null && !given.equals("")) {
                found = with(found, slot, given);
            }
        }
        Object times = call.inputs().get(Call.TIMES);
        if (times == null || times.equals("") || main == null || !found.has(main.key())) return found.named(names);
        Frames image = found.frames(main.key());
        Path file = path(Call.TIMES, String.valueOf(times));
        names.put(Call.TIMES, file.toString());
        return found.with(main.key(), image.withTimes(CsvTable.times(file))).named(names);
    }

    /** The text by which a macro finds an input again: a title, an ID, or a whole path. */
    private static Optional<String> name(InputSlot slot, Object given) {
        if (given instanceof ImagePlus image) {
            return Optional.of(isOnlyOneOfItsTitle(image) ? image.getTitle() : String.valueOf(image.getID()));
        }
        if (given instanceof ij.measure.ResultsTable results) return Optional.ofNullable(results.getTitle());
        boolean nameless = given == null
                || given.equals("")
                || given instanceof Frames
                || given instanceof Volume
                || given instanceof Table;
        if (nameless) return Optional.empty();
        String text = String.valueOf(given);
        boolean image = slot.kind().isImage();
        boolean open = image && openImage(slot, text) != null
                || slot.kind() == InputSlot.Kind.TABLE && ij.measure.ResultsTable.getResultsTable(text) != null;
        boolean word = slot.kind() == InputSlot.Kind.PAINTED_LABELS && text.equals(RoiLabels.WORD);
        return Optional.of(open || word ? text : path(slot.key(), text).toString());
    }

    private static ImagePlus activeImage() {
        ImagePlus image = WindowManager.getCurrentImage();
        if (image == null) throw new InvalidInput("No image is open. Open one, or give input=[path].");
        return image;
    }

    private Inputs with(Inputs found, InputSlot slot, Object given) {
        if (slot.kind().isImage()) return found.with(slot.key(), image(slot, given));
        if (slot.kind() == InputSlot.Kind.TABLE) return found.with(slot.key(), table(slot, given));
        Path folder = path(slot.key(), String.valueOf(given));
        if (!Files.isDirectory(folder)) {
            throw new InvalidInput("'" + slot.key() + "': there is no folder '" + folder + "'.");
        }
        return found.with(slot.key(), folder);
    }

    private Frames image(InputSlot slot, Object given) {
        if (given instanceof Frames frames) return frames;
        if (given instanceof Volume volume) return Frames.of(slot.key(), volume);
        if (given instanceof ImagePlus image) return FromImagePlus.frames(image);
        String text = String.valueOf(given);
        ImagePlus open = openImage(slot, text);
        return open != null ? FromImagePlus.frames(open) : file(slot, text);
    }

    /** Of several images with one title the active one, else none: which was meant cannot be known. */
    private static ImagePlus openImage(InputSlot slot, String text) {
        ImagePlus byId = text.matches("-[0-9]{1,9}") ? WindowManager.getImage(Integer.parseInt(text)) : null;
        if (byId != null) return byId;
        ImagePlus active = WindowManager.getCurrentImage();
        if (active != null && active.getTitle().equals(text)) return active;
        ImagePlus first = WindowManager.getImage(text);
        if (first != null && !isOnlyOneOfItsTitle(first)) {
            throw new InvalidInput("'" + slot.key() + "': several open images have the title '" + text
                    + "'. Rename them, or give the ID of the one that is meant.");
        }
        return first;
    }

    /** Whether its title is enough to find an image again. */
    static boolean isOnlyOneOfItsTitle(ImagePlus image) {
        int[] ids = WindowManager.getIDList();
        if (ids == null) return true;
        for (int id : ids) {
            ImagePlus other = WindowManager.getImage(id);
            if (other != null
                    && other.getID() != image.getID()
                    && other.getTitle().equals(image.getTitle())) return false;
        }
        return true;
    }

    private Frames file(InputSlot slot, String text) {
        Path path = path(slot.key(), text);
        if (!Files.isRegularFile(path)) {
            throw new InvalidInput("'" + slot.key() + "': no open image has the title or ID '" + text
                    + "', and there is no such file. Open the image first, or give its path.");
        }
        if (Mrc.hasMrcName(path)) {
            return slot.kind() == InputSlot.Kind.TILT_SERIES
                    ? imported(Call.of(Operations.byId("import-tilt-series"), Map.of("path", path)))
                    : Frames.of(String.valueOf(path.getFileName()), Mrc.volume(path, progress));
        }
        return FromImagePlus.frames(opened(slot, path));
    }

    /** ImageJ's readers end in any way there is where a file is damaged. */
    private static ImagePlus opened(InputSlot slot, Path path) {
        try {
            if (TiffClaims.areAbsurd(path)) throw unreadable(slot, path, null);
            Opener opener = new Opener();
            opener.setSilentMode(true);
            ImagePlus image = opener.openImage(path.toString());
            if (image != null) return image;
        } catch (InvalidInput e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw unreadable(slot, path, e);
        }
        throw unreadable(slot, path, null);
    }

    private static InvalidInput unreadable(InputSlot slot, Path path, Exception cause) {
        return new InvalidInput(
                "'" + slot.key() + "': '" + path + "' is no image that ImageJ can open, or it is damaged or cut short."
                        + " Export it as TIFF or MRC.",
                cause);
    }

    private <P extends Record> Frames imported(Call<P> call) {
        return Runner.run(call.operation(), Inputs.none(), call.settings(), progress)
                .image("tilt_series");
    }

    private static Table table(InputSlot slot, Object given) {
        if (given instanceof Table table) return table;
        if (given instanceof ij.measure.ResultsTable results) return ResultsWindows.read(results);
        String text = String.valueOf(given);
        ij.measure.ResultsTable open = ij.measure.ResultsTable.getResultsTable(text);
        if (open != null) return ResultsWindows.read(open);
        Path path = path(slot.key(), text);
        if (!Files.isRegularFile(path)) {
            throw new InvalidInput("'" + slot.key() + "': no table window has the title '" + text
                    + "', and there is no such file. Open the table first, or give the path of a CSV file.");
        }
        return CsvTable.read(path);
    }

    private static Path path(String key, String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new InvalidInput("'" + key + "': '" + text + "' is neither an open image nor a path.", e);
        }
    }

    /** Text that refers to the given image objects in a recorded macro: the title if that is enough, else the ID. */
    static Map<String, Object> byTitle(Map<String, Object> inputs) {
        Map<String, Object> names = new LinkedHashMap<>(inputs);
        names.replaceAll((key, value) -> {
            if (!(value instanceof ImagePlus image)) return value;
            return isOnlyOneOfItsTitle(image) ? image.getTitle() : image.getID();
        });
        return names;
    }
}
