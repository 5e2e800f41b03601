package sinterj.tomo;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

/**
 * A solid of overlapping spheres, density 1 inside and 0 outside, whose projections are known exactly: the length of a
 * ray inside the union of the spheres. A reconstruction of such projections is tested against something that no
 * projector of ours had a hand in.
 *
 * <p>At tilt t the ray through pixel (u, y) holds the points with {@code x cos t + z sin t = u}. Pixel i of n has its
 * centre at {@code i - (n - 1) / 2} pixels from the centre of the image.
 *
 * @param spheres at least one; where they overlap, the solid counts once
 */
public record SpherePhantom(List<Sphere> spheres) {
    public SpherePhantom {
        spheres = List.copyOf(spheres);
        if (spheres.isEmpty()) throw new IllegalArgumentException("a phantom without a sphere");
    }

    /**
     * Path lengths inside the solid, averaged over each pixel.
     *
     * @param angleDeg tilt in degrees
     * @param width pixels across the tilt axis
     * @param height pixels along it
     * @param pixel side of a pixel, in the unit of the spheres
     * @param subRays rays across a pixel in each direction, evenly spread
     * @return {@code width * height} lengths in the unit of the spheres, row by row. Cost: rays times spheres that
     *     meet the row.
     */
    public float[] project(double angleDeg, int width, int height, double pixel, int subRays) {
        float[] image = new float[width * height];
        double cos = StrictMath.cos(Math.toRadians(angleDeg));
        double sin = StrictMath.sin(Math.toRadians(angleDeg));
        double[] sums = new double[width];
        RowOfRays rays = new RowOfRays(spheres.size());
        for (int y = 0; y < height; y++) {
            java.util.Arrays.fill(sums, 0);
            for (int j = 0; j < subRays; j++) {
                rays.start(spheres, position(y, height, j, subRays) * pixel, cos, sin);
                if (rays.isEmpty()) continue;
                for (int i = 0; i < width * subRays; i++) {
                    sums[i / subRays] += rays.length(position(i / subRays, width, i % subRays, subRays) * pixel);
                }
            }
            for (int x = 0; x < width; x++) image[x + width * y] = (float) (sums[x] / (subRays * subRays));
        }
        return image;
    }

    /** Where part {@code sub} of cell i lies, in cells from the centre. */
    private static double position(int i, int cells, int sub, int parts) {
        return i + (sub + 0.5) / parts - cells / 2.0;
    }

    /**
     * The fraction of each voxel that lies inside the solid.
     *
     * @param width voxels along x
     * @param height voxels along y
     * @param depth voxels along z
     * @param voxel side lengths, in the unit of the spheres
     * @param parts cells into which a voxel near a surface is divided along each side; a cell counts by its centre
     * @return values from 0 to 1. Cost: a few operations a voxel, and {@code parts} cubed near surfaces.
     */
    public Volume fill(int width, int height, int depth, VoxelSize voxel, int parts, Progress progress) {
        List<float[]> planes = new ArrayList<>(depth);
        for (int z = 0; z < depth; z++) planes.add(new float[Math.multiplyExact(width, height)]);
        Parallel.forEach(progress, depth, z -> {
            double middle = position(z, depth, 0, 1) * voxel.z();
            new VoxelFill(near(middle, voxel.z() / 2), voxel, parts)
                    .plane(planes.get(z), width, height, middle, progress);
        });
        return new Volume(Planes.ofFloats(planes, width, height), voxel);
    }

    private List<Sphere> near(double z, double reach) {
        return spheres.stream()
                .filter(s -> Math.abs(s.z() - z) <= s.radius() + reach)
                .toList();
    }
}
