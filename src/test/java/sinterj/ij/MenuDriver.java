package sinterj.ij;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;
import java.awt.Checkbox;
import java.awt.Menu;
import java.awt.TextField;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user sees of SinterJ in plain ImageJ with the jar in its plugins folder, looked at with mouse and keyboard.
 * Runs in a Java of its own, whose class path holds ImageJ and this class but nothing of SinterJ.
 */
final class MenuDriver {
    private static final String SAMPLE = "SinterJ Sample Data...";
    private static final String DIALOG = "SinterJ Sample Data";

    private final ImageJ imagej;
    private final Screen screen;

    private MenuDriver(ImageJ imagej, Screen screen) {
        this.imagej = imagej;
        this.screen = screen;
    }

    /** @param words the folder for the pictures */
    public static void main(String[] words) throws Exception {
        ImageJ imagej = new ImageJ();
        Screen screen = new Screen(Path.of(words[0]));
        Screen.window("ImageJ");
        MenuDriver driver = new MenuDriver(imagej, screen);
        checks(driver).lookAtAll(System.out, driver::cleanUp, () -> screen.picture("failure"));
        System.exit(0);
    }

    /** The claims; {@code driver} may be null where only their names are wanted. */
    static Checks checks(MenuDriver driver) {
        return new Checks()
                .add("everyCommandIsInTheMenu", () -> driver.everyCommandIsInTheMenu())
                .add("dialogOpensFromTheMenu", () -> driver.dialogOpensFromTheMenu())
                .add("everyDialogOpensAndCanBeCancelled", () -> driver.everyDialogOpensAndCanBeCancelled())
                .add("cancelMakesAndRecordsNothing", () -> driver.cancelMakesAndRecordsNothing())
                .add("wrongValueIsToldAndAskedAgain", () -> driver.wrongValueIsToldAndAskedAgain())
                .add("helpOpensThePage", () -> driver.helpOpensThePage())
                .add("recordedLineIsCompleteAndGivesTheSameBits", () -> driver.recordedLineGivesTheSameBits())
                .add("dialogOffersTheLastValuesAndMacrosIgnoreThem", () -> driver.dialogOffersTheLastValues())
                .add("escapeStopsALongRunAndLeavesNothing", () -> driver.escapeStopsALongRun())
                .add("wrongKeyStopsAMacroAndIsNamed", () -> driver.wrongKeyStopsAMacro())
                .add("macroWithoutOptionsOpensTheDialog", () -> driver.macroWithoutOptionsOpensTheDialog())
                .add("aboutAndExtensionsSayWhatTheyAre", () -> driver.aboutAndExtensionsSayWhatTheyAre())
                .add("recorderSpeaksTheLanguagesOfScripts", () -> driver.recorderSpeaksTheLanguagesOfScripts())
                .add("aResultTellsTheLineThatMadeIt", () -> driver.aResultTellsTheLineThatMadeIt())
                .add("anMrcFileDroppedOnTheDialogFillsItsPath", () -> driver.aDroppedFileFillsThePath());
    }

    private void cleanUp() {
        screen.closeAllBut(imagej);
    }

    private static void closeImages() {
        int[] ids = WindowManager.getIDList();
        if (ids == null) return;
        for (int id : ids) {
            ImagePlus image = WindowManager.getImage(id);
            image.changes = false;
            image.close();
        }
    }

    // --- menu ----------------------------------------------------------------------------------------------------

    /** Labels by the submenu in which they are, empty for SinterJ's own, as the jar's menu file has them. */
    private static Map<String, List<String>> menuFile() throws IOException {
        try (InputStream in = IJ.getClassLoader().getResourceAsStream("sinterj/plugins.config")) {
            Matcher line = Pattern.compile("(?m)^Plugins>SinterJ>?([^,]*), \"([^\"]+)\"")
                    .matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            Map<String, List<String>> labels = new LinkedHashMap<>();
            while (line.find()) {
                labels.computeIfAbsent(line.group(1), g -> new ArrayList<>()).add(line.group(2));
            }
            return labels;
        }
    }

