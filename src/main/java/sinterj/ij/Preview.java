package sinterj.ij;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.GenericDialog;
import java.awt.AWTEvent;
import java.awt.Checkbox;
import java.awt.EventQueue;
import java.awt.Point;
import java.awt.Window;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.op.Call;
import sinterj.op.InputSlot;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.PreviewPart;
import sinterj.op.Runner;

/**
 * Shows what an operation would make of the visible plane while its dialog is open. A change of a setting cancels the
 * preview that is being made and starts a new one; the window goes with the dialog.
 */
final class Preview {
    private final Operation<?> operation;
    private final Supplier<Map<String, Object>> values;
    private final GenericDialog dialog;
    private final Checkbox box;
    private final AtomicInteger newest = new AtomicInteger();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "sinterj-preview");
        thread.setDaemon(true);
        return thread;
    });
    private ImagePlus window;

    private Preview(Operation<?> operation, Supplier<Map<String, Object>> values, GenericDialog dialog) {
        this.operation = operation;
        this.values = values;
        this.dialog = dialog;
        this.box = (Checkbox) dialog.getCheckboxes().lastElement();
    }

    /** Adds the check box and everything behind it to a dialog that is not yet shown. */
    static void addTo(GenericDialog dialog, Operation<?> operation, Supplier<Map<String, Object>> values) {
        dialog.setInsets(8, 20, 0);
        dialog.addCheckbox("Preview on the visible plane", false);
        Preview preview = new Preview(operation, values, dialog);
        dialog.addDialogListener((d, event) -> preview.changed(event));
        dialog.addWindowListener(new java.awt.event.WindowAdapter() {
            @Override
            public void windowClosed(java.awt.event.WindowEvent e) {
                preview.close();
            }
        });
    }

    private boolean changed(AWTEvent event) {
        if (event == null) return true;
        int number = newest.incrementAndGet();
        if (!box.getState()) closeWindow();
        else if (!worker.isShutdown()) worker.execute(() -> make(number));
        return true;
    }

    private void make(int number) {
        if (number != newest.get()) return;
        try {
            Frames made = run(number);
            EventQueue.invokeLater(() -> show(number, ToImagePlus.image(made)));
            IJ.showStatus("");
        } catch (InvalidInput e) {
            IJ.showStatus(e.getMessage());
        } catch (CancellationException e) {
            IJ.showStatus("");
        } catch (RuntimeException | Error e) {
            IJ.showStatus("The preview failed: " + e); // the run itself will show the details
        }
    }

    private Frames run(int number) {
        return run(Call.of(operation, values.get()), new Progress() {
            @Override
            public void report(double fraction, String what) {
                IJ.showStatus("Preview: " + what);
            }

            @Override
            public void check() {
                if (number != newest.get()) throw new CancellationException("The settings were changed.");
            }
        });
    }

    private static <P extends Record> Frames run(Call<P> call, Progress progress) {
        Inputs inputs = new InputFinder(progress).find(call);
        String main = call.operation().info().mainInput().key();
        int depth = inputs.frames(main).first().depth();
        ImagePlus seen = call.inputs().get(main) instanceof ImagePlus image ? image : null;
        int slice = seen == null ? depth / 2 : seen.getSlice() - 1;
        int frame = seen == null ? 0 : seen.getFrame() - 1;
        return plane(call, inputs, slice, frame, progress);
    }

    /** What an operation makes of one plane of its main input, from the plane alone or with those it depends on. */
    static <P extends Record> Frames plane(Call<P> call, Inputs inputs, int slice, int frame, Progress progress) {
        Operation<P> operation = call.operation();
        String slot = operation.info().outputs(OutputSlot.Kind.IMAGE).get(0).name();
        PreviewPart<P> part =
                operation.preview(inputs, call.settings(), slice, frame).orElse(null);
        if (part == null) {
            Inputs alone = alone(operation.info(), inputs, slice, frame);
            return Runner.run(operation, alone, call.settings(), progress).image(slot);
        }
        Outputs made = Runner.run(operation, part.inputs(), part.settings(), progress);
        return plane(made.image(slot), part.slice(), part.frame());
    }

    private static Inputs alone(OperationInfo<?> info, Inputs whole, int slice, int frame) {
        int depth = whole.frames(info.mainInput().key()).first().depth();
        Inputs inputs = whole;
        for (InputSlot slot : info.inputs()) {
            if (!slot.kind().isImage() || !inputs.has(slot.key())) continue;
            Frames image = inputs.frames(slot.key());
            // A mask goes with its image; something of another depth is no part of the plane.
            boolean alike = image.first().depth() == depth;
            if (alike) inputs = inputs.with(slot.key(), plane(image, slice, Math.min(frame, image.count() - 1)));
        }
        return inputs;
    }

    private static Frames plane(Frames image, int slice, int frame) {
        Volume volume = image.volumes().get(frame);
        List<float[]> plane = List.of(volume.plane(slice).clone());
        Frames one = Frames.of(
                image.title(), new Volume(Planes.ofFloats(plane, volume.width(), volume.height()), volume.size()));
        double[] angles = image.anglesDeg();
        return slice < angles.length ? one.withAngles(new double[] {angles[slice]}) : one;
    }

    private void show(int number, ImagePlus made) {
        if (number != newest.get()) return;
        made.setTitle("Preview of " + operation.info().title());
        if (window == null || window.getWindow() == null) {
            window = made;
            window.show();
            putBesideDialog(window.getWindow());
        } else {
            window.setStack(made.getStack());
            window.setDisplayRange(made.getDisplayRangeMin(), made.getDisplayRangeMax());
            window.updateAndDraw();
        }
        window.changes = false;
    }

    /** Where the screen is wide enough, so that neither hides the other. */
    private void putBesideDialog(Window shown) {
        if (!dialog.isShowing()) return;
        Point corner = dialog.getLocationOnScreen();
        int x = corner.x + dialog.getWidth() + 8;
        if (x + shown.getWidth() <= IJ.getScreenSize().width) shown.setLocation(x, corner.y);
    }

    private void closeWindow() {
        EventQueue.invokeLater(() -> {
            if (window != null) window.close();
            window = null;
        });
    }

    private void close() {
        newest.incrementAndGet();
        worker.shutdown();
        closeWindow();
    }
}
