package sinterj.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.Volume;

/**
 * MRC files (.mrc, .st, .ali, .rec, .mrcs, .map): modes 0, 1, 2, 6 and 12 in both byte orders. Rows keep their order in
 * the file, so the first row is shown on top; IMOD shows it at the bottom. Written with {@link MrcWriter}.
 */
public final class Mrc {
    /** Extensions of MRC files, in the order in which they are told to people. */
    static final List<String> EXTENSIONS = List.of("mrc", "st", "ali", "rec", "mrcs", "map");

    private Mrc() {}

    /** Whether a file's name says that it is an MRC file. */
    public static boolean hasMrcName(Path path) {
        return path.getFileName() != null && EXTENSIONS.contains(extension(path));
    }

    /** What follows the last dot of a file's name, in small letters; empty if there is none. */
    static String extension(Path path) {
        String name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * Reads and checks the header.
     *
     * @throws sinterj.base.InvalidInput if it is no MRC file, or one that cannot be read whole
     */
    public static MrcHeader header(Path path) {
        return MrcHeaderReader.read(path);
    }

    /**
     * Reads a volume into memory, 8- and 16-bit unsigned numbers as such, everything else as floats: see
     * {@link MrcHeader#bytesInMemory}. One that would take more than half of the memory that is left is not loaded:
     * its planes are then read from the file each time they are used, see {@link #lazy}.
     *
     * @return x, y, z in the order of the file, in nm if the file says so
     * @throws sinterj.base.InvalidInput if it cannot be read
     */
    public static Volume volume(Path path, Progress progress) {
        MrcHeader header = header(path);
        boolean fits = header.bytesInMemory() <= free() / 2;
        if (!fits) {
            System.gc(); // what nobody holds any more counts as free only afterwards
            fits = header.bytesInMemory() <= free() / 2;
        }
        return fits ? loaded(header, progress) : lazy(header);
    }

    private static long free() {
        Runtime java = Runtime.getRuntime();
        return java.maxMemory() - (java.totalMemory() - java.freeMemory());
    }

    /**
     * A volume whose planes are read from the file each time they are used, as floats; for previews and for files larger
     * than memory. It cannot be written, and the file must stay where it is.
     */
    public static Volume lazy(Path path) {
        return lazy(header(path));
    }

    private static Volume lazy(MrcHeader header) {
        return new Volume(
                Planes.lazyFloats(header.width(), header.height(), header.sections(), z -> {
                    // Opened anew, so that no handle stays open and an interrupted thread closes nobody else's.
                    try (MrcReader reader = new MrcReader(header)) {
                        return reader.floats(z);
                    }
                }),
                header.size());
    }

    private static Volume loaded(MrcHeader header, Progress progress) {
        Object[] planes = new Object[header.sections()];
        try (MrcReader reader = new MrcReader(header)) {
            Parallel.forEach(progress, planes.length, z -> {
                planes[z] = reader.plane(z);
                progress.report(
                        (z + 1.0) / planes.length, "Reading " + header.file().getFileName());
            });
        }
        return new Volume(image(List.of(planes), header.width(), header.height()), header.size());
    }

    /**
     * Planes as {@link MrcReader#plane} gives them as an image that shares them.
     *
     * @param planes all of one kind, at least one
     */
    public static RandomAccessibleInterval<? extends RealType<?>> image(List<Object> planes, int width, int height) {
        if (planes.get(0) instanceof byte[]) return Planes.ofBytes(cast(planes, byte[].class), width, height);
        if (planes.get(0) instanceof short[]) return Planes.ofShorts(cast(planes, short[].class), width, height);
        return Planes.ofFloats(cast(planes, float[].class), width, height);
    }

    private static <T> List<T> cast(List<Object> planes, Class<T> type) {
        List<T> typed = new ArrayList<>(planes.size());
        for (Object plane : planes) typed.add(type.cast(plane));
        return typed;
    }
}
