package sinterj.denoise;

/** Takes 2 x 2 pixels together, and spreads the result again. The last pixel of an odd side stands for two. */
record Binning(int fullWidth, int fullHeight) {
    int width() {
        return (fullWidth + 1) / 2;
    }

    int height() {
        return (fullHeight + 1) / 2;
    }

    /** Means of 2 x 2 pixels. */
    float[] means(float[] image) {
        float[] means = new float[width() * height()];
        for (int y = 0; y < height(); y++) {
            int row0 = 2 * y * fullWidth;
            int row1 = Math.min(2 * y + 1, fullHeight - 1) * fullWidth;
            for (int x = 0; x < width(); x++) {
                int left = 2 * x;
                int right = Math.min(left + 1, fullWidth - 1);
                means[y * width() + x] =
                        (image[row0 + left] + image[row0 + right] + image[row1 + left] + image[row1 + right]) / 4;
            }
        }
        return means;
    }

    /** Back to full size, linear between the centres of the bins. */
    float[] spread(float[] binned) {
        float[] image = new float[fullWidth * fullHeight];
        for (int y = 0; y < fullHeight; y++) {
            int near = y / 2;
            int far = Math.max(0, Math.min(height() - 1, near + (y % 2 == 0 ? -1 : 1)));
            for (int x = 0; x < fullWidth; x++) {
                int beside = Math.max(0, Math.min(width() - 1, x / 2 + (x % 2 == 0 ? -1 : 1)));
                float a = 0.75f * binned[near * width() + x / 2] + 0.25f * binned[near * width() + beside];
                float b = 0.75f * binned[far * width() + x / 2] + 0.25f * binned[far * width() + beside];
                image[y * fullWidth + x] = 0.75f * a + 0.25f * b;
            }
        }
        return image;
    }
}
