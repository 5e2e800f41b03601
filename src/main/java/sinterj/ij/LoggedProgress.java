package sinterj.ij;

import ij.IJ;
import sinterj.base.PassedOn;
import sinterj.base.Progress;

/** Puts remarks into ImageJ's log, for doors that show no progress. */
public final class LoggedProgress extends PassedOn {
    private final String title;

    /**
     * @param title of the command, which stands before each remark
     * @param whole hears everything else
     */
    public LoggedProgress(String title, Progress whole) {
        super(whole);
        this.title = title;
    }

    @Override
    public void remark(String sentence) {
        IJ.log(title + ": " + sentence);
    }
}
