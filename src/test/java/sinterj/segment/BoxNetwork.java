package sinterj.segment;

/**
 * A network without an engine: the score of class 1 is the mean of a square around each pixel, of which the part beyond
 * the array is not there. So an array that is cut too close shows it.
 *
 * @param reach of the square to each side
 * @param halo how far it claims to see
 * @param multiple its sides must be multiples of this
 */
record BoxNetwork(int reach, int halo, int multiple) implements Network {
    @Override
    public int inputs() {
        return 1;
    }

    @Override
    public int classes() {
        return 2;
    }

    @Override
    public float[] probabilities(float[] slices, int width, int height) {
        if (width % multiple != 0 || height % multiple != 0) throw new IllegalArgumentException(width + " x " + height);
        float[] rows = new float[width * height];
        for (int i = 0; i < rows.length; i++) {
            int x = i % width;
            double sum = 0;
            int n = 0;
            for (int u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++, n++)
                sum += slices[i - x + u];
            rows[i] = (float) (sum / n);
        }
        float[] out = new float[2 * rows.length];
        for (int i = 0; i < rows.length; i++) {
            int y = i / width;
            double sum = 0;
            int n = 0;
            for (int v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++, n++) {
                sum += rows[i % width + width * v];
            }
            out[rows.length + i] = (float) (1 / (1 + Math.exp(-sum / n)));
            out[i] = 1 - out[rows.length + i];
        }
        return out;
    }

    @Override
    public void close() {}
}
