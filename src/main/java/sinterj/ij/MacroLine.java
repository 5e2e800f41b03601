package sinterj.ij;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.text.TextWindow;
import java.awt.Frame;
import java.awt.Menu;
import java.awt.MenuBar;
import java.awt.MenuItem;
import java.awt.Toolkit;
import java.awt.datatransfer.StringSelection;
import java.awt.event.ActionListener;
import java.util.LinkedHashMap;
import java.util.Map;
import sinterj.op.Call;
import sinterj.op.InputSlot;
import sinterj.op.OperationInfo;

/**
 * The macro line of a run: complete, with the images by their titles. It goes with what the run made, so that it can be
 * copied from there when the recorder was not open: from the menu of a table, and for images and plots by the command
 * {@code SinterJ Copy As Macro}.
 */
final class MacroLine {
    /** Key of the line among an image's properties; not one that is saved, since titles mean nothing in another session. */
    private static final String KEY = "sinterj-macro-line";

    private static final String MENU = "SinterJ";

    private MacroLine() {}

    /** The line that runs a call again; the active image is named, where it was meant without being named. */
    static String of(Call<?> call) {
        OperationInfo<?> info = call.operation().info();
        Map<String, Object> inputs = new LinkedHashMap<>(call.inputs());
        InputSlot main = info.mainInput();
        ImagePlus active = WindowManager.getCurrentImage();
        if (main != null && main.required() && !inputs.containsKey(main.key()) && active != null) {
            inputs.put(main.key(), active);
        }
        String options = call.withInputs(InputFinder.byTitle(inputs)).macroText();
        return "run(\"" + escaped(info.label()) + "\", \"" + escaped(options) + "\");";
    }

    /** A text as it stands between the quotation marks of a macro. */
    static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    /** Notes on an image how it was made. */
    static void note(ImagePlus image, String line) {
        image.setProperty(KEY, line);
    }

    /** Adds a menu to the window of a table. */
    static void addTo(TextWindow window, String line) {
        MenuBar bar = window.getMenuBar();
        if (bar == null) return;
        for (int i = bar.getMenuCount() - 1; i >= 0; i--) {
            if (bar.getMenu(i).getLabel().equals(MENU)) bar.remove(i); // of the run before, in the same window
        }
        MenuItem item = new MenuItem("Copy As Macro");
        ActionListener copies = e -> copy(line);
        item.addActionListener(copies);
        Menu menu = new Menu(MENU);
        menu.add(item);
        bar.add(menu);
    }

    /** The command: copies the line of the active window. */
    static void copyOfActive() {
        Frame front = WindowManager.getFrontWindow();
        if (front instanceof TextWindow table && ofTable(table)) return;
        ImagePlus image = WindowManager.getCurrentImage();
        if (image != null && image.getProperty(KEY) instanceof String line) copy(line);
        else {
            String what = image == null
                    ? "No image is open"
                    : "'" + image.getTitle() + "' was not made in this session by SinterJ";
            IJ.error(
                    "SinterJ",
                    Failures.wrapped(what + ". Choose an image, plot or table that a command of SinterJ made."));
        }
    }

    private static boolean ofTable(TextWindow table) {
        MenuBar bar = table.getMenuBar();
        for (int i = 0; bar != null && i < bar.getMenuCount(); i++) {
            if (!bar.getMenu(i).getLabel().equals(MENU)) continue;
            MenuItem item = bar.getMenu(i).getItem(0);
            for (ActionListener listener : item.getActionListeners()) listener.actionPerformed(null);
            return true;
        }
        return false;
    }

    static void copy(String line) {
        Toolkit.getDefaultToolkit().getSystemClipboard().setContents(new StringSelection(line), null);
        IJ.showStatus("Copied: " + line);
    }
}