    private void everyCommandIsInTheMenu() throws IOException {
        Map<String, List<String>> labels = menuFile();
        assertTrue(labels.get("").contains(SAMPLE), labels.toString());
        Menu ours = submenu(menu("Plugins"), "SinterJ");
        labels.forEach((group, entries) -> {
            List<String> shown = entries(group.isEmpty() ? ours : submenu(ours, group));
            assertEquals(entries, shown.stream().filter(entries::contains).toList(), group);
        });
        for (Map.Entry<String, List<String>> group : labels.entrySet()) {
            List<String> path = new ArrayList<>(List.of("Plugins", "SinterJ"));
            if (!group.getKey().isEmpty()) path.add(group.getKey());
            path.add(group.getValue().get(0));
            screen.openMenu(imagej, path);
            screen.picture("menu" + (group.getKey().isEmpty() ? "" : "-" + group.getKey()));
            screen.key(KeyEvent.VK_ESCAPE);
            screen.key(KeyEvent.VK_ESCAPE);
            screen.key(KeyEvent.VK_ESCAPE);
        }
    }

    private Menu menu(String label) {
        for (int i = 0; i < imagej.getMenuBar().getMenuCount(); i++) {
            Menu menu = imagej.getMenuBar().getMenu(i);
            if (menu.getLabel().equals(label)) return menu;
        }
        throw new AssertionError("no menu " + label);
    }

    private static Menu submenu(Menu menu, String label) {
        for (int i = 0; i < menu.getItemCount(); i++) {
            if (menu.getItem(i) instanceof Menu sub && sub.getLabel().equals(label)) return sub;
        }
        throw new AssertionError("no submenu " + label + " in " + entries(menu));
    }

