package sinterj.ij;

import ij.IJ;
import ij.ImagePlus;
import ij.Prefs;
import ij.WindowManager;
import ij.gui.GenericDialog;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.TextField;
import java.awt.event.ItemEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import sinterj.base.InvalidInput;
import sinterj.op.Call;
import sinterj.op.HelpPage;
import sinterj.op.InputSlot;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.Parameter;

/**
 * The dialog of an operation, made from its schema. Values used last are offered again; they are never used outside
 * the dialog. What the user typed is read from the fields themselves, since reading it through ImageJ's dialog would
 * record every key under a name of its own.
 */
final class OperationDialog {
    private static final String HELP_STYLE = "body{width:460px} p{margin-top:3px;margin-bottom:5px}"
            + " h2{margin-bottom:4px} h3{margin-top:10px;margin-bottom:3px} ul{margin-top:2px;margin-bottom:5px}";

    /** With more settings than this, numbers and choices stand two in a row, so that the dialog fits a small screen. */
    private static final int MANY = 14;

    /** Letters of a short text. */
    private static final int WORD = 12;

    private static final String NO_IMAGE = "(none)";

    private final Operation<?> operation;
    private final OperationInfo<?> info;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private GenericDialog dialog;
    private boolean many;

    /** What a field holds, and how to fill it. */
    private record Field(Supplier<Object> value, Consumer<String> fill) {}

    OperationDialog(Operation<?> operation) {
        this.operation = operation;
        this.info = operation.info();
    }

    /** Asks until the values are allowed; null if the user cancelled. */
    Call<?> ask() {
        Map<String, Object> values = remembered();
        while (true) {
            build(values);
            dialog.showDialog();
            if (dialog.wasCanceled()) return null;
            values = typed();
            try {
                Call<?> call = Call.of(operation, filled(values));
                remember(values);
                RecentSettings.add(call);
                return call;
            } catch (InvalidInput e) {
                // Not IJ.error, which would also end a macro that left the values to the dialog.
                IJ.showMessage("SinterJ", Failures.wrapped(e.getMessage()));
            }
        }
    }

    private void build(Map<String, Object> values) {
        fields.clear();
        dialog = new GenericDialog(info.title());
        many = info.schema().parameters().size() > MANY;
        boolean halfRow = false;
        for (InputSlot slot : info.inputs()) {
            halfRow = place(slot.kind().isImage() && isImageOpen(), halfRow);
            addInput(slot, values.get(slot.key()));
        }
        for (Parameter parameter : info.schema().parameters()) {
            halfRow = place(isShort(parameter), halfRow);
            addParameter(parameter, String.valueOf(values.get(parameter.key())));
        }
        new DialogButtons(operation, this::call, this::fill).addTo(dialog);
        dialog.addHelp(Html.of(HelpPage.brief(info), HELP_STYLE));
        dropFiles();
        if (info.has(OperationInfo.Trait.PREVIEW)) Preview.addTo(dialog, operation, () -> filled(typed()));
    }

    /** Where many settings are to find room, two short ones share a row; returns whether the row has room for another. */
    private boolean place(boolean isShort, boolean halfRow) {
        if (!many) return false;
        dialog.setInsets(0, 0, 1);
        if (isShort && halfRow) dialog.addToSameRow();
        return isShort && !halfRow;
    }

    private static boolean isImageOpen() {
        return WindowManager.getImageCount() > 0;
    }

    /** Whether there is room for another beside it: words are short if they are at first. */
    private static boolean isShort(Parameter parameter) {
        if (parameter.about().file() || parameter.about().folder()) return false;
        return parameter.type() != String.class
                || String.valueOf(parameter.fallback()).length() <= WORD;
    }

    /** @param value what was chosen before; null at first */
    private void addInput(InputSlot slot, Object value) {
        String label = inWords(slot.key());
        Map<String, Object> open = slot.kind().isImage() ? openImages(slot) : Map.of();
        if (!open.isEmpty()) {
            String[] names = open.keySet().toArray(String[]::new);
            Object wanted = value == null && slot.equals(info.mainInput()) ? WindowManager.getCurrentImage() : value;
            String chosen = open.keySet().stream()
                    .filter(name -> wanted != null && open.get(name) == wanted)
                    .findFirst()
                    .orElse(names[0]);
            dialog.addChoice(label, names, chosen);
            Choice choice = last(dialog.getChoices());
            fields.put(slot.key(), new Field(() -> open.get(choice.getSelectedItem()), choice::select));
        } else if (slot.kind() == InputSlot.Kind.FOLDER) {
            dialog.addDirectoryField(label, value == null ? "" : String.valueOf(value));
            addText(slot.key());
        } else {
            dialog.addFileField(label, value == null ? "" : String.valueOf(value));
            addText(slot.key());
        }
    }

    /** {@code second_image} as a label: Second image. */
    private static String inWords(String key) {
        return Character.toUpperCase(key.charAt(0)) + key.substring(1).replace('_', ' ');
    }

