package sinterj.io;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sinterj.base.InvalidInput;

/** Finds the MRC files of a tilt series: one file, or one per time point in a folder or named in a list. */
public final class TiltSeriesFiles {
    private static final int MAX_LIST_BYTES = 10_000_000;
    private static final int MAX_FILES = 100_000;
    private static final List<String> LISTS = List.of("txt", "lst", "list", "csv");

    private TiltSeriesFiles() {}

    /**
     * The headers of the files, in order of time.
     *
     * @param path an MRC file; a folder, whose MRC files are taken in the order of their names, numbers by value; or a
     *     text file with one path per line, relative to its own folder
     * @throws InvalidInput if nothing is found, or a file is none that can be read
     */
    public static List<MrcHeader> headers(Path path) {
        if (!Files.exists(path)) {
            throw new InvalidInput("There is no file or folder '" + path + "'. Check the path.");
        }
        if (Files.isDirectory(path))
            return inFolder(path).stream().map(Mrc::header).toList();
        if (LISTS.contains(Mrc.extension(path)))
            return inList(path).stream().map(Mrc::header).toList();
        if (Mrc.hasMrcName(path)) return List.of(Mrc.header(path));
        return List.of(headerOfAnyName(path));
    }

    /** A file with another name may be an MRC file all the same; if not, ImageJ may know what it is. */
    private static MrcHeader headerOfAnyName(Path path) {
        try {
            return Mrc.header(path);
        } catch (InvalidInput e) {
            throw new InvalidInput(
                    "'" + path + "' is no MRC file. Open it in ImageJ and give the open image as input, with"
                            + " angles=-40:2 or angles=[file], to the next command.",
                    e);
        }
    }

    private static List<Path> inFolder(Path folder) {
        List<Path> files = FolderFiles.list(folder, Mrc::hasMrcName, MAX_FILES + 1);
        if (files.isEmpty()) {
            throw new InvalidInput("The folder '" + folder + "' holds no MRC file (."
                    + String.join(", .", Mrc.EXTENSIONS) + "). Choose the folder with one file per time point.");
        }
        requireNotTooMany(folder, files.size());
        return files;
    }

    private static void requireNotTooMany(Path source, int files) {
        if (files <= MAX_FILES) return;
        throw new InvalidInput("'" + source + "' holds more than " + MAX_FILES
                + " MRC files, which is no series of time points. Check that it is the right one.");
    }

    private static List<Path> inList(Path list) {
        List<Path> files = new ArrayList<>();
        for (String line : TextFile.lines(list, "a list of files", MAX_LIST_BYTES)) {
            String name = line.trim();
            if (name.isEmpty() || name.startsWith("#")) continue;
            requireNotTooMany(list, files.size() + 1);
            try {
                files.add(list.resolveSibling(name));
            } catch (InvalidPathException e) {
                throw new InvalidInput("'" + TextNumber.shown(name) + "' in '" + list + "' is no path of a file.", e);
            }
        }
        if (files.isEmpty()) throw new InvalidInput("'" + list + "' names no file. Write one path per line.");
        return files;
    }
}