    private static List<String> entries(Menu menu) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < menu.getItemCount(); i++) labels.add(menu.getItem(i).getLabel());
        return labels;
    }

    // --- dialog --------------------------------------------------------------------------------------------------

    private void everyDialogOpensAndCanBeCancelled() throws IOException {
        for (List<String> labels : menuFile().values()) {
            for (String label : labels) {
                if (!label.endsWith("...") || label.equals("About SinterJ...")) continue;
                IJ.doCommand(label);
                GenericDialog dialog = (GenericDialog) Screen.window(label.replace("...", ""));
                screen.picture("dialog-" + label.replaceAll("\\W+", "-").toLowerCase(java.util.Locale.ROOT), dialog);
                assertTrue(dialog.getWidth() < 1000 && dialog.getHeight() < 800, label + ": " + dialog.getSize());
                requireEverythingInside(dialog);
                screen.press(dialog, "Cancel");
                Screen.awaitGone(dialog.getTitle());
                awaitEndOf(label);
            }
        }
        assertEquals(0, WindowManager.getImageCount());
    }

    private static void requireEverythingInside(GenericDialog dialog) {
        for (java.awt.Component part : Screen.all(dialog, java.awt.Component.class)) {
            java.awt.Rectangle place =
                    javax.swing.SwingUtilities.convertRectangle(part.getParent(), part.getBounds(), dialog);
            boolean inside = new java.awt.Rectangle(dialog.getSize()).contains(place);
            assertTrue(inside, dialog.getTitle() + ": " + part + " lies at " + place + " of " + dialog.getSize());
        }
    }

    private GenericDialog openSampleDialog() {
        IJ.doCommand(SAMPLE);
        return (GenericDialog) Screen.window(DIALOG);
    }

    private static void type(GenericDialog dialog, int field, String text) {
        Screen.all(dialog, TextField.class).get(field).setText(text);
    }

    private static void awaitEndOf(String command) {
        Screen.awaitTrue("end of " + command, () -> !isRunning(command));
    }

    private static boolean isRunning(String command) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(t -> t.isAlive() && t.getName().endsWith(command));
    }

    private void dialogOpensFromTheMenu() {
        GenericDialog dialog = null;
        for (int attempt = 0; dialog == null && attempt < 3; attempt++) { // a loaded machine may lose a key
            screen.openMenu(imagej, List.of("Plugins", "SinterJ", SAMPLE));
            screen.key(KeyEvent.VK_ENTER);
            for (int i = 0; dialog == null && i < 20; i++) {
                Screen.pause(100);
                dialog = (GenericDialog) Screen.visible(DIALOG);
            }
        }
        assertNotNull(dialog);
        type(dialog, 0, "16");
        type(dialog, 1, "1");
        screen.press(dialog, "OK");
        awaitEndOf(SAMPLE);
        assertEquals(16, Screen.activeImage("tilt_series").getWidth());
        assertEquals(2, WindowManager.getImageCount());
    }

    private void cancelMakesAndRecordsNothing() {
        Recorder recorder = recorder();
        GenericDialog dialog = openSampleDialog();
        screen.press(dialog, "Cancel");
        Screen.awaitGone(DIALOG);
        awaitEndOf(SAMPLE);
        Screen.pause(200);
        assertEquals(0, WindowManager.getImageCount());
        assertEquals("", recorder.getText());
    }

    private static Recorder recorder() {
        Recorder recorder = new Recorder();
        Screen.window("Recorder");
        recorder.setLocation(0, 700); // away from where dialogs open
        return recorder;
    }

    private void wrongValueIsToldAndAskedAgain() {
        GenericDialog dialog = openSampleDialog();
        type(dialog, 0, "many");
        screen.press(dialog, "OK");
        Window message = Screen.window("SinterJ");
        screen.picture("wrong-value", message);
        assertTrue(message.getWidth() < 700, "readable width, not " + message.getWidth());
        screen.press(message, "OK");
        Screen.awaitGone("SinterJ");
        dialog = (GenericDialog) Screen.window(DIALOG);
        assertEquals("many", Screen.all(dialog, TextField.class).get(0).getText());
        type(dialog, 0, "5");
        screen.press(dialog, "OK");
        screen.press(Screen.window("SinterJ"), "OK");
        dialog = (GenericDialog) Screen.window(DIALOG);
        screen.press(dialog, "Cancel");
        awaitEndOf(SAMPLE);
        assertEquals(0, WindowManager.getImageCount());
    }

    private void helpOpensThePage() {
        GenericDialog dialog = openSampleDialog();
        screen.press(dialog, "Help");
        Window help = Screen.window(DIALOG + " Help");
        screen.picture("help", help);
        String text = Screen.all(help, javax.swing.JEditorPane.class).get(0).getText();
        assertTrue(text.contains("Same seed, same images"), text);
        screen.press(help, "OK");
        Screen.awaitGone(DIALOG + " Help");
        assertTrue(dialog.isShowing());
        screen.press(dialog, "Cancel");
        awaitEndOf(SAMPLE);
    }

    // --- run -----------------------------------------------------------------------------------------------------

    private void recordedLineGivesTheSameBits() {
        Recorder recorder = recorder();
        GenericDialog dialog = openSampleDialog();
        type(dialog, 0, "24");
        type(dialog, 1, "3");
        type(dialog, 2, "77");
        screen.press(dialog, "OK");
        awaitEndOf(SAMPLE);
        assertEquals(2, WindowManager.getImageCount());
        Screen.pause(300);
        screen.picture("result");
        Map<String, Object[]> made = pixels();
        String line = recorder.getText()
                .lines()
                .filter(l -> l.startsWith("run("))
                .findFirst()
                .orElse("");
        screen.picture("recorder", recorder);
        recorder.close();
        assertEquals(
                "run(\"SinterJ Sample Data...\", \"set=in_situ_tilt_series seed=77 size=24 frames=3\");", sorted(line));

        ImagePlus series = WindowManager.getImage("tilt_series");
        String calibration = series.getCalibration().toString();
        closeImages();
        IJ.runMacro(line);
        assertEquals(made.keySet(), pixels().keySet());
        pixels().forEach((title, planes) -> assertArrayEquals(made.get(title), planes, title));
        series = Screen.activeImage("tilt_series"); // the first image made
        assertEquals(calibration, series.getCalibration().toString());
        assertEquals(41, series.getNSlices());
        assertEquals(3, series.getNFrames());
        assertEquals(25, series.getCalibration().frameInterval);
        assertEquals(41, series.getProp("sinterj.angles").split(" ").length);
        assertTrue(series.getProp("sinterj.provenance").contains("\"seed\":\"77\""));
        assertEquals("-40.0 deg", series.getStack().getSliceLabel(1));
    }

    /** What the recorder writes in JavaScript, BeanShell and Python is the same call, and gives the same bits. */
    private void recorderSpeaksTheLanguagesOfScripts() {
        Recorder recorder = recorder();
        java.awt.Choice language = Screen.all(recorder, java.awt.Choice.class).get(0);
        for (String name : List.of("JavaScript", "BeanShell", "Python")) {
            java.awt.EventQueue.invokeLater(() -> {
                language.select(name);
                recorder.itemStateChanged(new java.awt.event.ItemEvent(
                        language,
                        java.awt.event.ItemEvent.ITEM_STATE_CHANGED,
                        name,
                        java.awt.event.ItemEvent.SELECTED));
            });
            Screen.awaitTrue(name, () -> language.getSelectedItem().equals(name));
            GenericDialog dialog = openSampleDialog();
            type(dialog, 0, "16");
            type(dialog, 1, "2");
            type(dialog, 2, "5");
            screen.press(dialog, "OK");
            awaitEndOf(SAMPLE);
            Screen.pause(300);
            Map<String, Object[]> made = pixels();
            Matcher call = Pattern.compile("IJ\\.run\\((?:imp|None|null)?,? ?\"([^\"]*)\", \"([^\"]*)\"\\)")
                    .matcher(recorder.getText());
            String last = "";
            String label = "";
            while (call.find()) {
                label = call.group(1);
                last = call.group(2);
            }
            assertEquals(SAMPLE, label, name + ": " + recorder.getText());
            assertEquals("set=in_situ_tilt_series seed=5 size=16 frames=2", sortedOptions(last), name);
            closeImages();
            IJ.run((ImagePlus) null, label, last);
            assertEquals(made.keySet(), pixels().keySet());
            pixels().forEach((title, planes) -> assertArrayEquals(made.get(title), planes, title));
            closeImages();
        }
        java.awt.EventQueue.invokeLater(() -> {
            language.select("Macro");
            recorder.itemStateChanged(new java.awt.event.ItemEvent(
                    language, java.awt.event.ItemEvent.ITEM_STATE_CHANGED, "Macro", java.awt.event.ItemEvent.SELECTED));
        });
        Screen.pause(200);
        recorder.close();
    }

    private static String sortedOptions(String options) {
        List<String> pairs = new ArrayList<>(List.of(options.split(" ")));
        pairs.sort(java.util.Comparator.comparingInt(pair -> pair.indexOf('=')));
        return String.join(" ", pairs);
    }

    private void aResultTellsTheLineThatMadeIt() {
        String line = "run(\"" + SAMPLE + "\", \"seed=3 size=16 frames=1\");";
        IJ.runMacro(line);
        Screen.activeImage("tilt_series");
        Map<String, Object[]> made = pixels();
        IJ.doCommand("SinterJ Copy As Macro");
        Screen.awaitTrue("line", () -> Screen.clipboard().contains("seed=3"));
        String copied = Screen.clipboard();
        closeImages();
        IJ.runMacro(copied);
        pixels().forEach((title, planes) -> assertArrayEquals(made.get(title), planes, title));
        assertEquals("run(\"" + SAMPLE + "\", \"set=in_situ_tilt_series seed=3 size=16 frames=1\");", sorted(copied));
        closeImages();
        ImagePlus foreign = IJ.createImage("of another", "8-bit black", 8, 8, 1);
        foreign.show();
        Screen.activate(foreign);
        IJ.doCommand("SinterJ Copy As Macro");
        Window message = Screen.window("SinterJ");
        screen.picture("copy-as-macro-of-a-foreign-image", message);
        screen.press(message, "OK");
        Screen.awaitGone("SinterJ");
        assertEquals(copied, Screen.clipboard());
    }

    /** A real drag with the mouse, from a window that offers a file. */
    private void aDroppedFileFillsThePath() throws IOException {
        java.io.File file = java.io.File.createTempFile("a series ", ".mrc");
        file.deleteOnExit();
        IJ.doCommand("Import Tilt Series...");
        GenericDialog dialog = (GenericDialog) Screen.window("Import Tilt Series");
        dialog.setLocation(500, 200);
        java.awt.Frame source = new java.awt.Frame("Files");
        java.awt.Label label = new java.awt.Label("a file to drag");
        label.setPreferredSize(new java.awt.Dimension(200, 100));
        source.add(label);
        source.setModalExclusionType(java.awt.Dialog.ModalExclusionType.APPLICATION_EXCLUDE); // as another program's
        source.pack();
        source.setLocation(20, 400);
        java.awt.EventQueue.invokeLater(() -> source.setVisible(true));
        Screen.window("Files");
        Screen.offer(label, file);
        java.awt.Point from = label.getLocationOnScreen();
        java.awt.Point to = dialog.getLocationOnScreen();
        screen.drag(from.x + 50, from.y + 50, to.x + dialog.getWidth() / 2, to.y + dialog.getHeight() - 20);
        List<TextField> fields = Screen.all(dialog, TextField.class);
        Screen.awaitTrue(
                "path in " + fields.get(0).getText(),
                () -> fields.get(0).getText().equals(file.getAbsolutePath()));
        screen.picture("dropped-file", dialog);
        source.dispose();
        screen.press(dialog, "Cancel");
        Screen.awaitGone("Import Tilt Series");
        awaitEndOf("Import Tilt Series...");
    }

    /** The line with its keys in an order of their length, so that the test asks for the keys and not for their order. */
    private static String sorted(String line) {
        Matcher parts = Pattern.compile("(.*, \")(.*)(\"\\);)").matcher(line);
        assertTrue(parts.matches(), line);
        List<String> pairs = new ArrayList<>(List.of(parts.group(2).split(" ")));
        pairs.sort(java.util.Comparator.comparingInt(pair -> pair.indexOf('=')));
        return parts.group(1) + String.join(" ", pairs) + parts.group(3);
    }

    private static Map<String, Object[]> pixels() {
        Map<String, Object[]> pixels = new LinkedHashMap<>();
        int[] ids = WindowManager.getIDList();
        for (int id : ids == null ? new int[0] : ids) {
            ImagePlus image = WindowManager.getImage(id);
            Object[] planes = new Object[image.getStackSize()];
            for (int i = 0; i < planes.length; i++) {
                planes[i] = image.getStack().getProcessor(i + 1).duplicate().getPixels();
            }
            pixels.put(image.getTitle(), planes);
        }
        return pixels;
    }

    private void dialogOffersTheLastValues() {
        GenericDialog dialog = openSampleDialog();
        assertEquals("24", Screen.all(dialog, TextField.class).get(0).getText());
        screen.press(dialog, "Cancel");
        awaitEndOf(SAMPLE);
        IJ.runMacro("run(\"" + SAMPLE + "\", \"frames=1\");");
        assertEquals(64, WindowManager.getImage("truth").getWidth());
    }

    private void escapeStopsALongRun() {
        GenericDialog dialog = openSampleDialog();
        type(dialog, 0, "160");
        type(dialog, 1, "100");
        screen.press(dialog, "OK");
        Screen.pause(2500);
        assertTrue(isRunning(SAMPLE), "it ended before it could be stopped");
        screen.picture("running");
        java.awt.Point corner = imagej.getLocationOnScreen();
        screen.click(corner.x + imagej.getWidth() - 200, corner.y + imagej.getHeight() - 6); // the status bar
        long start = System.currentTimeMillis();
        screen.key(KeyEvent.VK_ESCAPE);
        awaitEndOf(SAMPLE);
        long ms = System.currentTimeMillis() - start;
        System.out.println("Escape took " + ms + " ms");
        assertTrue(ms < 1500, ms + " ms");
        assertEquals(0, WindowManager.getImageCount());
        screen.picture("cancelled");
    }

    private void wrongKeyStopsAMacro() {
        Thread macro = new Thread(
                () -> IJ.runMacro("run(\"" + SAMPLE + "\", \"sze=24\");\nnewImage(\"after\", \"8-bit\", 8, 8, 1);"));
        macro.start();
        Window message = Screen.window("Macro Error");
        screen.picture("macro-error");
        assertTrue(IJ.getErrorMessage() == null || IJ.getErrorMessage().contains("sze"), IJ.getErrorMessage());
        String shown = Screen.all(message, ij.gui.MultiLineLabel.class).isEmpty()
                ? Screen.all(message, java.awt.Label.class).get(0).getText()
                : "";
        assertTrue(shown.contains("'sze'") || shown.isEmpty(), shown);
        screen.press(message, "OK");
        Screen.awaitTrue("end of the macro", () -> !macro.isAlive());
        assertEquals(0, WindowManager.getImageCount());
    }

    private void macroWithoutOptionsOpensTheDialog() {
        Thread macro =
                new Thread(() -> IJ.runMacro("run(\"" + SAMPLE + "\");\nnewImage(\"after\", \"8-bit\", 8, 8, 1);"));
        macro.start();
        GenericDialog dialog = (GenericDialog) Screen.window(DIALOG);
        type(dialog, 0, "few");
        screen.press(dialog, "OK");
        screen.press(Screen.window("SinterJ"), "OK");
        dialog = (GenericDialog) Screen.window(DIALOG);
        type(dialog, 0, "20");
        type(dialog, 1, "1");
        screen.press(dialog, "OK");
        Screen.awaitTrue("end of the macro", () -> !macro.isAlive());
        assertEquals(3, WindowManager.getImageCount());
    }

    private void aboutAndExtensionsSayWhatTheyAre() {
        IJ.doCommand("About SinterJ...");
        Window about = Screen.window("About SinterJ");
        screen.picture("about", about);
        screen.press(about, "OK");
        Screen.awaitGone("About SinterJ");
        IJ.doCommand("SinterJ Macro Extensions");
        Window message = Screen.window("SinterJ Macro Extensions");
        screen.picture("extensions", message);
        screen.press(message, "OK");
        Screen.awaitGone("SinterJ Macro Extensions");
        IJ.doCommand("SinterJ Manual");
        Window manual = Screen.window("SinterJ Manual");
        Screen.awaitTrue("first page", () -> shownText(manual).contains("SinterJ"));
        screen.picture("manual", manual);
        screen.click(Screen.all(manual, javax.swing.JEditorPane.class).get(0).getParent());
        screen.key(KeyEvent.VK_ESCAPE);
        Screen.awaitGone("SinterJ Manual");
        assertFalse(Screen.titles().contains("Exception"), Screen.titles().toString());
        assertTrue(Screen.all(about, Checkbox.class).isEmpty());
    }

    private static String shownText(Window window) {
        javax.swing.text.Document page =
                Screen.all(window, javax.swing.JEditorPane.class).get(0).getDocument();
        try {
            return page.getText(0, page.getLength());
        } catch (javax.swing.text.BadLocationException e) {
            throw new IllegalStateException(e);
        }
    }
}
