package sinterj.op;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import sinterj.image.Frames;
import sinterj.image.LabelVolume;
import sinterj.image.Plot;
import sinterj.image.Table;
import sinterj.image.TiltSeries;
import sinterj.image.Volume;

/** What an operation made, by the names of its output slots, in the order in which it was added. */
public final class Outputs {
    private final Map<String, Object> bySlot;
    private final boolean complete;

    private Outputs(Map<String, Object> bySlot, boolean complete) {
        this.bySlot = bySlot;
        this.complete = complete;
    }

    /** Nothing yet. */
    public static Outputs none() {
        return new Outputs(Map.of(), true);
    }

    /** These and an image more, with its title, times and notes. */
    public Outputs with(String slot, Frames image) {
        return plus(slot, image);
    }

    /** These and a volume more. */
    public Outputs with(String slot, Volume volume) {
        return plus(slot, Frames.of(slot, volume));
    }

    /** These and a label image more. */
    public Outputs with(String slot, LabelVolume labels) {
        return with(slot, labels.asVolume());
    }

    /** These and a tilt series more. */
    public Outputs with(String slot, TiltSeries series) {
        return plus(slot, Frames.of(slot, series));
    }

    /** These and a table more. */
    public Outputs with(String slot, Table table) {
        return plus(slot, table);
    }

    /** These and a plot more. */
    public Outputs with(String slot, Plot plot) {
        return plus(slot, plot);
    }

    /** These and a folder more. */
    public Outputs with(String slot, Path folder) {
        return plus(slot, folder);
    }

    /** The same, marked as the best so far of a work that the user ended early. */
    public Outputs incomplete() {
        return new Outputs(bySlot, false);
    }

    private Outputs plus(String slot, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(bySlot);
        more.put(slot, value);
        return new Outputs(more, complete);
    }

    /** Whether the work went to its end. */
    public boolean complete() {
        return complete;
    }

    /** Whether the slot is filled. */
    public boolean has(String slot) {
        return bySlot.containsKey(slot);
    }

    /** What the slots hold: {@link Frames}, {@link Table}, {@link Plot} or {@link Path}. */
    public Map<String, Object> bySlot() {
        return new LinkedHashMap<>(bySlot);
    }

    /** The image of a slot. */
    public Frames image(String slot) {
        return as(Frames.class, slot);
    }

    /** The table of a slot. */
    public Table table(String slot) {
        return as(Table.class, slot);
    }

    /** The plot of a slot. */
    public Plot plot(String slot) {
        return as(Plot.class, slot);
    }

    private <T> T as(Class<T> type, String slot) {
        Object value = bySlot.get(slot);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "no " + type.getSimpleName() + " named " + slot + " among " + bySlot.keySet());
        }
        return type.cast(value);
    }
}
