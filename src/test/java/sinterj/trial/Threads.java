package sinterj.trial;

import sinterj.base.Progress;

/** A silent progress that allows a number of threads. */
public record Threads(int threads) implements Progress {
    @Override
    public void report(double fraction, String what) {}

    @Override
    public void check() {}
}
