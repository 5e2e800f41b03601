package sinterj.pore;

import java.util.Arrays;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.PhaseMask;
import sinterj.image.Volume;

/** Which values of an image conduct, and how well; every other value insulates. */
public final class Conductivities {
    /** One byte names a material, and two of its values are taken. */
    private static final int MOST = 254;

    private final float[] values;
    private final double[] conductivities;

    /**
     * @param values of the image, each once
     * @param conductivities of these, over that of a reference; 0 or more, one of them above 0
     * @throws InvalidInput if they are not such numbers
     */
    public Conductivities(float[] values, double[] conductivities) {
        if (values.length != conductivities.length || values.length > MOST) {
            throw new InvalidInput("Conductivities: " + values.length + " values and " + conductivities.length
                    + " conductivities are given. Give as many, and no more than " + MOST + ".");
        }
        float[] seen = values.clone();
        Arrays.sort(seen);
        for (int i = 1; i < seen.length; i++) {
            if (seen[i] == seen[i - 1]) {
                throw new InvalidInput("Conductivities: the value " + seen[i] + " is given twice. Give it once.");
            }
        }
        for (double k : conductivities) {
            if (!(k >= 0 && k <= Float.MAX_VALUE)) {
                throw new InvalidInput("Conductivities: " + k + " is no conductivity. Give a number of 0 or more.");
            }
        }
        this.values = values.clone();
        this.conductivities = conductivities.clone();
        if (largest() == 0) {
            throw new InvalidInput("Conductivities: every value insulates. Give one of them more than 0.");
        }
    }

    /** One value conducts, with the conductivity of the reference. */
    public static Conductivities ofPhase(double phase) {
        return new Conductivities(new float[] {(float) phase}, new double[] {1});
    }

    /** Number of values that were given. */
    int count() {
        return values.length;
    }

    /** Conductivity of a material: 0 is what insulates, then the values in their order. */
    double conductivity(int material) {
        return material == 0 ? 0 : conductivities[material - 1];
    }

    /** The best conductor. */
    double largest() {
        return Arrays.stream(conductivities).max().orElse(0);
    }

    /** The number of a value's material; 0 if it insulates. */
    int material(float value) {
        for (int i = 0; i < values.length; i++) if (values[i] == value) return conductivities[i] > 0 ? i + 1 : 0;
        return 0;
    }

    /** The voxels that conduct. */
    public PhaseMask conducting(Volume volume, Progress progress) {
        return PhaseMask.where(
                volume.width(),
                volume.height(),
                volume.depth(),
                volume::plane,
                progress,
                (pixels, i) -> material(pixels[i]) != 0);
    }

    /**
     * The fraction of the voxels that each material fills.
     *
     * @return by material: what insulates first, then the values in their order
     */
    public double[] fractions(Volume volume, Progress progress) {
        long[] counts = new long[values.length + 1];
        for (int z = 0; z < volume.depth(); z++) {
            progress.check();
            for (float value : volume.plane(z)) counts[material(value)]++;
        }
        double[] fractions = new double[counts.length];
        for (int i = 0; i < counts.length; i++) fractions[i] = (double) counts[i] / volume.count();
        return fractions;
    }
}
