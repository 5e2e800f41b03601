package sinterj.ij;

import ij.IJ;
import ij.ImagePlus;
import ij.process.FloatProcessor;
import java.awt.Button;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.FlowLayout;
import java.awt.GraphicsEnvironment;
import java.awt.Label;
import java.util.concurrent.CancellationException;
import sinterj.base.Progress;
import sinterj.base.TimeLeft;

/**
 * Progress in ImageJ's status bar with the time left. Escape cancels; where the operation can keep its best result so
 * far, a button of its own ends it with that, since Escape in a macro aborts the whole macro.
 */
final class StatusProgress implements Progress, AutoCloseable {
    private static final long SHOW_BUTTON_AFTER_MS = 1500;

    private final TimeLeft timeLeft = new TimeLeft();
    private final String title;
    private final boolean canKeep;
    private volatile boolean keep;
    private volatile boolean closed;
    private Dialog button;
    private ImagePlus view;

    StatusProgress(String title, boolean canKeep) {
        this.title = title;
        this.canKeep = canKeep && hasDisplay();
        IJ.resetEscape();
    }

    private static boolean hasDisplay() {
        return !GraphicsEnvironment.isHeadless() && IJ.getInstance() != null;
    }

    @Override
    public void report(double fraction, String what) {
        if (!timeLeft.isDue(fraction)) return;
        String left = timeLeft.text(fraction);
        IJ.showStatus(title + ": " + what + (left.isEmpty() ? "" : " (" + left + ")"));
        IJ.showProgress(fraction);
        if (canKeep && timeLeft.elapsedMs() > SHOW_BUTTON_AFTER_MS) EventQueue.invokeLater(this::showButton);
    }

    @Override
    public void check() {
        if (IJ.escapePressed()) throw new CancellationException(title + " was cancelled.");
    }

    @Override
    public boolean finishEarly() {
        return keep;
    }

    @Override
    public boolean isShown() {
        return hasDisplay();
    }

    @Override
    public void show(String what, int width, int height, float[] pixels) {
        if (!isShown()) return;
        FloatProcessor picture = new FloatProcessor(width, height, pixels.clone());
        EventQueue.invokeLater(() -> {
            if (closed) return;
            if (view == null) view = new ImagePlus(title + " - running", picture);
            else view.setProcessor(picture);
            view.resetDisplayRange();
            if (view.getWindow() == null) view.show();
            else view.updateAndDraw();
            view.changes = false;
            view.setProp("sinterj.shows", what);
        });
    }

    private void showButton() {
        if (button != null || closed) return;
        button = new Dialog(IJ.getInstance(), "SinterJ", false);
        button.setLayout(new FlowLayout());
        button.add(new Label(title + " is running."));
        Button stop = new Button("Stop and keep the best so far");
        stop.addActionListener(e -> {
            keep = true;
            stop.setEnabled(false);
            stop.setLabel("Finishing ...");
        });
        button.add(stop);
        button.pack();
        button.setVisible(true);
    }

    @Override
    public void close() {
        closed = true;
        IJ.showProgress(1.0);
        IJ.showStatus("");
        if (hasDisplay()) {
            EventQueue.invokeLater(() -> {
                if (button != null) button.dispose();
                if (view != null) view.close();
            });
        }
    }
}