    /**
     * The open images by what the dialog calls them: their title, and the ID behind it where several have that title; and
     * the word for the ROI Manager where it may stand in their place.
     */
    private static Map<String, Object> openImages(InputSlot slot) {
        int[] ids = WindowManager.getIDList();
        Map<String, Object> images = new LinkedHashMap<>();
        if (ids == null) return images;
        if (!slot.required()) images.put(NO_IMAGE, null);
        for (int id : ids) {
            ImagePlus image = WindowManager.getImage(id);
            if (image == null) continue;
            images.put(
                    InputFinder.isOnlyOneOfItsTitle(image) ? image.getTitle() : image.getTitle() + " [ID " + id + "]",
                    image);
        }
        if (slot.kind() == InputSlot.Kind.PAINTED_LABELS) images.put(RoiLabels.WORD, RoiLabels.WORD);
        return images;
    }

    private void addParameter(Parameter parameter, String value) {
        String label = parameter.about().label();
        if (parameter.isSwitch()) {
            if (!many) dialog.setInsets(3, 20, 0); // else the first one stands far below the field above it
            dialog.addCheckbox(label, value.equals("true"));
            Checkbox box = last(dialog.getCheckboxes());
            fields.put(
                    parameter.key(),
                    new Field(() -> String.valueOf(box.getState()), text -> box.setState(text.equals("true"))));
        } else if (parameter.isChoice()) {
            dialog.addChoice(label, parameter.words().toArray(String[]::new), value);
            Choice choice = last(dialog.getChoices());
            fields.put(parameter.key(), new Field(choice::getSelectedItem, choice::select));
        } else {
            if (parameter.about().file()) dialog.addFileField(label, value);
            else if (parameter.about().folder()) dialog.addDirectoryField(label, value);
            else addStringField(parameter, label, value);
            addText(parameter.key());
        }
    }

    /** ImageJ gives a field of more than 8 columns the rest of its row, even if another follows there. */
    private void addStringField(Parameter parameter, String label, String value) {
        int columns = columns(parameter, value);
        dialog.addStringField(label, value, isShort(parameter) ? Math.min(8, columns) : columns);
        TextField field = last(dialog.getStringFields());
        field.setColumns(columns);
    }

    private static int columns(Parameter parameter, String value) {
        int least = parameter.type() == String.class ? 20 : 8;
        return Math.max(least, Math.min(40, value.length() + 2));
    }

    private void addText(String key) {
        TextField field = last(dialog.getStringFields());
        fields.put(key, new Field(field::getText, field::setText));
    }

    @SuppressWarnings({"unchecked", "JdkObsolete"})
    private static <T> T last(java.util.Vector<?> components) {
        return (T) components.lastElement();
    }

    /** What would be run now. */
    private Call<?> call() {
        return Call.of(operation, filled(typed()));
    }

    private void fill(Map<String, String> settings) {
        settings.forEach((key, value) -> fields.get(key).fill().accept(value));
        // A program's change of a choice tells nobody, and a preview wants to know.
        dialog.itemStateChanged(new ItemEvent(new Checkbox(), ItemEvent.ITEM_STATE_CHANGED, "", ItemEvent.SELECTED));
    }

    /** A file that is dropped goes into the field that wants a path and is empty, or the first if none is. */
    private void dropFiles() {
        List<Field> paths = fields.entrySet().stream()
                .filter(e -> wantsPath(e.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        if (paths.isEmpty()) return;
        FileDrop.onto(
                dialog,
                path -> paths.stream()
                        .filter(f -> f.value().get().equals(""))
                        .findFirst()
                        .orElse(paths.get(0))
                        .fill()
                        .accept(path));
    }

    private boolean wantsPath(String key) {
        Parameter parameter = info.schema().parameter(key);
        if (parameter != null)
            return parameter.about().file() || parameter.about().folder();
        return fields.get(key).value().get() instanceof String; // an input that is asked for as a file
    }

    private Map<String, Object> typed() {
        Map<String, Object> values = new LinkedHashMap<>();
        fields.forEach((key, field) -> values.put(key, field.value().get()));
        return values;
    }

    /** The values without images that were not chosen. */
    private Map<String, Object> filled(Map<String, Object> values) {
        Map<String, Object> filled = new LinkedHashMap<>(values);
        for (InputSlot slot : info.inputs()) {
            Object value = filled.get(slot.key());
            if (value == null || value.equals("")) filled.remove(slot.key());
        }
        return filled;
    }

    private Map<String, Object> remembered() {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Parameter parameter : info.schema().parameters()) {
            String fallback = parameter.format(parameter.fallback());
            String value = Prefs.get(preference(parameter), fallback);
            values.put(parameter.key(), isAllowed(parameter, value) ? value : fallback);
        }
        return values;
    }

    /** A value kept from an older version may no longer be one. */
    private static boolean isAllowed(Parameter parameter, String value) {
        try {
            parameter.parse(value);
            return true;
        } catch (InvalidInput e) {
            return false;
        }
    }

    private void remember(Map<String, Object> values) {
        for (Parameter parameter : info.schema().parameters()) {
            Prefs.set(preference(parameter), String.valueOf(values.get(parameter.key())));
        }
    }

    private String preference(Parameter parameter) {
        return "sinterj." + info.id() + "." + parameter.key();
    }
}
