package sinterj.denoise;

/**
 * One of the two passes of block matching.
 *
 * @param basis transform of the blocks
 * @param profile grid and reach
 * @param partnerReach how far blocks are sought in partner images, in pixels
 * @param group most blocks in a group, a power of two
 * @param farthest largest sum of squared differences of a block that joins
 * @param sigma standard deviation of the noise
 * @param threshold coefficients below it are dropped in the first pass; the second weighs them instead
 */
record Stage(
        BlockBasis basis, Profile profile, int partnerReach, int group, float farthest, float sigma, float threshold) {

    /** Noise above this part of the contrast hides so much that larger groups pay. */
    private static final double FAINT = 0.17;

    /**
     * First pass: collaborative hard threshold.
     *
     * @param contrast range of the images' grey values, noise apart
     */
    static Stage threshold(Profile profile, double sigma, double contrast) {
        // Large noise hides more of the signal in each block: more blocks and a higher threshold serve it better.
        boolean faint = sigma > FAINT * contrast;
        double lambda = faint ? 2.8 : 2.6;
        return stage(BlockBasis.BIOR15, profile, faint ? 32 : 16, 100 * sigma * sigma, sigma, lambda * sigma);
    }

    /** Second pass: empirical Wiener filter with the first pass as its guide. */
    static Stage wiener(Profile profile, double sigma, double contrast) {
        // Differences between true grey values, so the contrast counts; at least what the first pass leaves as noise.
        double farthest = Math.max(0.3 * sigma * sigma, Math.min(4 * sigma * sigma, 0.0075 * contrast * contrast));
        return stage(BlockBasis.DCT, profile, 32, farthest, sigma, 0);
    }

    private static Stage stage(
            BlockBasis basis, Profile profile, int group, double farthest, double sigma, double threshold) {
        double sum = farthest * BlockBasis.AREA;
        return new Stage(basis, profile, 5, group, (float) sum, (float) sigma, (float) threshold);
    }

    boolean isWiener() {
        return threshold == 0;
    }
}
