package sinterj.op;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Plot;
import sinterj.image.Table;
import sinterj.image.Volume;

/**
 * Runs an operation the way every door does: inputs looked at, memory asked for, time points one by one where the
 * operation knows only one, and on every image made its calibration, times and provenance.
 */
public final class Runner {
    private Runner() {}

    /**
     * Runs an operation.
     *
     * @return what it made; image titles are {@code <input title>-<slot>}
     * @throws InvalidInput if the user can mend what is wrong
     * @throws java.util.concurrent.CancellationException if the user stopped it
     */
    public static <P extends Record> Outputs run(Operation<P> operation, Inputs in, P settings, Progress progress) {
        OperationInfo<P> info = operation.info();
        Progress steady = new MonotoneProgress(progress);
        try {
            requireInputs(info, in);
            int frames = info.has(OperationInfo.Trait.OVER_TIME) ? 1 : frameCount(in);
            if (frames > 1) requireNoFolder(info, frames);
            long bytes = operation.memory(in, settings);
            Memory.require(bytes, Memory.free(bytes)); // before every pixel is looked at, which takes a while
            JsonObject provenance = Provenance.of(info, settings, in, steady);
            Inputs known = in.withProvenance(provenance.toString());
            Outputs made = frames == 1
                    ? operation.run(known, settings, steady)
                    : frameByFrame(operation, known, settings, frames, steady);
            steady.check();
            return finish(info, in, made, provenance);
        } catch (InvalidInput e) {
            String title = info.title() + ": ";
            throw e.getMessage().startsWith(title) ? e : new InvalidInput(title + e.getMessage(), e);
        }
    }

    private static void requireInputs(OperationInfo<?> info, Inputs in) {
        for (InputSlot slot : info.inputs()) {
            if (slot.required() && !in.has(slot.key())) {
                throw new InvalidInput("'" + slot.key() + "' is needed: " + slot.doc());
            }
        }
    }

    private static int frameCount(Inputs in) {
        int count = 1;
        for (Frames image : in.images().values()) {
            if (image.count() > 1 && count > 1 && image.count() != count) {
                throw new InvalidInput("'" + image.title() + "' has " + image.count() + " frames but another image has "
                        + count + ". Give images with as many frames, or with one.");
            }
            count = Math.max(count, image.count());
        }
        return count;
    }

    private static void requireNoFolder(OperationInfo<?> info, int frames) {
        if (info.outputs(OutputSlot.Kind.FOLDER).isEmpty()) return;
        throw new InvalidInput("The image has " + frames + " frames, but one is needed. Take one out with Image >"
                + " Duplicate..., or if they are slices say so in Image > Properties.");
    }

    private static Inputs frame(Inputs in, int t) {
        Inputs one = in;
        for (Map.Entry<String, Frames> image : in.images().entrySet()) {
            if (image.getValue().count() > 1)
                one = one.with(image.getKey(), image.getValue().frame(t));
        }
        return one;
    }

    private static <P extends Record> Outputs frameByFrame(
            Operation<P> operation, Inputs in, P settings, int frames, Progress progress) {
        Map<String, List<Object>> collected = new LinkedHashMap<>();
        boolean complete = true;
        for (int t = 0; t < frames; t++) {
            progress.check();
            Progress part = progress.part((double) t / frames, (t + 1.0) / frames);
            Outputs made = operation.run(frame(in, t), settings, part);
            complete &= made.complete();
            made.bySlot()
                    .forEach((slot, value) -> collected
                            .computeIfAbsent(slot, s -> new ArrayList<>())
                            .add(value));
        }
        Outputs all = Outputs.none();
        for (Map.Entry<String, List<Object>> slot : collected.entrySet()) {
            all = join(all, slot.getKey(), slot.getValue());
        }
        return complete ? all : all.incomplete();
    }

    private static Outputs join(Outputs all, String slot, List<Object> values) {
        Object first = values.get(0);
        if (first instanceof Frames image) {
            List<Volume> volumes =
                    values.stream().map(v -> ((Frames) v).first()).toList();
            return all.with(slot, new Frames(image.title(), volumes, image.times(), image.notes()));
        }
        if (first instanceof Table)
            return all.with(
                    slot, Table.byFrame(values.stream().map(v -> (Table) v).toList()));
        if (first instanceof Plot plot) return all.with(slot, joinPlots(plot, values));
        throw new IllegalStateException("an operation that writes folders must take all time points at once");
    }

    private static Plot joinPlots(Plot first, List<Object> plots) {
        List<Plot.Curve> curves = new ArrayList<>();
        for (int t = 0; t < plots.size(); t++) {
            for (Plot.Curve curve : ((Plot) plots.get(t)).curves()) {
                curves.add(new Plot.Curve("frame " + (t + 1) + " " + curve.name(), curve.x(), curve.y()));
            }
        }
        return new Plot(first.title(), first.xLabel(), first.yLabel(), curves, first.logX());
    }

    private static Outputs finish(OperationInfo<?> info, Inputs in, Outputs made, JsonObject provenance) {
        Frames main = info.mainInput() == null
                ? null
                : in.images().get(info.mainInput().key());
        Outputs done = Outputs.none();
        for (OutputSlot slot : info.outputs()) {
            Object value = made.bySlot().get(slot.name());
            if (value instanceof Frames image)
                done = done.with(slot.name(), named(image, slot, main, provenance, made));
            else if (value instanceof Table table) done = done.with(slot.name(), table);
            else if (value instanceof Plot plot) done = done.with(slot.name(), plot);
            else if (value instanceof java.nio.file.Path folder) done = done.with(slot.name(), folder);
        }
        return made.complete() ? done : done.incomplete();
    }

    private static Frames named(Frames image, OutputSlot slot, Frames main, JsonObject provenance, Outputs made) {
        Frames named = image.withNote(Frames.PROVENANCE, Provenance.text(provenance, made.complete()))
                .withLook(slot.look());
        if (main == null) return named;
        boolean asMany = named.count() == named.channels() * main.count();
        if (!named.times().isKnown() && asMany) named = named.withTimes(main.times());
        return named.withTitle(main.title() + "-" + slot.name());
    }
}
