package sinterj.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import sinterj.base.Progress;
import sinterj.trial.Threads;

/** Small volumes for tests. */
public final class Phantoms {
    private Phantoms() {}

    /** Says whether a voxel is inside, or gives its label. */
    public interface Shape {
        double at(int x, int y, int z);
    }

    public static Volume volume(int w, int h, int d, VoxelSize voxel, Shape shape) {
        List<float[]> planes = new ArrayList<>();
        for (int z = 0; z < d; z++) {
            float[] plane = new float[w * h];
            for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) plane[y * w + x] = (float) shape.at(x, y, z);
            planes.add(plane);
        }
        return new Volume(Planes.ofFloats(planes, w, h), voxel);
    }

    public static Volume volume(int w, int h, int d, Shape shape) {
        return volume(w, h, d, VoxelSize.pixels(), shape);
    }

    /** Each voxel on its own: a label from 0 to labels - 1, smoothed a little so that there are regions. */
    public static Volume random(int w, int h, int d, int labels, long seed) {
        Random random = new Random(seed);
        int[] raw = random.ints((long) w * h * d, 0, labels).toArray();
        return volume(w, h, d, (x, y, z) -> {
            // Blocks of two voxels, with single voxels changed.
            int i = ((z / 2) * h + y / 2) * w + x / 2;
            int j = (z * h + y) * w + x;
            return raw[j] == 0 && (x + y + z) % 3 == 0 ? raw[(j + 1) % raw.length] : raw[i];
        });
    }

    public static Progress threads(int count) {
        return new Threads(count);
    }
}
