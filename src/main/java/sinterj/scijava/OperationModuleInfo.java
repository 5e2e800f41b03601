package sinterj.scijava;

import ij.ImagePlus;
import ij.gui.Plot;
import ij.measure.ResultsTable;
import java.util.List;
import org.scijava.ItemIO;
import org.scijava.module.AbstractModuleInfo;
import org.scijava.module.DefaultMutableModuleItem;
import org.scijava.module.Module;
import sinterj.command.Operations;
import sinterj.op.Call;
import sinterj.op.InputSlot;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Parameter;

/**
 * What SciJava knows of an operation. It has no menu path, since the menu entry is ImageJ's, and is not visible, since
 * the search bar would list each command twice. Everything but id and label is read when it is first asked for.
 */
final class OperationModuleInfo extends AbstractModuleInfo {
    private final String id;

    OperationModuleInfo(String id, String label) {
        this.id = id;
        setName("sinterj:" + id);
        setLabel(label);
        setVisible(false);
    }

    @Override
    public String getIdentifier() {
        return "sinterj:" + id;
    }

    @Override
    public String getDelegateClassName() {
        return "sinterj:" + id;
    }

    @Override
    public Class<?> loadDelegateClass() {
        return OperationModule.class;
    }

    @Override
    public Module createModule() {
        return new OperationModule(this, operation());
    }

    @Override
    public boolean canCancel() {
        return true;
    }

    @Override
    public boolean canRunHeadless() {
        return true;
    }

    Operation<?> operation() {
        return Operations.byId(id);
    }

    @Override
    protected void parseParameters() {
        OperationInfo<?> info = operation().info();
        for (InputSlot slot : info.inputs()) input(slot, slot.equals(info.mainInput()));
        for (Parameter parameter : info.schema().parameters()) input(parameter);
        if (info.mainInput() != null && info.schema().parameter(Call.TIMES) == null) {
            registerInput(optional(item(Call.TIMES, String.class)));
        }
        for (OutputSlot slot : info.outputs()) output(slot);
    }

    private void input(InputSlot slot, boolean first) {
        Class<?> type = slot.kind().isImage() ? ImagePlus.class : String.class;
        DefaultMutableModuleItem<?> item = item(slot.key(), type);
        item.setDescription(slot.doc());
        item.setAutoFill(first); // else a missing second image silently becomes the active one
        registerInput(slot.required() ? item : optional(item));
    }

    private void input(Parameter parameter) {
        DefaultMutableModuleItem<?> item = switch (parameter.type().getSimpleName()) {
            case "int" -> withDefault(item(parameter.key(), Integer.class), (Integer) parameter.fallback());
            case "long" -> withDefault(item(parameter.key(), Long.class), (Long) parameter.fallback());
            case "double" -> withDefault(item(parameter.key(), Double.class), (Double) parameter.fallback());
            case "boolean" -> withDefault(item(parameter.key(), Boolean.class), (Boolean) parameter.fallback());
            default -> text(parameter);
        };
        item.setLabel(parameter.about().label());
        item.setDescription(parameter.about().doc());
        registerInput(parameter.about().required() ? item : optional(item));
    }

    private DefaultMutableModuleItem<String> text(Parameter parameter) {
        DefaultMutableModuleItem<String> item =
                withDefault(item(parameter.key(), String.class), parameter.format(parameter.fallback()));
        if (parameter.isChoice()) item.setChoices(List.copyOf(parameter.words()));
        return item;
    }

    private <T> DefaultMutableModuleItem<T> item(String key, Class<T> type) {
        DefaultMutableModuleItem<T> item = new DefaultMutableModuleItem<>(this, key, type);
        item.setIOType(ItemIO.INPUT);
        item.setPersisted(false); // a script must not inherit what somebody last chose
        return item;
    }

    private static <T> DefaultMutableModuleItem<T> withDefault(DefaultMutableModuleItem<T> item, T value) {
        item.setDefaultValue(value);
        return item;
    }

    private static <T> DefaultMutableModuleItem<T> optional(DefaultMutableModuleItem<T> item) {
        item.setRequired(false);
        return item;
    }

    private void output(OutputSlot slot) {
        Class<?> type = switch (slot.kind()) {
            case IMAGE -> ImagePlus.class;
            case TABLE -> ResultsTable.class;
            case PLOT -> Plot.class;
            case FOLDER -> String.class;
        };
        DefaultMutableModuleItem<?> item = new DefaultMutableModuleItem<>(this, slot.name(), type);
        item.setIOType(ItemIO.OUTPUT);
        item.setDescription(slot.doc());
        registerOutput(item);
    }
}
