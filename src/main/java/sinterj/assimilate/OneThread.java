package sinterj.assimilate;

import sinterj.base.Progress;

/** For one of several runs side by side: it uses one thread, and its own fraction is of no interest. */
record OneThread(Progress whole) implements Progress {
    @Override
    public void report(double fraction, String what) {
        check();
    }

    @Override
    public void check() {
        whole.check();
    }

    @Override
    public int threads() {
        return 1;
    }
}
