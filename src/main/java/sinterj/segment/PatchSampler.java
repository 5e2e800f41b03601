package sinterj.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import sinterj.image.Mirror;

/**
 * Draws patches for training: half of them around a pixel of a class drawn first, so that a rare class is met as often
 * as a common one, the others around any labelled pixel; turned, mirrored and zoomed, and disturbed as the recipe says.
 */
public final class PatchSampler {
    /** Places remembered for each class. */
    private static final int MOST_PLACES = 20_000;

    private static final double ZOOM = 1.25;
    private static final double TILT = Math.toRadians(8);

    private final TrainingSet set;
    private final Recipe recipe;
    private final PatchFaults faults;
    /** Of each class places as slice, y, x; those of all classes together last. */
    private final List<int[][]> places = new ArrayList<>();

    /**
     * One patch.
     *
     * @param slices normalised grey values, slice by slice, row by row
     * @param labels classes, -1 where nobody labelled
     */
    public record Patch(float[] slices, byte[] labels) {}

    public PatchSampler(TrainingSet set, Recipe recipe) {
        this.set = set;
        this.recipe = recipe;
        faults = new PatchFaults(set.context(), recipe.patch(), set.darkest(), recipe.faults());
        for (int c = 0; c <= set.classes().count(); c++) places.add(places(c));
    }

    /** Places of a class, or of all if it is one too many; evenly spaced if there are very many. */
    private int[][] places(int wanted) {
        boolean any = wanted == set.classes().count();
        long count = 0;
        long[] counts = TrainingSet.counts(set.labels().values(), set.classes().count());
        for (int c = 0; c < counts.length; c++) if (any || c == wanted) count += counts[c];
        int step = (int) Math.max(1, (count + MOST_PLACES - 1) / MOST_PLACES);
        List<int[]> found = new ArrayList<>();
        // Not always the first of a stretch: with a step of the image's width all would lie in one column.
        SplittableRandom random = new SplittableRandom(17);
        long seen = 0;
        long next = random.nextInt(step);
        for (int z : set.slices()) {
            byte[] plane = set.labels().get(z);
            for (int i = 0; i < plane.length; i++) {
                if (plane[i] < 0 || !any && plane[i] != wanted) continue;
                if (seen++ != next) continue;
                found.add(new int[] {z, i / set.width(), i % set.width()});
                next = seen / step * step + (seen % step == 0 ? 0 : step) + random.nextInt(step);
            }
        }
        return found.toArray(int[][]::new);
    }

    /**
     * Draws a patch.
     *
     * @param random where chance comes from; the same state gives the same patch
     */
    public Patch draw(SplittableRandom random) {
        int classes = set.classes().count();
        int[][] among = places.get(random.nextBoolean() ? random.nextInt(classes) : classes);
        if (among.length == 0) among = places.get(classes);
        int[] place = among[random.nextInt(among.length)];
        int p = recipe.patch();
        double cx = inside(place[2] + (random.nextDouble() - 0.5) * p / 2, set.width());
        double cy = inside(place[1] + (random.nextDouble() - 0.5) * p / 2, set.height());
        double[] turn = turn(random);
        float[][] in = set.inputs(place[0]);
        byte[] truth = set.labels().get(place[0]);
        float[] slices = new float[in.length * p * p];
        byte[] labels = new byte[p * p];
        for (int y = 0; y < p; y++) {
            for (int x = 0; x < p; x++) {
                double u = x - 0.5 * (p - 1);
                double v = y - 0.5 * (p - 1);
                double sx = cx + turn[0] * u + turn[1] * v;
                double sy = cy + turn[2] * u + turn[3] * v;
                int i = x + p * y;
                for (int k = 0; k < in.length; k++) slices[k * p * p + i] = grey(in[k], sx, sy);
                labels[i] = truth[nearest(sx, set.width()) + set.width() * nearest(sy, set.height())];
            }
        }
        if (!recipe.faults().equals(Disturbance.NONE)) faults.apply(slices, labels, random);
        return new Patch(slices, labels);
    }

    /**
     * Moves the middle of a patch so that it hangs over the edge by an eighth of its side at most: what is mirrored there
     * is no sample, and layers would run backwards. Not at all where nothing is to be changed.
     */
    private double inside(double middle, int n) {
        int p = recipe.patch();
        boolean exact = recipe.turns() == Recipe.Turns.NONE;
        double over = exact ? 0 : p / 8.0;
        double half = 0.5 * (p - 1);
        double moved = n <= p ? 0.5 * (n - 1) : Math.max(half - over, Math.min(n - 1 - half + over, middle));
        return exact ? Math.rint(moved - half) + half : moved;
    }

    private static int nearest(double at, int n) {
        return Mirror.at((int) Math.round(at), n);
    }

    private float grey(float[] plane, double x, double y) {
        int x0 = (int) Math.floor(x);
        int y0 = (int) Math.floor(y);
        float a = (float) (x - x0);
        float b = (float) (y - y0);
        int left = Mirror.at(x0, set.width());
        int right = Mirror.at(x0 + 1, set.width());
        int above = set.width() * Mirror.at(y0, set.height());
        int below = set.width() * Mirror.at(y0 + 1, set.height());
        float top = plane[above + left] * (1 - a) + plane[above + right] * a;
        float bottom = plane[below + left] * (1 - a) + plane[below + right] * a;
        return top * (1 - b) + bottom * b;
    }

    /** A linear map from patch to image, row by row. Half of the free turns are by quarters, which smooth nothing. */
    private double[] turn(SplittableRandom random) {
        if (recipe.turns() == Recipe.Turns.NONE) return new double[] {1, 0, 0, 1};
        boolean keep = recipe.turns() == Recipe.Turns.KEEP;
        double mirror = random.nextBoolean() ? -1 : 1;
        boolean exact = random.nextBoolean();
        double angle = keep ? TILT * (2 * random.nextDouble() - 1) : 2 * Math.PI * random.nextDouble();
        double zoom = Math.pow(ZOOM, 2 * random.nextDouble() - 1);
        if (exact) {
            angle = keep ? 0 : Math.PI / 2 * Math.floor(angle / (Math.PI / 2));
            zoom = 1;
        }
        double c = StrictMath.cos(angle) * zoom;
        double s = StrictMath.sin(angle) * zoom;
        return new double[] {mirror * c, -s, mirror * s, c};
    }
}
