package sinterj.ij;

import ij.IJ;
import ij.ImagePlus;
import ij.Prefs;
import ij.WindowManager;
import ij.gui.GenericDialog;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.TextField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final String NO_IMAGE = "(none)";

    private final Operation<?> operation;
    private final OperationInfo<?> info;
    private final Map<String, Supplier<Object>> fields = new LinkedHashMap<>();
    private GenericDialog dialog;

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
                return call;
            } catch (InvalidInput e) {
                IJ.error("SinterJ", e.getMessage());
            }
        }
    }

    private void build(Map<String, Object> values) {
        fields.clear();
        dialog = new GenericDialog(info.title());
        for (InputSlot slot : info.inputs()) addInput(slot);
        for (Parameter parameter : info.schema().parameters()) {
            addParameter(parameter, String.valueOf(values.get(parameter.key())));
        }
        dialog.addHelp(HelpPage.html(info));
        if (info.has(OperationInfo.Trait.PREVIEW)) Preview.addTo(dialog, operation, () -> filled(typed()));
    }

    private void addInput(InputSlot slot) {
        String label = slot.key().replace('_', ' ');
        String[] titles = slot.kind().isImage() ? openImages(slot) : new String[0];
        if (titles.length > 0) {
            ImagePlus active = WindowManager.getCurrentImage();
            boolean first = slot.equals(info.mainInput()) && active != null;
            dialog.addChoice(label, titles, first ? active.getTitle() : titles[0]);
            Choice choice = last(dialog.getChoices());
            fields.put(slot.key(), () -> chosenImage(choice.getSelectedItem()));
        } else if (slot.kind() == InputSlot.Kind.FOLDER) {
            dialog.addDirectoryField(label, "");
            addText(slot.key());
        } else {
            dialog.addFileField(label, "");
            addText(slot.key());
        }
    }

    private static String[] openImages(InputSlot slot) {
        List<String> titles = new ArrayList<>(List.of(WindowManager.getImageTitles()));
        if (!titles.isEmpty() && !slot.required()) titles.add(0, NO_IMAGE);
        return titles.toArray(String[]::new);
    }

    private static Object chosenImage(String title) {
        if (title.equals(NO_IMAGE)) return "";
        ImagePlus active = WindowManager.getCurrentImage(); // of several windows with one title, the one in front
        return active != null && active.getTitle().equals(title) ? active : WindowManager.getImage(title);
    }

    private void addParameter(Parameter parameter, String value) {
        String label = parameter.about().label();
        if (parameter.isSwitch()) {
            dialog.addCheckbox(label, value.equals("true"));
            Checkbox box = last(dialog.getCheckboxes());
            fields.put(parameter.key(), () -> String.valueOf(box.getState()));
        } else if (parameter.isChoice()) {
            dialog.addChoice(label, parameter.words().toArray(String[]::new), value);
            Choice choice = last(dialog.getChoices());
            fields.put(parameter.key(), choice::getSelectedItem);
        } else {
            if (parameter.about().file()) dialog.addFileField(label, value);
            else if (parameter.about().folder()) dialog.addDirectoryField(label, value);
            else dialog.addStringField(label, value, Math.max(8, Math.min(40, value.length() + 2)));
            addText(parameter.key());
        }
    }

    private void addText(String key) {
        TextField field = last(dialog.getStringFields());
        fields.put(key, field::getText);
    }

    @SuppressWarnings({"unchecked", "JdkObsolete"})
    private static <T> T last(java.util.Vector<?> components) {
        return (T) components.lastElement();
    }

    private Map<String, Object> typed() {
        Map<String, Object> values = new LinkedHashMap<>();
        fields.forEach((key, field) -> values.put(key, field.get()));
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
