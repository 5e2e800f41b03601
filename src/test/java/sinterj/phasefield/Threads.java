package sinterj.phasefield;

import sinterj.base.Progress;

/** A progress that allows a number of threads. */
record Threads(int threads) implements Progress {
    @Override
    public void report(double fraction, String what) {}

    @Override
    public void check() {}
}
