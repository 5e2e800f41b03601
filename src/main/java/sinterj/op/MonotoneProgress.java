package sinterj.op;

import sinterj.base.PassedOn;
import sinterj.base.Progress;

/** Never lets the fraction fall or leave 0 to 1: steps of a long work may overlap. */
final class MonotoneProgress extends PassedOn {
    private double reached;

    MonotoneProgress(Progress whole) {
        super(whole);
    }

    @Override
    public synchronized void report(double fraction, String what) {
        if (fraction > reached) reached = Math.min(1, fraction);
        super.report(reached, what);
    }
}
