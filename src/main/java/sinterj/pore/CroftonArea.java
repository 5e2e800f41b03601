package sinterj.pore;

import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.PhaseMask;
import sinterj.image.VoxelSize;

/**
 * Surface area and perimeter of a phase by Crofton's formula: how often lines in 13 directions (4 in a plane) pass from
 * the phase to the rest, weighted by the share of directions each stands for (Ohser and Schladitz 2009, 3D Images of
 * Materials Structures; Lehmann and Legland 2012, hdl:10380/3342). Only the interface inside the image counts, not where
 * the phase is cut by the image's faces. Within 1 % for balls of radius 10 voxels and more; a plane along the voxel faces
 * comes out 7 % low, since none of the directions between the 13 is measured.
 */
final class CroftonArea {
    private final PhaseMask mask;
    private final VoxelSize voxel;
    private final long[] crossings = new long[Directions.STEPS.length];

    /** Counts the crossings. Cost: O(voxels), 64 of them at once. */
    CroftonArea(PhaseMask mask, VoxelSize voxel, Progress progress) {
        this.mask = mask;
        this.voxel = voxel;
        long[][] byPlane = new long[mask.depth()][crossings.length];
        Parallel.forEach(progress, mask.depth(), z -> {
            for (int k = 0; k < crossings.length; k++) byPlane[z][k] = crossings(z, Directions.STEPS[k]);
        });
        for (long[] plane : byPlane) for (int k = 0; k < crossings.length; k++) crossings[k] += plane[k];
    }

    private long crossings(int z, int[] step) {
        int otherZ = z + step[2];
        if (otherZ < 0 || otherZ >= mask.depth()) return 0;
        int words = mask.wordsPerRow();
        int pairs = mask.width() - step[0];
        long[] here = mask.words(z);
        long[] there = mask.words(otherZ);
        long count = 0;
        for (int y = Math.max(0, -step[1]); y < mask.height() - Math.max(0, step[1]); y++) {
            int a = y * words;
            int b = (y + step[1]) * words;
            for (int w = 0; w << 6 < pairs; w++) {
                long other = there[b + w];
                if (step[0] == 1) other = other >>> 1 | (w + 1 < words ? there[b + w + 1] << 63 : 0);
                long differ = here[a + w] ^ other;
                int rest = pairs - (w << 6);
                if (rest < 64) differ &= (1L << rest) - 1;
                count += Long.bitCount(differ);
            }
        }
        return count;
    }

    /** The area in squares of the voxels' unit. */
    double area() {
        double[] shares = Directions.sharesInSpace(voxel);
        double volume = voxel.x() * voxel.y() * voxel.z();
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            sum += shares[k] * crossings[k] * volume / Directions.length(Directions.STEPS[k], voxel);
        }
        return 2 * sum;
    }

    /**
     * The area per volume, over as much volume as the lines have seen: unlike {@link #area} over the whole volume it does
     * not come out low in a small image, whose lines end half a voxel within its faces. Of one slice, what a volume
     * without a preferred direction has.
     */
    double perVolume() {
        double[] shares = Directions.sharesInSpace(voxel);
        double seen = 0;
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            int[] step = Directions.STEPS[k];
            double pairs = (double) (mask.width() - Math.abs(step[0]))
                    * (mask.height() - Math.abs(step[1]))
                    * (mask.depth() - Math.abs(step[2]));
            if (pairs == 0) continue;
            seen += shares[k];
            sum += shares[k] * crossings[k] / (pairs * Directions.length(step, voxel));
        }
        return seen == 0 ? 0 : 2 * sum / seen;
    }

    /** The mean length of the phase's outline on sections normal to an axis, in the voxels' unit. */
    double perimeterPerSection(int axis) {
        double[] shares = Directions.sharesInPlane(voxel, axis);
        double side = axis == 0 ? voxel.x() : axis == 1 ? voxel.y() : voxel.z();
        int sections = axis == 0 ? mask.width() : axis == 1 ? mask.height() : mask.depth();
        double pixel = voxel.x() * voxel.y() * voxel.z() / side;
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            sum += shares[k] * crossings[k] * pixel / Directions.length(Directions.STEPS[k], voxel);
        }
        return 0.5 * Math.PI * sum / sections;
    }
}
