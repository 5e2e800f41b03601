package sinterj.op;

import java.util.ArrayList;
import java.util.List;
import sinterj.image.Look;

/**
 * What is to be known of an operation without running it.
 *
 * @param <P> the settings record
 * @param id stable name on the shell and in scripts
 * @param group submenu
 * @param label menu entry, unique in all of Fiji
 * @param summary one sentence: what goes in and what comes out
 * @param defaults settings that work on a first try
 * @param inputs what is read; the first image is the active one if none is named
 * @param outputs what is made, in the order in which it is shown
 * @param traits what more it can do
 * @param help paragraphs for the help page, in Markdown
 * @param citations what to cite
 */
public record OperationInfo<P extends Record>(
        String id,
        String group,
        String label,
        String summary,
        P defaults,
        List<InputSlot> inputs,
        List<OutputSlot> outputs,
        List<Trait> traits,
        String help,
        List<String> citations) {

    /** What an operation can do beyond running. */
    public enum Trait {
        /** Takes all time points at once; others are run frame by frame. */
        OVER_TIME,
        /** Can stop early and keep its best result so far. */
        KEEPS_BEST,
        /** Can be shown on one plane while its dialog is open. */
        PREVIEW
    }

    public OperationInfo {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        traits = List.copyOf(traits);
        citations = List.copyOf(citations);
    }

    /** An operation of which nothing is said yet but its names, its summary and its default settings. */
    public static <P extends Record> OperationInfo<P> of(
            String id, String group, String label, String summary, P defaults) {
        return new OperationInfo<>(id, group, label, summary, defaults, List.of(), List.of(), List.of(), "", List.of());
    }

    /** With an input that must be given. */
    public OperationInfo<P> reads(String key, InputSlot.Kind kind, String doc) {
        return withInput(new InputSlot(key, kind, true, doc));
    }

    /** With an input that may be given. */
    public OperationInfo<P> mayRead(String key, InputSlot.Kind kind, String doc) {
        return withInput(new InputSlot(key, kind, false, doc));
    }

    private OperationInfo<P> withInput(InputSlot slot) {
        List<InputSlot> more = plus(inputs, slot);
        return new OperationInfo<>(id, group, label, summary, defaults, more, outputs, traits, help, citations);
    }

    /** With an output. */
    public OperationInfo<P> makes(String name, OutputSlot.Kind kind, String doc) {
        return makes(new OutputSlot(name, kind, doc, Look.GREY));
    }

    /** With an output that is an image of anything but grey values. */
    public OperationInfo<P> makes(String name, Look look, String doc) {
        return makes(new OutputSlot(name, OutputSlot.Kind.IMAGE, doc, look));
    }

    private OperationInfo<P> makes(OutputSlot slot) {
        List<OutputSlot> more = plus(outputs, slot);
        return new OperationInfo<>(id, group, label, summary, defaults, inputs, more, traits, help, citations);
    }

    /** With a trait. */
    public OperationInfo<P> can(Trait trait) {
        List<Trait> more = plus(traits, trait);
        return new OperationInfo<>(id, group, label, summary, defaults, inputs, outputs, more, help, citations);
    }

    /** With a help text in Markdown. */
    public OperationInfo<P> help(String text) {
        return new OperationInfo<>(id, group, label, summary, defaults, inputs, outputs, traits, text, citations);
    }

    /** With a work to cite. */
    public OperationInfo<P> cites(String work) {
        List<String> more = plus(citations, work);
        return new OperationInfo<>(id, group, label, summary, defaults, inputs, outputs, traits, help, more);
    }

    private static <T> List<T> plus(List<T> list, T one) {
        List<T> more = new ArrayList<>(list);
        more.add(one);
        return more;
    }

    /** Whether it has a trait. */
    public boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** The label without its dots, as windows of results are named. */
    public String title() {
        return label.replace("...", "");
    }

    /** The settings, described. Made anew at each call. */
    public ParameterSchema<P> schema() {
        return ParameterSchema.of(defaults);
    }

    /** The outputs of a kind, in order. */
    public List<OutputSlot> outputs(OutputSlot.Kind kind) {
        return outputs.stream().filter(slot -> slot.kind() == kind).toList();
    }

    /** The first image input: the active image, if none is named; null if the operation reads no image. */
    public InputSlot mainInput() {
        return inputs.stream().filter(s -> s.kind().isImage()).findFirst().orElse(null);
    }
}
