package sinterj.pore;

/**
 * Which of the eight voxels of a block hang together. Corner c lies at c % 2, c / 2 % 2, c / 4 along x, y, z. A poor
 * conductor that is alone joins its closest neighbour; since it joins only one, it is no bridge between two.
 */
final class CornerGroups {
    static final int CORNERS = 8;

    /** A corner's group takes so many bits of the packed groups. */
    static final int BITS = 3;

    private final Conductances g;

    /** The first corner of each corner's group. */
    private final int[] group = new int[CORNERS];

    private int count;

    CornerGroups(Conductances g) {
        this.g = g;
    }

    /**
     * Groups the corners of a block.
     *
     * @param material by corner, 0 where nothing conducts
     * @return the number of each corner's group, {@link #BITS} bits each
     */
    int pack(int[] material) {
        joinStrong(material);
        attachSingles(material);
        int packed = 0;
        int[] number = new int[CORNERS];
        count = 0;
        for (int c = 0; c < CORNERS; c++) {
            if (material[c] == 0) continue;
            number[c] = group[c] == c ? count++ : number[group[c]];
            packed |= number[c] << BITS * c;
        }
        return packed;
    }

    /** Number of groups of the block packed last. */
    int count() {
        return count;
    }

    private void joinStrong(int[] material) {
        for (int c = 0; c < CORNERS; c++) group[c] = c;
        for (int axis = 0; axis < 3; axis++) {
            for (int a = 0; a < CORNERS; a++) {
                int b = a | 1 << axis;
                if (b == a || material[a] == 0 || material[b] == 0) continue;
                float link = g.link(material[a], material[b], axis);
                if (g.isStrong(material[a], material[b], link)) unite(group[a], group[b]);
            }
        }
    }

    private void unite(int a, int b) {
        int to = Math.min(a, b);
        for (int c = 0; c < CORNERS; c++) if (group[c] == a || group[c] == b) group[c] = to;
    }

    private void attachSingles(int[] material) {
        for (int a = 0; a < CORNERS; a++) {
            if (material[a] == 0 || size(a) > 1) continue;
            int best = -1;
            float strongest = 0;
            for (int axis = 0; axis < 3; axis++) {
                int b = a ^ 1 << axis;
                float link = material[b] == 0 ? 0 : g.link(material[a], material[b], axis);
                if (link > strongest) {
                    strongest = link;
                    best = b;
                }
            }
            // Where one direction conducts worse by far, groups stay apart along it.
            if (best >= 0 && material[best] != material[a]) unite(group[a], group[best]);
        }
    }

    private int size(int a) {
        int size = 0;
        for (int other : group) if (other == group[a]) size++;
        return size;
    }
}
