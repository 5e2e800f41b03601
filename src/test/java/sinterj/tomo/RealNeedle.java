package sinterj.tomo;

import java.util.ArrayList;
import java.util.List;
import sinterj.image.Affine;
import sinterj.image.Planes;
import sinterj.image.TiltSeries;
import sinterj.image.VoxelSize;

/** A needle under 91 tilts from -90 to 90 degrees, turned by 90 degrees so that the axis is roughly y. */
final class RealNeedle {
    private static final int SIDE = 64;

    private RealNeedle() {}

    static TiltSeries series() {
        List<float[]> planes = new ArrayList<>();
        for (float[] stored : SharedData.mrc(SharedData.tomography("real/etspy_haadf_91x64x64.mrc"))) {
            float[] turned = new float[stored.length];
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) turned[y + SIDE * (SIDE - 1 - x)] = stored[x + SIDE * y];
            }
            planes.add(turned);
        }
        double[] angles = SharedData.angles(SharedData.tomography("real/etspy_haadf_91x64x64.tlt"));
        return new TiltSeries(Planes.ofFloats(planes, SIDE, SIDE), angles, VoxelSize.cube(18, "nm"));
    }

    /** Tilts from -40 to 40 degrees. */
    static TiltSeries middle(TiltSeries whole) {
        List<float[]> planes = new ArrayList<>();
        List<Double> angles = new ArrayList<>();
        for (int k = 0; k < whole.count(); k++) {
            if (Math.abs(whole.anglesDeg()[k]) > 40.01) continue;
            planes.add(whole.projection(k));
            angles.add(whole.anglesDeg()[k]);
        }
        double[] some = angles.stream().mapToDouble(a -> a).toArray();
        return new TiltSeries(Planes.ofFloats(planes, SIDE, SIDE), some, whole.pixel());
    }

    /** The quick alignment that is kept beside the data. */
    static List<Affine> referenceMoves() {
        List<Affine> moves = new ArrayList<>();
        for (double[] row : SharedData.numbers(SharedData.tomography("real/etspy_haadf_reference_shifts.csv"))) {
            moves.add(Affine.shift(row[2], -row[1]));
        }
        return moves;
    }
}
