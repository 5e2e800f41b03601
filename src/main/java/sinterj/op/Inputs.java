package sinterj.op;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import sinterj.image.Frames;
import sinterj.image.LabelVolume;
import sinterj.image.Table;
import sinterj.image.Volume;

/** What an operation reads, by the keys of its input slots. */
public final class Inputs {
    private final Map<String, Object> bySlot;
    private final FileDoor files;
    private final Map<String, String> names;
    private final String provenance;

    private Inputs(Map<String, Object> bySlot, FileDoor files, Map<String, String> names, String provenance) {
        this.bySlot = bySlot;
        this.files = files;
        this.names = names;
        this.provenance = provenance;
    }

    /** Nothing. */
    public static Inputs none() {
        return new Inputs(Map.of(), null, Map.of(), null);
    }

    /** One image in the slot {@code input}. */
    public static Inputs of(Frames image) {
        return none().with("input", image);
    }

    /** One volume in the slot {@code input}. */
    public static Inputs of(Volume volume) {
        return of(Frames.of("volume", volume));
    }

    /** These and an image more. */
    public Inputs with(String slot, Frames image) {
        return plus(slot, image);
    }

    /** These and a table more. */
    public Inputs with(String slot, Table table) {
        return plus(slot, table);
    }

    /** These and a folder more. */
    public Inputs with(String slot, Path folder) {
        return plus(slot, folder);
    }

    /** These, and the way to open and write files as the program at hand does. */
    public Inputs with(FileDoor door) {
        return new Inputs(bySlot, door, names, provenance);
    }

    /** These, and for each key the text by which a macro finds it again, as far as there is one. */
    public Inputs named(Map<String, String> texts) {
        return new Inputs(bySlot, files, Map.copyOf(texts), provenance);
    }

    /** These, and what is written down of the run that reads them. */
    Inputs withProvenance(String json) {
        return new Inputs(bySlot, files, names, json);
    }

    private Inputs plus(String slot, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(bySlot);
        more.put(slot, value);
        return new Inputs(more, files, names, provenance);
    }

    /** Whether the slot is filled. */
    public boolean has(String slot) {
        return bySlot.containsKey(slot);
    }

    /** The image of a slot, with all its time points. */
    public Frames frames(String slot) {
        return as(Frames.class, slot);
    }

    /** The volume of a slot; its first, if it has several. */
    public Volume volume(String slot) {
        return frames(slot).first();
    }

    /**
     * The volume of a slot as labels.
     *
     * @throws sinterj.base.InvalidInput if it holds other than whole numbers
     */
    public LabelVolume labels(String slot) {
        return LabelVolume.of(volume(slot));
    }

    /** The table of a slot. */
    public Table table(String slot) {
        return as(Table.class, slot);
    }

    /** The folder of a slot. */
    public Path folder(String slot) {
        return as(Path.class, slot);
    }

    /**
     * The way to open and write files.
     *
     * @throws IllegalStateException if whoever runs the operation gave none
     */
    public FileDoor files() {
        if (files == null) throw new IllegalStateException("this operation needs a FileDoor");
        return files;
    }

    /** Texts by which a macro finds what was read, by key; without what has none, such as an object of a script. */
    public Map<String, String> names() {
        return names;
    }

    /**
     * Command, settings and inputs with their fingerprints, as JSON.
     *
     * @throws IllegalStateException if no {@link Runner} runs the operation
     */
    public String provenance() {
        if (provenance == null) throw new IllegalStateException("only a Runner knows where inputs came from");
        return provenance;
    }

    /** The images, by slot. */
    Map<String, Frames> images() {
        return all(Frames.class);
    }

    /** The tables, by slot. */
    Map<String, Table> tables() {
        return all(Table.class);
    }

    private <T> Map<String, T> all(Class<T> type) {
        Map<String, T> all = new LinkedHashMap<>();
        bySlot.forEach((slot, value) -> {
            if (type.isInstance(value)) all.put(slot, type.cast(value));
        });
        return all;
    }

    private <T> T as(Class<T> type, String slot) {
        Object value = bySlot.get(slot);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("no " + type.getSimpleName() + " in the slot " + slot);
        }
        return type.cast(value);
    }
}
