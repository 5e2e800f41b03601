package sinterj.op;

import sinterj.base.Progress;

/** Passes everything on, but never lets the fraction fall or leave 0 to 1: steps of a long work may overlap. */
final class MonotoneProgress implements Progress {
    private final Progress whole;
    private double reached;

    MonotoneProgress(Progress whole) {
        this.whole = whole;
    }

    @Override
    public synchronized void report(double fraction, String what) {
        if (fraction > reached) reached = Math.min(1, fraction);
        whole.report(reached, what);
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
