package sinterj.base;

/** Passes everything on; what is to differ is overridden. */
public class PassedOn implements Progress {
    private final Progress whole;

    /** @param whole hears everything */
    public PassedOn(Progress whole) {
        this.whole = whole;
    }

    @Override
    public void report(double fraction, String what) {
        whole.report(fraction, what);
    }

    @Override
    public void check() {
        whole.check();
    }

    @Override
    public void remark(String sentence) {
        whole.remark(sentence);
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
    public void show(String title, Curves curves) {
        whole.show(title, curves);
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
