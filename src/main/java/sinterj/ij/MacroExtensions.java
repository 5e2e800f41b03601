package sinterj.ij;

import ij.IJ;
import ij.macro.ExtensionDescriptor;
import ij.macro.Functions;
import ij.macro.Interpreter;
import ij.macro.MacroExtension;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sinterj.base.InvalidInput;
import sinterj.image.Table;
import sinterj.op.Outputs;

/**
 * Functions that a macro calls after {@code run("SinterJ Macro Extensions")}:
 * {@code Ext.sinterjValue(id, column, row, v)} puts a number of the last result of a command into v, without a results
 * window and so without a display too. Rows count from 0; a column of the first table goes by its head with or without
 * the unit, one of another table by {@code <slot>.<column>}.
 */
final class MacroExtensions implements MacroExtension {
    /** The last result of each command; a macro language without objects leaves no other place for it. */
    private static final Map<String, Outputs> LAST = new ConcurrentHashMap<>();

    static void register() {
        if (!IJ.macroRunning()) {
            IJ.showMessage(
                    "SinterJ Macro Extensions",
                    "This command is for macros. After\n \nrun(\"SinterJ Macro Extensions\");\n \n"
                            + "Ext.sinterjValue(id, column, row, v) puts a number\n"
                            + "of the last result of the command 'id' into v.");
            return;
        }
        Functions.registerExtensions(new MacroExtensions());
    }

    static void remember(String id, Outputs outputs) {
        Outputs tables = Outputs.none();
        for (Map.Entry<String, Object> slot : outputs.bySlot().entrySet()) {
            if (slot.getValue() instanceof Table table) tables = tables.with(slot.getKey(), table);
        }
        LAST.put(id, tables);
    }

    @Override
    public ExtensionDescriptor[] getExtensionFunctions() {
        return new ExtensionDescriptor[] {
            ExtensionDescriptor.newDescriptor(
                    "sinterjValue", this, ARG_STRING, ARG_STRING, ARG_NUMBER, ARG_NUMBER + ARG_OUTPUT)
        };
    }

    @Override
    public String handleExtension(String name, Object[] arguments) {
        try {
            int row = ((Double) arguments[2]).intValue();
            ((Double[]) arguments[3])[0] = value((String) arguments[0], (String) arguments[1], row);
        } catch (InvalidInput e) {
            // IJ.error ends a macro only from within run(), and this one would go on with a 0.
            Interpreter.getInstance().abort(e.getMessage());
        }
        return null;
    }

    /**
     * A number of the last result of a command.
     *
     * @throws InvalidInput saying what there is, if the command was not run or has no such number
     */
    static double value(String id, String name, int row) {
        Outputs outputs = LAST.get(id);
        if (outputs == null) {
            throw new InvalidInput("Ext.sinterjValue: the command '" + id + "' has made no result yet. Run it first.");
        }
        String slot = outputs.bySlot().keySet().stream()
                .filter(s -> name.startsWith(s + "."))
                .findFirst()
                .orElse("");
        String column = slot.isEmpty() ? name : name.substring(slot.length() + 1);
        Table table = outputs.bySlot().isEmpty()
                ? null
                : outputs.table(
                        slot.isEmpty() ? outputs.bySlot().keySet().iterator().next() : slot);
        if (table == null || row < 0 || row >= table.size()) {
            throw new InvalidInput("Ext.sinterjValue: '" + id + "' made a table of "
                    + (table == null ? 0 : table.size()) + " rows, so there is no row " + row + ". Rows count from 0.");
        }
        try {
            return table.number(row, column);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("Ext.sinterjValue: " + e.getMessage() + ".", e);
        }
    }
}
