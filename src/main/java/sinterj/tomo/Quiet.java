package sinterj.tomo;

import sinterj.base.Progress;

/** For a step whose own progress is not shown: it can be cancelled, and uses as many threads. */
record Quiet(Progress whole) implements Progress {
    @Override
    public void report(double fraction, String what) {}

    @Override
    public void check() {
        whole.check();
    }

    @Override
    public int threads() {
        return whole.threads();
    }
}
