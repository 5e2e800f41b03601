package sinterj.scijava;

import ij.ImagePlus;
import ij.gui.Plot;
import ij.measure.ResultsTable;
import java.util.List;
import org.scijava.ItemIO;
import org.scijava.MenuPath;
import org.scijava.convert.ConvertService;
import org.scijava.module.AbstractModuleInfo;
import org.scijava.module.DefaultMutableModuleItem;
import org.scijava.module.Module;
import sinterj.command.Operations;
import sinterj.op.Call;
import sinterj.op.InputSlot;
import sinterj.op.NumberOr;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Parameter;

/**
 * What SciJava knows of an operation. It has no menu path, since the menu entry is ImageJ's, and is not visible, since
 * the search bar would list each command twice. Everything but id and label is read when it is first asked for.
 */
final class OperationModuleInfo extends AbstractModuleInfo {
    private static final String NAMES = "sinterj:";

    private final String id;
    private final ConvertService convert;

    /** @param convert turns images of other kinds into ImageJ's */
    OperationModuleInfo(String id, String label, ConvertService convert) {
        this.id = id;
        this.convert = convert;
        setName(NAMES.concat(id)); // at the start of Fiji + takes milliseconds to set up
        setLabel(label);
        setMenuPath(new MenuPath()); // none, which is not the same as null to everybody who asks
        setVisible(false);
    }

    @Override
    public String getIdentifier() {
        return NAMES.concat(id);
    }

    @Override
    public String getDelegateClassName() {
        return NAMES.concat(id);
    }

    @Override
    public Class<?> loadDelegateClass() {
        return OperationModule.class;
    }

    @Override
    public Module createModule() {
        return new OperationModule(this, operation(), convert);
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

    /**
     * Inputs may be anything: SciJava would turn 16.7 into 16 where a whole number is expected, and leave out what it
     * cannot turn at all, without a word to the caller. None is required, or a dialog opens for it; ours says what is
     * missing.
     */
    @Override
    protected void parseParameters() {
        OperationInfo<?> info = operation().info();
        for (InputSlot slot : info.inputs()) {
            DefaultMutableModuleItem<Object> item = item(slot.key(), Object.class);
            item.setDescription(slot.doc());
            registerInput(item);
        }
        for (Parameter parameter : info.schema().parameters()) input(parameter);
        if (info.mainInput() != null && info.schema().parameter(Call.TIMES) == null) {
            registerInput(item(Call.TIMES, Object.class));
        }
        for (String key : Call.fileKeys(info).keySet()) registerInput(item(key, Object.class));
        for (OutputSlot slot : info.outputs()) output(slot);
    }

    private void input(Parameter parameter) {
        DefaultMutableModuleItem<?> item;
        if (parameter.isChoice()) {
            DefaultMutableModuleItem<String> choice = item(parameter.key(), String.class);
            choice.setDefaultValue(parameter.format(parameter.fallback()));
            choice.setChoices(List.copyOf(parameter.words()));
            item = choice;
        } else {
            DefaultMutableModuleItem<Object> any = item(parameter.key(), Object.class);
            boolean isPlain = !(parameter.fallback() instanceof NumberOr);
            any.setDefaultValue(isPlain ? parameter.fallback() : parameter.format(parameter.fallback()));
            item = any;
        }
        item.setLabel(parameter.about().label());
        item.setDescription(parameter.about().doc());
        registerInput(item);
    }

    private <T> DefaultMutableModuleItem<T> item(String key, Class<T> type) {
        DefaultMutableModuleItem<T> item = new DefaultMutableModuleItem<>(this, key, type);
        item.setIOType(ItemIO.INPUT);
        item.setPersisted(false); // a script must not inherit what somebody last chose
        item.setAutoFill(false); // the active image serves the first input only, as everywhere
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
