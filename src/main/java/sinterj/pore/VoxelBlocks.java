package sinterj.pore;

import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * Voxels in groups: those of a block of 2 x 2 x 2 that hang together by strong links. Groups are numbered block by
 * block, layer by layer. What a group has in common is its potential as seen from afar, so two voids on either side of a
 * thin wall are two groups.
 */
final class VoxelBlocks {
    private static final int CORNERS = CornerGroups.CORNERS;

    final int width;
    final int height;
    final int depth;
    private final ConductingVoxels voxels;

    /** For each layer and block the number of its first group, and for each corner which of the block's groups it is. */
    private final int[][] first;

    private final int[][] groups;
    private final int[] layerStart;

    VoxelBlocks(ConductingVoxels voxels, Progress progress) {
        this.voxels = voxels;
        width = (voxels.width + 1) / 2;
        height = (voxels.height + 1) / 2;
        depth = (voxels.depth + 1) / 2;
        first = new int[depth][width * height];
        groups = new int[depth][width * height];
        layerStart = new int[depth + 1];
        int[] counts = new int[depth];
        Parallel.forEach(progress, depth, z -> counts[z] = groupLayer(z));
        for (int z = 0; z < depth; z++) layerStart[z + 1] = Math.addExact(layerStart[z], counts[z]);
        Parallel.forEach(progress, depth, z -> {
            for (int b = 0; b < first[z].length; b++) first[z][b] += layerStart[z];
        });
    }

