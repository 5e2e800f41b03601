package sinterj.base;

/** A stretch of a longer progress; everything but the fraction is passed through. */
record PartOfProgress(Progress whole, double from, double to) implements Progress {
    @Override
    public void report(double fraction, String what) {
        whole.report(from + (to - from) * Math.max(0, Math.min(1, fraction)), what);
    }

    @Override
    public void check() {
        whole.check();
    }

    @Override
    public boolean finishEarly() {
        return whole.finishEarly();
    }

    @Override
    public void show(String title, int width, int height, float[] pixels) {
        whole.show(title, width, height, pixels);
    }

    @Override
    public boolean isShown() {
        return whole.isShown();
    }

    @Override
    public int threads() {
        return whole.threads();
    }
}
