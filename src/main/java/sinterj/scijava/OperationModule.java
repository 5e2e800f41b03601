package sinterj.scijava;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.scijava.Cancelable;
import org.scijava.convert.ConvertService;
import org.scijava.module.AbstractModule;
import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleItem;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.ij.Delivery;
import sinterj.ij.InputFinder;
import sinterj.ij.LoggedProgress;
import sinterj.op.Call;
import sinterj.op.InputSlot;
import sinterj.op.Operation;
import sinterj.op.Outputs;
import sinterj.op.Runner;

/** One run of an operation through SciJava. */
final class OperationModule extends AbstractModule implements Cancelable {
    private final OperationModuleInfo info;
    private final Operation<?> operation;
    private final ConvertService convert;
    /** Keys as they were given: the module service warns of an unknown one and goes on, we refuse it. */
    private final Set<String> given = new LinkedHashSet<>();

    private volatile String cancelReason;

    OperationModule(OperationModuleInfo info, Operation<?> operation, ConvertService convert) {
        this.info = info;
        this.operation = operation;
        this.convert = convert;
        for (ModuleItem<?> item : info.inputs()) {
            if (item.getDefaultValue() != null) super.setInput(item.getName(), item.getDefaultValue());
            resolveInput(item.getName()); // else a dialog opens and waits
        }
    }

    @Override
    public ModuleInfo getInfo() {
        return info;
    }

    @Override
    public void setInput(String name, Object value) {
        given.add(name);
        super.setInput(name, value);
    }

    @Override
    public void run() {
        try {
            Call<?> call = Call.of(operation, values());
            Delivery.requireWritable(call);
            Outputs outputs = outputs(call);
            Delivery.writeFiles(call, outputs);
            Delivery.objects(outputs).forEach(this::setOutput);
        } catch (CancellationException e) {
            if (!isCanceled()) cancel("cancelled");
        }
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String key : given) if (getInput(key) != null) values.put(key, getInput(key));
        for (InputSlot slot : operation.info().inputs()) {
            values.computeIfPresent(slot.key(), (key, value) -> converted(slot, value));
        }
        return values;
    }

    /** What we read as it is, and anything else as ImageJ's, if some converter can turn it into that. */
    private Object converted(InputSlot slot, Object value) {
        boolean isName = value instanceof CharSequence || value instanceof Number || value instanceof File;
        boolean isKnown = value instanceof ImagePlus
                || value instanceof ResultsTable
                || value.getClass().getName().startsWith("sinterj.");
        if (isName || isKnown) return value;
        Class<?> wanted = slot.kind().isImage() ? ImagePlus.class : ResultsTable.class;
        Object converted = convert == null ? null : convert.convert(value, wanted);
        if (converted != null) return converted;
        throw new InvalidInput(operation.info().title() + ": '" + slot.key() + "' is a "
                + value.getClass().getSimpleName() + ", which cannot be read. Give an " + wanted.getSimpleName()
                + ", the title of an open one, or a path.");
    }

    private <P extends Record> Outputs outputs(Call<P> call) {
        Thread caller = Thread.currentThread();
        Progress cancellable = new Progress() {
            @Override
            public void report(double fraction, String what) {}

            @Override
            public void check() {
                if (isCanceled()) throw new CancellationException(cancelReason);
                if (caller.isInterrupted()) throw new CancellationException("interrupted"); // Future.cancel(true)
            }
        };
        Progress progress = new LoggedProgress(call.operation().info().title(), cancellable);
        return Runner.run(call.operation(), new InputFinder(progress).find(call), call.settings(), progress);
    }

    @Override
    public boolean isCanceled() {
        return cancelReason != null;
    }

    @Override
    public void cancel(String reason) {
        cancelReason = reason == null ? "cancelled" : reason;
    }

    @Override
    public String getCancelReason() {
        return cancelReason;
    }
}
