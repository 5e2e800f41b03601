package sinterj.assimilate;

import java.util.BitSet;

/** The voxels near a surface: where a density is neither gas nor solid, and two voxels around. */
final class Band {
    private static final float CLEAR = 0.1f;
    private static final int AROUND = 2;

    private final BitSet[] planes;
    private final int width;
    private final int height;

    private Band(int width, int height, int depth) {
        this.width = width;
        this.height = height;
        planes = new BitSet[depth];
        for (int z = 0; z < depth; z++) planes[z] = new BitSet(width * height);
    }

    static Band empty(Observation seen) {
        return new Band(seen.width(), seen.height(), seen.depth());
    }

    static Band around(Observation seen, float[][] density) {
        Band band = empty(seen);
        band.add(density);
        return band;
    }

    /** Adds what is near the surface of another density. */
    void add(float[][] density) {
        for (int z = 0; z < planes.length; z++) {
            for (int i = 0; i < density[z].length; i++) {
                float rho = density[z][i];
                if (rho <= CLEAR || rho >= 1 - CLEAR) continue;
                addAround(i % width, i / width, z);
            }
        }
    }

    private void addAround(int x, int y, int z) {
        int left = Math.max(0, x - AROUND);
        int right = Math.min(width - 1, x + AROUND);
        for (int k = Math.max(0, z - AROUND); k <= Math.min(planes.length - 1, z + AROUND); k++) {
            for (int j = Math.max(0, y - AROUND); j <= Math.min(height - 1, y + AROUND); j++) {
                planes[k].set(j * width + left, j * width + right + 1);
            }
        }
    }

    boolean holds(int z, int i) {
        return planes[z].get(i);
    }

    /** Number of voxels. */
    int count() {
        int count = 0;
        for (BitSet plane : planes) count += plane.cardinality();
        return count;
    }

    /** For each voxel, plane by plane, the number of the block of a given side that it lies in, without gaps. */
    int[] blocks(int side) {
        int across = (width + side - 1) / side;
        int down = (height + side - 1) / side;
        int[] numbers = new int[across * down * ((planes.length + side - 1) / side)];
        int[] blocks = new int[count()];
        int k = 0;
        int used = 0;
        for (int z = 0; z < planes.length; z++) {
            for (int i = planes[z].nextSetBit(0); i >= 0; i = planes[z].nextSetBit(i + 1)) {
                int block = (z / side * down + i / width / side) * across + i % width / side;
                if (numbers[block] == 0) numbers[block] = ++used;
                blocks[k++] = numbers[block] - 1;
            }
        }
        return blocks;
    }

    /** Visits the voxels plane by plane. */
    void forEach(Visit visit) {
        forEachRun((k, z, i, count) -> {
            for (int n = 0; n < count; n++) visit.at(k + n, z, i + n);
        });
    }

    /** Visits voxels that follow each other in a plane together. */
    void forEachRun(Run run) {
        int k = 0;
        for (int z = 0; z < planes.length; z++) {
            int i = planes[z].nextSetBit(0);
            while (i >= 0) {
                int end = planes[z].nextClearBit(i);
                run.at(k, z, i, end - i);
                k += end - i;
                i = planes[z].nextSetBit(end);
            }
        }
    }

    /** Something done with a voxel. */
    interface Visit {
        void at(int number, int z, int i);
    }

    /** Something done with voxels in a row, the first of which is given. */
    interface Run {
        void at(int number, int z, int i, int count);
    }
}
