package sinterj.pore;

import sinterj.base.Progress;

/**
 * Nodes of a graph in groups: those of a block of 2 x 2 x 2 blocks that hang together by strong links. A node that is
 * alone then joins its closest neighbour in the block, so that poor conductors within a good one do not stay alone on
 * every level; since it joins only one, it is no bridge.
 */
final class GraphGroups {
    private final ConductanceGraph graph;
    private final NodeBlocks blocks;
    private final int[] group;
    private final int[] groupStart;
    private final int[] groupBlock;

    GraphGroups(ConductanceGraph graph, NodeBlocks blocks, Progress progress) {
        this.graph = graph;
        this.blocks = blocks;
        group = new int[graph.nodes()];
        for (int i = 0; i < group.length; i++) group[i] = i;
        int layers = layerCount();
        int[] counts = new int[layers];
        graph.forEachLayer(layers, progress, layer -> {
            join(layer);
            counts[layer] = countRoots(layer);
        });
        groupStart = new int[layers + 1];
        for (int k = 0; k < layers; k++) groupStart[k + 1] = groupStart[k] + counts[k];
        groupBlock = new int[groupStart[layers]];
        graph.forEachLayer(layers, progress, this::number);
    }

    /** Number of layers of the groups. */
    int layerCount() {
        return (graph.layerCount() + 1) / 2;
    }

    /** First of the graph's layers that are joined to this one. */
    int firstLayer(int layer) {
        return Math.min(graph.layerCount(), 2 * layer);
    }

    /** The group of a node. */
    int of(int node) {
        return group[node];
    }

    /** Number of groups. */
    int count() {
        return groupBlock.length;
    }

    /** Where the groups lie. */
    NodeBlocks groupBlocks() {
        return new NodeBlocks(blocks.halfWidth(), blocks.halfHeight(), groupBlock);
    }

    private int from(int layer) {
        return graph.firstNode(firstLayer(layer));
    }

    private void join(int layer) {
        int[] size = new int[from(layer + 1) - from(layer)];
        for (int z = firstLayer(layer); z < firstLayer(layer + 1); z++) {
            for (int i = graph.firstNode(z); i < graph.firstNode(z + 1); i++) joinStrong(layer, z, i);
        }
        for (int i = from(layer); i < from(layer + 1); i++) size[root(i) - from(layer)]++;
        for (int z = firstLayer(layer); z < firstLayer(layer + 1); z++) {
            for (int i = graph.firstNode(z); i < graph.firstNode(z + 1); i++) {
                if (group[i] == i && size[i - from(layer)] == 1) attach(layer, z, i, size);
            }
        }
        for (int i = from(layer); i < from(layer + 1); i++) group[i] = root(i);
    }

    private void joinStrong(int layer, int z, int i) {
        ConductanceGraph.Layer links = graph.layer(z);
        int k = i - graph.firstNode(z);
        for (int e = links.start()[k]; e < links.start()[k + 1]; e++) {
            int j = links.to()[e];
            if (j > i || !inBlock(layer, i, j)) continue;
            if (Conductances.isStrong(links.conductance()[e], graph.total[i], graph.total[j])) unite(i, j);
        }
    }

    private void attach(int layer, int z, int i, int[] size) {
        ConductanceGraph.Layer links = graph.layer(z);
        int k = i - graph.firstNode(z);
        int best = -1;
        float strongest = 0;
        for (int e = links.start()[k]; e < links.start()[k + 1]; e++) {
            if (links.conductance()[e] > strongest && inBlock(layer, i, links.to()[e])) {
                strongest = links.conductance()[e];
                best = links.to()[e];
            }
        }
        if (best < 0) return;
        // Two that were alone are alone no more: neither joins another.
        size[root(best) - from(layer)]++;
        size[i - from(layer)]++;
        unite(i, best);
        size[root(i) - from(layer)] = 2;
    }

    private boolean inBlock(int layer, int i, int j) {
        return j >= from(layer) && j < from(layer + 1) && blocks.half(i) == blocks.half(j);
    }

    private int root(int node) {
        int i = node;
        while (group[i] != i) {
            group[i] = group[group[i]];
            i = group[i];
        }
        return i;
    }

    private void unite(int a, int b) {
        int x = root(a);
        int y = root(b);
        if (x < y) group[y] = x;
        else group[x] = y;
    }

    private int countRoots(int layer) {
        int count = 0;
        for (int i = from(layer); i < from(layer + 1); i++) if (group[i] == i) count++;
        return count;
    }

    /** Replaces roots by numbers, which rise with the roots. */
    private void number(int layer) {
        int next = groupStart[layer];
        for (int i = from(layer); i < from(layer + 1); i++) {
            if (group[i] == i) {
                groupBlock[next] = blocks.half(i);
                group[i] = next++;
            } else {
                group[i] = group[group[i]]; // the root stands before and is numbered already
            }
        }
    }

    /** The graph of the groups: conductances between two groups add up. */
    ConductanceGraph coarser(Progress progress) {
        float[] ground = new float[count()];
        ConductanceGraph.Layer[] layers = new ConductanceGraph.Layer[layerCount()];
        graph.forEachLayer(layers.length, progress, layer -> layers[layer] = links(layer, ground));
        return new ConductanceGraph(groupStart, layers, ground);
    }

    private ConductanceGraph.Layer links(int layer, float[] ground) {
        int first = groupStart[layer];
        int nodes = groupStart[layer + 1] - first;
        int[] start = new int[nodes + 1];
        for (int i = from(layer); i < from(layer + 1); i++) start[group[i] - first + 1]++;
        for (int k = 0; k < nodes; k++) start[k + 1] += start[k];
        int[] members = new int[from(layer + 1) - from(layer)];
        int[] next = start.clone();
        for (int i = from(layer); i < from(layer + 1); i++) members[next[group[i] - first]++] = i;
        LinkCollector collected = new LinkCollector(nodes);
        for (int k = 0; k < nodes; k++) {
            double toElectrodes = 0;
            for (int m = start[k]; m < start[k + 1]; m++) toElectrodes += add(layer, members[m], collected);
            ground[first + k] = (float) toElectrodes;
            collected.endNode();
        }
        return collected.layer();
    }

    /** Adds a member's links to other groups, and returns its conductance to the electrodes. */
    private double add(int layer, int node, LinkCollector collected) {
        int z = firstLayer(layer);
        if (node >= graph.firstNode(z + 1)) z++;
        ConductanceGraph.Layer links = graph.layer(z);
        int k = node - graph.firstNode(z);
        for (int e = links.start()[k]; e < links.start()[k + 1]; e++) {
            int other = group[links.to()[e]];
            if (other != group[node]) collected.add(other, links.conductance()[e]);
        }
        return graph.ground[node];
    }
}
