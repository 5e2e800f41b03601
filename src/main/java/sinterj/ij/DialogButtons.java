package sinterj.ij;

import ij.IJ;
import ij.gui.GenericDialog;
import java.awt.Button;
import java.awt.FlowLayout;
import java.awt.MenuItem;
import java.awt.Panel;
import java.awt.PopupMenu;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import sinterj.base.InvalidInput;
import sinterj.op.Call;
import sinterj.op.Operation;
import sinterj.op.Parameter;

/** The row of buttons at the foot of a dialog: settings used before, and the macro line of those at hand. */
final class DialogButtons {
    private final Operation<?> operation;
    private final Supplier<Call<?>> call;
    private final Consumer<Map<String, String>> fill;

    /**
     * @param call what the dialog would run now; throws InvalidInput if that is not allowed
     * @param fill puts settings into the fields of the dialog
     */
    DialogButtons(Operation<?> operation, Supplier<Call<?>> call, Consumer<Map<String, String>> fill) {
        this.operation = operation;
        this.call = call;
        this.fill = fill;
    }

    void addTo(GenericDialog dialog) {
        Panel row = new Panel(new FlowLayout(FlowLayout.CENTER, 5, 0));
        if (!operation.info().schema().parameters().isEmpty()) {
            Button recent = new Button("Recent");
            PopupMenu menu = menu();
            recent.add(menu);
            recent.addActionListener(e -> menu.show(recent, 0, recent.getHeight()));
            recent.addKeyListener(dialog); // Enter and Escape
            row.add(recent);
        }
        Button copy = new Button("Copy as macro");
        copy.addActionListener(e -> copy());
        copy.addKeyListener(dialog);
        row.add(copy);
        dialog.addPanel(row);
    }

    private PopupMenu menu() {
        PopupMenu menu = new PopupMenu();
        List<Map<String, String>> all = RecentSettings.of(operation);
        for (Map<String, String> settings : all) {
            add(menu, RecentSettings.inWords(operation, settings), settings);
        }
        if (!all.isEmpty()) menu.addSeparator();
        Map<String, String> defaults = new LinkedHashMap<>();
        for (Parameter p : operation.info().schema().parameters()) defaults.put(p.key(), p.format(p.fallback()));
        add(menu, "All as at first", defaults);
        return menu;
    }

    private void add(PopupMenu menu, String words, Map<String, String> settings) {
        MenuItem item = new MenuItem(words);
        item.addActionListener(e -> fill.accept(settings));
        menu.add(item);
    }

    private void copy() {
        try {
            MacroLine.copy(MacroLine.of(call.get()));
        } catch (InvalidInput e) {
            IJ.showMessage("SinterJ", Failures.wrapped(e.getMessage()));
        }
    }
}