    private int groupLayer(int z) {
        int count = 0;
        int[] material = new int[CORNERS];
        CornerGroups corners = new CornerGroups(voxels.conductances());
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                first[z][y * width + x] = count;
                if (!readCorners(x, y, z, material)) continue;
                groups[z][y * width + x] = corners.pack(material);
                count += corners.count();
            }
        }
        return count;
    }

    private boolean readCorners(int x, int y, int z, int[] material) {
        boolean any = false;
        for (int c = 0; c < CORNERS; c++) {
            int px = 2 * x + (c & 1);
            int py = 2 * y + (c >> 1 & 1);
            int pz = 2 * z + (c >> 2);
            boolean inside = px < voxels.width && py < voxels.height && pz < voxels.depth;
            material[c] = inside ? voxels.materials(pz)[(py + 1) * voxels.stride + px + 1] : 0;
            any |= material[c] != 0;
        }
        return any;
    }

    /** Number of groups. */
    int count() {
        return layerStart[depth];
    }

    /** First group of each layer of blocks, and their number. */
    int[] layerStart() {
        return layerStart;
    }

    /** Number of groups of a block. */
    int groupsIn(int z, int block) {
        int next = block + 1 < first[z].length ? first[z][block + 1] : layerStart[z + 1];
        return next - first[z][block];
    }

    /** First group of a block. */
    int first(int z, int block) {
        return first[z][block];
    }

    /** The group of the voxel in column x, row y and plane z, which must conduct. */
    int group(int x, int y, int z) {
        int block = (y >> 1) * width + (x >> 1);
        int corner = (z & 1) << 2 | (y & 1) << 1 | x & 1;
        return first[z >> 1][block] + (groups[z >> 1][block] >> CornerGroups.BITS * corner & 7);
    }

    /** Adds up over each group what is missing of the currents r at potentials v. */
    void restrict(float[][] r, float[][] v, float[] sums, Progress progress) {
        Parallel.forEach(progress, depth, layer -> {
            java.util.Arrays.fill(sums, layerStart[layer], layerStart[layer + 1], 0);
            for (int z = 2 * layer; z < Math.min(voxels.depth, 2 * layer + 2); z++) restrictPlane(r[z], v, sums, z);
        });
    }

    private void restrictPlane(float[] r, float[][] vector, float[] sums, int z) {
        Conductances g = voxels.conductances();
        int stride = voxels.stride;
        byte[] m = voxels.materials(z);
        byte[] mDown = voxels.materials(z - 1);
        byte[] mUp = voxels.materials(z + 1);
        float[] v = vector[z];
        float[] down = voxels.plane(vector, z - 1);
        float[] up = voxels.plane(vector, z + 1);
        for (int y = 0; y < voxels.height; y++) {
            for (int x = 0, i = (y + 1) * stride + 1; x < voxels.width; x++, i++) {
                if (m[i] == 0) continue;
                int row = m[i] * g.count;
                float c = v[i];
                float leaves = g.x[row + m[i - 1]] * (c - v[i - 1]) + g.x[row + m[i + 1]] * (c - v[i + 1]);
                leaves +=
                        g.y[row + m[i - stride]] * (c - v[i - stride]) + g.y[row + m[i + stride]] * (c - v[i + stride]);
                leaves += g.z[row + mDown[i]] * (c - down[i]) + g.z[row + mUp[i]] * (c - up[i]);
                sums[group(x, y, z)] += r[i] - leaves;
            }
        }
    }

    /** Adds to the potential of each voxel that of its group. */
    void prolong(float[] potential, float[][] v, Progress progress) {
        Parallel.forEach(progress, voxels.depth, z -> {
            byte[] m = voxels.materials(z);
            for (int y = 0; y < voxels.height; y++) {
                for (int x = 0, i = (y + 1) * voxels.stride + 1; x < voxels.width; x++, i++) {
                    if (m[i] != 0) v[z][i] += potential[group(x, y, z)];
                }
            }
        });
    }

    /** Where the groups lie. */
    NodeBlocks blocks(Progress progress) {
        int[] block = new int[count()];
        Parallel.forEach(progress, depth, z -> {
            for (int b = 0; b < first[z].length; b++) {
                for (int k = 0; k < groupsIn(z, b); k++) block[first[z][b] + k] = b;
            }
        });
        return new NodeBlocks(width, height, block);
    }

    /** The graph of the groups: conductances between two groups add up. */
    ConductanceGraph graph(Progress progress) {
        float[] ground = new float[count()];
        ConductanceGraph.Layer[] layers = new ConductanceGraph.Layer[depth];
        Parallel.forEach(progress, depth, z -> layers[z] = links(z, ground));
        return new ConductanceGraph(layerStart, layers, ground);
    }

    private ConductanceGraph.Layer links(int z, float[] ground) {
        LinkCollector collected = new LinkCollector(layerStart[z + 1] - layerStart[z]);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int block = y * width + x;
                for (int k = 0; k < groupsIn(z, block); k++) {
                    int group = first[z][block] + k;
                    double toElectrodes = 0;
                    for (int c = 0; c < CORNERS; c++) {
                        int px = 2 * x + (c & 1);
                        int py = 2 * y + (c >> 1 & 1);
                        int pz = 2 * z + (c >> 2);
                        if (conducts(px, py, pz) && group(px, py, pz) == group) {
                            toElectrodes += addLinks(px, py, pz, group, collected);
                        }
                    }
                    ground[group] = (float) toElectrodes;
                    collected.endNode();
                }
            }
        }
        return collected.layer();
    }

    private boolean conducts(int x, int y, int z) {
        return x < voxels.width && y < voxels.height && z < voxels.depth && material(x, y, z) != 0;
    }

    private int material(int x, int y, int z) {
        return voxels.materials(z)[(y + 1) * voxels.stride + x + 1];
    }

    /** Adds a voxel's links to other groups, and returns its conductance to the electrodes. */
    private double addLinks(int x, int y, int z, int group, LinkCollector collected) {
        int own = material(x, y, z);
        double ground = 0;
        for (int face = 0; face < 6; face++) {
            int axis = face >> 1;
            int step = (face & 1) == 0 ? -1 : 1;
            int nx = x + (axis == 0 ? step : 0);
            int ny = y + (axis == 1 ? step : 0);
            int nz = z + (axis == 2 ? step : 0);
            int other = material(nx, ny, nz);
            if (other == 0) continue;
            float link = voxels.conductances().link(own, other, axis);
            if (other == voxels.conductances().electrode) ground += link;
            else if (group(nx, ny, nz) != group) collected.add(group(nx, ny, nz), link);
        }
        return ground;
    }
}
