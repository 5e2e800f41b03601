package sinterj.pore;

import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * A coarser level: nodes joined by conductances, some also to the electrodes. Nodes are numbered layer by layer, and
 * links reach no farther than the next layer; so layers of one parity can be smoothed side by side with the same bits
 * for any number of threads. Each layer has its own arrays, since all links may be more than an array holds.
 */
final class ConductanceGraph {
    /** Below so many nodes handing out tasks costs more than it saves. */
    private static final int WORTH_SHARING = 20_000;

    private final int[] layerStart;

    /** Links of a layer: those of its k-th node stand from start[k] to start[k + 1]. */
    record Layer(int[] start, int[] to, float[] conductance) {}

    private final Layer[] layers;

    /** Conductance of each node to the electrodes. */
    final float[] ground;

    /** Sum of a node's conductances, that to the electrodes included. */
    final float[] total;

    /**
     * @param layerStart first node of each layer, and their number
     * @param layers links
     * @param ground conductance of each node to the electrodes
     */
    ConductanceGraph(int[] layerStart, Layer[] layers, float[] ground) {
        this.layerStart = layerStart;
        this.layers = layers;
        this.ground = ground;
        total = ground.clone();
        for (int z = 0; z < layers.length; z++) {
            for (int k = 0; k < layers[z].start.length - 1; k++) {
                double sum = total[layerStart[z] + k];
                for (int e = layers[z].start[k]; e < layers[z].start[k + 1]; e++) sum += layers[z].conductance[e];
                total[layerStart[z] + k] = (float) sum;
            }
        }
    }

    int nodes() {
        return layerStart[layers.length];
    }

    int layerCount() {
        return layers.length;
    }

    int firstNode(int z) {
        return layerStart[z];
    }

    Layer layer(int z) {
        return layers[z];
    }

    /** Does something for each layer, in no order that matters. */
    void forEachLayer(int count, Progress progress, IntConsumer body) {
        if (nodes() > WORTH_SHARING) {
            Parallel.forEach(progress, count, body);
        } else {
            progress.check();
            for (int k = 0; k < count; k++) body.accept(k);
        }
    }

    /** Runs over the layers, and adds up what they return in their order. */
    double sum(Progress progress, IntToDoubleFunction layer) {
        double[] sums = new double[layers.length];
        forEachLayer(layers.length, progress, z -> sums[z] = layer.applyAsDouble(z));
        double sum = 0;
        for (double s : sums) sum += s;
        return sum;
    }

    /** Sum over the nodes of the products of two vectors. */
    double dot(float[] a, float[] b, Progress progress) {
        return sum(progress, z -> {
            double sum = 0;
            for (int i = layerStart[z]; i < layerStart[z + 1]; i++) sum += (double) a[i] * b[i];
            return sum;
        });
    }

    /** Adds a multiple of one vector to another. */
    void add(float[] to, double factor, float[] vector, Progress progress) {
        float f = (float) factor;
        forEachLayer(layers.length, progress, z -> {
            for (int i = layerStart[z]; i < layerStart[z + 1]; i++) to[i] += f * vector[i];
        });
    }

    /** Sets q to the current that leaves each node at potentials p, and returns their product. */
    double apply(float[] p, float[] q, Progress progress) {
        return sum(progress, z -> {
            double product = 0;
            for (int i = layerStart[z]; i < layerStart[z + 1]; i++) {
                q[i] = leaving(z, i, p);
                product += (double) p[i] * q[i];
            }
            return product;
        });
    }

    private float leaving(int z, int node, float[] p) {
        Layer layer = layers[z];
        int k = node - layerStart[z];
        float in = 0;
        for (int e = layer.start[k]; e < layer.start[k + 1]; e++) in += layer.conductance[e] * p[layer.to[e]];
        return total[node] * p[node] - in;
    }

    /** One sweep of Gauss-Seidel for the currents r, even layers first; or the same sweep in the opposite order. */
    void smooth(float[] r, float[] v, boolean forward, Progress progress) {
        int even = (layers.length + 1) / 2;
        int odd = layers.length / 2;
        if (forward) {
            forEachLayer(even, progress, k -> smoothForward(2 * k, r, v));
            forEachLayer(odd, progress, k -> smoothForward(2 * k + 1, r, v));
        } else {
            forEachLayer(odd, progress, k -> smoothBackward(2 * k + 1, r, v));
            forEachLayer(even, progress, k -> smoothBackward(2 * k, r, v));
        }
    }

    private void smoothForward(int z, float[] r, float[] v) {
        for (int i = layerStart[z]; i < layerStart[z + 1]; i++) v[i] += (r[i] - leaving(z, i, v)) / total[i];
    }

    private void smoothBackward(int z, float[] r, float[] v) {
        for (int i = layerStart[z + 1] - 1; i >= layerStart[z]; i--) v[i] += (r[i] - leaving(z, i, v)) / total[i];
    }

    /** Adds up over each group of nodes what is missing of the currents r at potentials v. */
    void restrict(float[] r, float[] v, GraphGroups groups, float[] sums, Progress progress) {
        java.util.Arrays.fill(sums, 0);
        forEachLayer(groups.layerCount(), progress, layer -> {
            for (int z = groups.firstLayer(layer); z < groups.firstLayer(layer + 1); z++) {
                for (int i = layerStart[z]; i < layerStart[z + 1]; i++) sums[groups.of(i)] += r[i] - leaving(z, i, v);
            }
        });
    }

    /** Adds to the potential of each node that of its group. */
    void prolong(float[] potential, GraphGroups groups, float[] v, Progress progress) {
        forEachLayer(layers.length, progress, z -> {
            for (int i = layerStart[z]; i < layerStart[z + 1]; i++) v[i] += potential[groups.of(i)];
        });
    }
}
