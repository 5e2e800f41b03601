package sinterj.segment;

/**
 * Mean chords of classes along x and y: pairs of neighbours over changes of class. Where the labels end no object ends,
 * so a chord that is cut off by that counts by its length, and only changes count as ends; for chords of exponentially
 * distributed length this is the most likely mean, however much is labelled.
 */
final class Chords {
    private final long[][] pixels;
    private final long[][] changes;
    private final long[][] cuts;

    Chords(int classes) {
        pixels = new long[2][classes];
        changes = new long[2][classes];
        cuts = new long[2][classes];
    }

    /** @param plane classes row by row, -1 where nobody labelled */
    void add(byte[] plane, int width) {
        for (int i = 0; i < plane.length; i++) {
            if (i % width < width - 1) add(0, plane[i], plane[i + 1]);
            if (i + width < plane.length) add(1, plane[i], plane[i + width]);
        }
    }

    private void add(int direction, int here, int next) {
        if (here < 0 || next < 0) {
            if (here >= 0) cuts[direction][here]++;
            if (next >= 0) cuts[direction][next]++;
            return;
        }
        pixels[direction][here]++;
        pixels[direction][next]++;
        if (here == next) return;
        changes[direction][here]++;
        changes[direction][next]++;
    }

    /**
     * Mean chords by direction and class.
     *
     * @param longest what is put for a class that no change was seen of
     */
    double[][] along(double longest) {
        return over(changes, null, longest);
    }

    /** The same, were each cut the end of an object: chords are not shorter than that. */
    double[][] atLeast() {
        return over(changes, cuts, 0);
    }

    private double[][] over(long[][] ends, long[][] more, double otherwise) {
        double[][] chords = new double[2][pixels[0].length];
        for (int d = 0; d < 2; d++) {
            for (int c = 0; c < chords[d].length; c++) {
                long count = ends[d][c] + (more == null ? 0 : more[d][c]);
                chords[d][c] = count > 0 ? pixels[d][c] / (double) count : otherwise;
            }
        }
        return chords;
    }
}
