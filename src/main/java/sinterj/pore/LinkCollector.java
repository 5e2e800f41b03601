package sinterj.pore;

import java.util.Arrays;

/** Gathers the links of a layer, node after node; several links to the same node become one. */
final class LinkCollector {
    private final int[] start;
    private int node;
    private int[] to = new int[256];
    private double[] sums = new double[256];
    private int count;

    /** @param nodes of the layer */
    LinkCollector(int nodes) {
        start = new int[nodes + 1];
    }

    /** Adds to the link between the current node and another. */
    void add(int other, double conductance) {
        for (int e = count - 1; e >= start[node]; e--) {
            if (to[e] == other) {
                sums[e] += conductance;
                return;
            }
        }
        if (count == to.length) {
            to = Arrays.copyOf(to, 2 * count);
            sums = Arrays.copyOf(sums, 2 * count);
        }
        to[count] = other;
        sums[count++] = conductance;
    }

    /** Goes on to the next node. */
    void endNode() {
        start[++node] = count;
    }

    ConductanceGraph.Layer layer() {
        float[] conductance = new float[count];
        for (int e = 0; e < count; e++) conductance[e] = (float) sums[e];
        return new ConductanceGraph.Layer(start, Arrays.copyOf(to, count), conductance);
    }
}
