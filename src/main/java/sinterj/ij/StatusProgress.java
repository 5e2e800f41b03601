package sinterj.ij;

import ij.IJ;
import ij.ImagePlus;
import ij.macro.Interpreter;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import java.awt.Button;
import java.awt.Dialog;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.FlowLayout;
import java.awt.GraphicsEnvironment;
import java.awt.Label;
import java.awt.Point;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CancellationException;
import sinterj.base.Curves;
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
    private volatile double done;
    private Dialog button;
    private ImagePlus view;

    StatusProgress(String title, boolean canKeep) {
        this.title = title;
        this.canKeep = canKeep && hasDisplay();
        IJ.resetEscape();
    }

    /** In batch mode a window of ours would be an image of the macro. */
    private static boolean hasDisplay() {
        return !GraphicsEnvironment.isHeadless() && IJ.getInstance() != null && !Interpreter.isBatchMode();
    }

    @Override
    public void report(double fraction, String what) {
        done = fraction;
        if (!timeLeft.isDue(fraction)) return;
        String left = timeLeft.text(fraction);
        IJ.showStatus(title + ": " + what + (left.isEmpty() ? "" : " (" + left + ")"));
        IJ.showProgress(fraction);
        if (canKeep && timeLeft.elapsedMs() > SHOW_BUTTON_AFTER_MS) EventQueue.invokeLater(this::showButton);
    }

    @Override
    public void remark(String sentence) {
        IJ.log(title + ": " + sentence);
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
        EventQueue.invokeLater(() -> update(what, picture));
    }

    @Override
    public void show(String what, Curves curves) {
        if (!isShown()) return;
        ColorProcessor picture = new ColorProcessor(CurvesPicture.draw(curves, timeLeft.text(done)));
        EventQueue.invokeLater(() -> update(what, picture));
    }

    private void update(String what, ImageProcessor picture) {
        if (closed || view != null && view.getWindow() == null) return; // the user does not want to see it
        if (view == null) {
            view = new ImagePlus(title + " - running", picture);
            view.resetDisplayRange();
            view.show();
        } else {
            view.setProcessor(picture);
            view.resetDisplayRange();
            view.updateAndDraw();
        }
        view.getWindow().setTitle(title + " - " + what);
        view.changes = false;
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
        // Escape is to cancel here too.
        stop.addKeyListener(IJ.getInstance());
        button.addKeyListener(IJ.getInstance());
        button.pack();
        // Below ImageJ's window at the right; images open at the left.
        Point corner = IJ.getInstance().getLocationOnScreen();
        Dimension size = IJ.getInstance().getSize();
        button.setLocation(Math.max(0, corner.x + size.width - button.getWidth()), corner.y + size.height);
        button.setVisible(true);
    }

    /** Takes its windows away before anything else is shown, so that none of them is the active image afterwards. */
    @Override
    public void close() {
        closed = true;
        IJ.showProgress(1.0);
        IJ.showStatus("");
        if (!hasDisplay()) return;
        if (EventQueue.isDispatchThread()) {
            closeWindows();
            return;
        }
        try {
            EventQueue.invokeAndWait(this::closeWindows);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // they are closed all the same, a little later
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void closeWindows() {
        if (button != null) button.dispose();
        if (view != null) view.close();
    }
}
