package sinterj.image;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import sinterj.base.InvalidInput;

/**
 * An image as a microscopist has it open: one volume, or a volume per time point, with its title and what is known of
 * it. A tilt series is such an image too, with projections for planes and its angles among the notes.
 *
 * @param title name of the window or file
 * @param volumes one per time point, of equal size; several in what {@link #ofChannels} makes
 * @param times when they were taken
 * @param notes facts that travel with the image, by name; see {@link #ANGLES}, {@link #PROVENANCE}
 */
public record Frames(String title, List<Volume> volumes, FrameTimes times, Map<String, String> notes) {
    /** Note with the tilt angles in degrees, separated by blanks. */
    public static final String ANGLES = "sinterj.angles";

    /** Note with where the image came from: JSON written by whoever made it. */
    public static final String PROVENANCE = "sinterj.provenance";

    /** Note with the times of the frames in seconds, separated by blanks, where they are not equally spaced. */
    public static final String TIMES = "sinterj.times";

    /** Note with the sides of a voxel, since a TIFF file keeps them to a few digits only. */
    public static final String VOXEL = "sinterj.voxel";

    /** Note with how the image is best shown; see {@link #look}. */
    public static final String LOOK = "sinterj.look";

    /** Note with the number of channels, where there are several; see {@link #channels}. */
    public static final String CHANNELS = "sinterj.channels";

    /** Note with the file that the image was read from. */
    public static final String FILE = "sinterj.file";

    public Frames {
        volumes = List.copyOf(volumes);
        notes = Map.copyOf(notes);
        if (volumes.isEmpty()) throw new IllegalArgumentException("an image without a frame");
        Volume first = volumes.get(0);
        for (Volume v : volumes) {
            if (v.width() != first.width() || v.height() != first.height() || v.depth() != first.depth()) {
                throw new InvalidInput("The frames of '" + title + "' have different sizes: " + first.width() + " x "
                        + first.height() + " x " + first.depth() + " and " + v.width() + " x " + v.height() + " x "
                        + v.depth() + ".");
            }
        }
        int channels = channels(notes);
        if (volumes.size() % channels != 0) {
            throw new IllegalArgumentException(volumes.size() + " volumes for " + channels + " channels");
        }
        int frames = volumes.size() / channels;
        if (times.isKnown() && times.seconds().length != frames) {
            throw new InvalidInput("Times: '" + title + "' has " + frames + " frames but " + times.seconds().length
                    + " times are given. Give one time per frame, in seconds.");
        }
    }

    /** One volume and nothing else known. */
    public static Frames of(String title, Volume volume) {
        return new Frames(title, List.of(volume), FrameTimes.unknown(), Map.of());
    }

    /** Several volumes and nothing else known. */
    public static Frames of(String title, List<Volume> volumes) {
        return new Frames(title, volumes, FrameTimes.unknown(), Map.of());
    }

    /** A tilt series with its angles noted. */
    public static Frames of(String title, TiltSeries series) {
        return of(title, new Volume(series.projections(), series.pixel())).withAngles(series.anglesDeg());
    }

    /**
     * Several volumes for each time point, for what was made: images that go in have one channel.
     *
     * @param volumes all channels of the first time point, then those of the second and so on
     */
    public static Frames ofChannels(String title, int channels, List<Volume> volumes) {
        return new Frames(title, volumes, FrameTimes.unknown(), Map.of(CHANNELS, Integer.toString(channels)));
    }

    /** Number of volumes for each time point. */
    public int channels() {
        return channels(notes);
    }

    private static int channels(Map<String, String> notes) {
        return Integer.parseInt(notes.getOrDefault(CHANNELS, "1"));
    }

    /** Number of volumes: of time points, where there is one channel. */
    public int count() {
        return volumes.size();
    }

    /** The first volume. */
    public Volume first() {
        return volumes.get(0);
    }

    /** Time point t, counted from 0, with the same title and notes. */
    public Frames frame(int t) {
        return new Frames(title, List.of(volumes.get(t)), FrameTimes.unknown(), notes);
    }

    /** The same image under another title. */
    public Frames withTitle(String other) {
        return new Frames(other, volumes, times, notes);
    }

    /** The same image at other times. */
    public Frames withTimes(FrameTimes other) {
        return new Frames(title, volumes, other, notes);
    }

    /** The same image with a note added or replaced. */
    public Frames withNote(String name, String text) {
        Map<String, String> more = new LinkedHashMap<>(notes);
        more.put(name, text);
        return new Frames(title, volumes, times, more);
    }

    /** The same image, to be shown in that way. */
    public Frames withLook(Look look) {
        return look() == look ? this : withNote(LOOK, look.text());
    }

    /** How the image is best shown. */
    public Look look() {
        return Look.of(notes.getOrDefault(LOOK, ""));
    }

    /** The same image with its tilt angles noted. */
    public Frames withAngles(double[] anglesDeg) {
        StringJoiner text = new StringJoiner(" ");
        for (double angle : anglesDeg) text.add(Double.toString(angle));
        return withNote(ANGLES, text.toString());
    }

    /**
     * The noted tilt angles in degrees; empty if there are none.
     *
     * @throws InvalidInput if the note was changed into something that is not a list of numbers
     */
    public double[] anglesDeg() {
        return numbers(ANGLES);
    }

    /** The numbers of a note that lists them; empty if there is no such note. */
    public double[] numbers(String note) {
        String text = notes.getOrDefault(note, "").trim();
        if (text.isEmpty()) return new double[0];
        String[] words = text.split("\\s+");
        double[] numbers = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            try {
                numbers[i] = Double.parseDouble(words[i]);
            } catch (NumberFormatException e) {
                throw new InvalidInput(
                        "'" + title + "' carries the note " + note + " with '" + words[i]
                                + "', which is no number. Remove it in Image > Show Info.",
                        e);
            }
        }
        return numbers;
    }
}
