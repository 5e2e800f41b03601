package sinterj.assimilate;

/**
 * The observation operator: how likely a segmentation is to show solid where a simulation has a density. Compared with a
 * mask, the density itself is biased: the width of its interface, far from what a mask shows, outweighs what the
 * parameters change by more than ten. A step would be exact but not smooth, so that small changes of a parameter had no
 * effect. So it is {@code H(rho) = floor + (1 - 2 floor) (1 + tanh(s (rho - level) / width)) / 2} with
 * {@code s = 1 + steepening (2 rho - 1)^2}.
 */
final class SharpView {
    /** What is assumed where nothing can be fitted: a level of 0.5 and a width of 0.15. */
    static final SharpView USUAL = new SharpView(new Shape(0.5, 0.15, 0, 0));

    private static final int STEPS = 1 << 12;

    private final Shape shape;
    private final float[] table = new float[STEPS + 2];

    SharpView(Shape shape) {
        this.shape = shape;
        for (int i = 0; i < table.length; i++) table[i] = (float) shape.at((double) i / STEPS);
    }

    /**
     * The numbers of the operator.
     *
     * @param level density from which on a mask shows solid more often than not
     * @param width over how much density that goes from rarely to mostly
     * @param steepening how much steeper it is far from the level, 0 or more
     * @param floor share of voxels that are wrong anywhere, below 0.5
     */
    record Shape(double level, double width, double steepening, double floor) {
        double at(double density) {
            double off = 2 * density - 1;
            double steep = (1 + steepening * off * off) / width;
            return floor + (1 - 2 * floor) * 0.5 * (1 + StrictMath.tanh(steep * (density - level)));
        }
    }

    Shape shape() {
        return shape;
    }

    /** H of a density; below 0 and above 1 the density counts as 0 and 1. Interpolated between 4096 steps. */
    float of(float density) {
        float at = Math.min(1, Math.max(0, density)) * STEPS;
        int i = (int) at;
        float part = at - i;
        return table[i] + part * (table[i + 1] - table[i]);
    }
}
