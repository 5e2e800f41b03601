package sinterj.tomo;

import java.util.List;
import sinterj.base.Progress;
import sinterj.image.VoxelSize;

/** How much of each voxel of a plane lies inside a union of spheres; only voxels that a surface may cut are divided. */
final class VoxelFill {
    private final List<Sphere> spheres;
    private final VoxelSize voxel;
    private final int parts;
    private final double reach;

    VoxelFill(List<Sphere> spheres, VoxelSize voxel, int parts) {
        this.spheres = spheres;
        this.voxel = voxel;
        this.parts = parts;
        reach = Math.sqrt(voxel.x() * voxel.x() + voxel.y() * voxel.y() + voxel.z() * voxel.z()) / 2;
    }

    void plane(float[] out, int width, int height, double z, Progress progress) {
        for (int j = 0; j < height; j++) {
            progress.check();
            double y = (j + 0.5 - height / 2.0) * voxel.y();
            for (int i = 0; i < width; i++) {
                out[i + width * j] = at((i + 0.5 - width / 2.0) * voxel.x(), y, z);
            }
        }
    }

    private float at(double x, double y, double z) {
        boolean cut = false;
        for (Sphere s : spheres) {
            double distance = Math.sqrt(squared(x - s.x(), y - s.y(), z - s.z()));
            if (distance <= s.radius() - reach) return 1;
            cut |= distance < s.radius() + reach;
        }
        return cut ? divided(x, y, z) : 0;
    }

    private float divided(double x, double y, double z) {
        int inside = 0;
        for (int k = 0; k < parts; k++) {
            for (int j = 0; j < parts; j++) {
                for (int i = 0; i < parts; i++) {
                    if (contains(x + part(i) * voxel.x(), y + part(j) * voxel.y(), z + part(k) * voxel.z())) inside++;
                }
            }
        }
        return (float) inside / (parts * parts * parts);
    }

    private double part(int i) {
        return (i + 0.5) / parts - 0.5;
    }

    private boolean contains(double x, double y, double z) {
        for (Sphere s : spheres) {
            if (squared(x - s.x(), y - s.y(), z - s.z()) <= s.radius() * s.radius()) return true;
        }
        return false;
    }

    private static double squared(double x, double y, double z) {
        return x * x + y * y + z * z;
    }
}
