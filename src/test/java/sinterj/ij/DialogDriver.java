package sinterj.ij;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.plugin.frame.Recorder;
import ij.plugin.frame.RoiManager;
import ij.process.ImageProcessor;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.TextField;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sinterj.command.Operations;
import sinterj.op.MacroOptions;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.trial.Blend;
import sinterj.trial.Patience;

/**
 * The dialog, the preview, the live view and the recorder with operations of the tests, which have every kind of input
 * and output. Runs in a Java of its own, at a display, with SinterJ on the class path.
 */
final class DialogDriver {
    private static final String BLEND = "Blend Two Images";
    private static final String PATIENCE = "Wait For It";
    private static final int REMARK = 5;

    private final ImageJ imagej;
    private final Screen screen;
    private final Path folder;

    private DialogDriver(ImageJ imagej, Screen screen, Path folder) {
        this.imagej = imagej;
        this.screen = screen;
        this.folder = folder;
    }

    /** @param words the folder for the pictures, and one for files */
    public static void main(String[] words) throws Exception {
        ImageJ imagej = new ImageJ();
        Screen screen = new Screen(Path.of(words[0]));
        Screen.window("ImageJ");
        DialogDriver driver = new DialogDriver(imagej, screen, Path.of(words[1]));
        checks(driver).lookAtAll(System.out, driver::cleanUp, () -> screen.picture("failure-own"));
        System.exit(0);
    }

    static Checks checks(DialogDriver driver) {
        return new Checks()
                .add("withoutImagesTheDialogAsksForFiles", () -> driver.withoutImagesTheDialogAsksForFiles())
                .add("activeImageIsOfferedFirstAndTwoCanBeChosen", () -> driver.activeImageIsOfferedFirst())
                .add("imagesOfOneTitleAreToldApart", () -> driver.imagesOfOneTitleAreToldApart())
                .add("settingsThatExcludeEachOtherAreAskedAgain", () -> driver.excludingSettingsAreAskedAgain())
                .add("recordedTextMayHoldBlanksBracketsQuotesAndBackslashes", () -> driver.recordedTextIsReadBack())
                .add("recorderNeverAsksAboutDuplicates", () -> driver.recorderNeverAsksAboutDuplicates())
                .add("wrongImageIsASentenceAndNotRecorded", () -> driver.wrongImageIsASentence())
                .add("previewFollowsTheSettingsAndLeavesNothing", () -> driver.previewFollowsTheSettings())
                .add("previewShowsTheVisiblePlaneOnly", () -> driver.previewShowsTheVisiblePlane())
                .add("everyPreviewOfACommandWorks", () -> driver.everyPreviewOfACommandWorks())
                .add("tablesAndPlotsHaveTheirWindows", () -> driver.tablesAndPlotsHaveTheirWindows())
                .add("stopAndKeepGivesTheBestSoFarMarkedAsSuch", () -> driver.stopAndKeepGivesTheBest())
                .add("escapeInTheWindowWithTheButtonCancels", () -> driver.escapeInTheButtonWindow())
                .add("closedLiveViewStaysClosed", () -> driver.closedLiveViewStaysClosed())
                .add("batchModeHasNoWindowsOfOurs", () -> driver.batchModeHasNoWindows())
                .add("tooMuchMemoryIsRefusedInASentence", () -> driver.tooMuchMemoryIsRefused())
                .add("recentSettingsFillTheFields", () -> driver.recentSettingsFillTheFields())
                .add("copiedLineIsTheRecordedOne", () -> driver.copiedLineIsTheRecordedOne())
                .add("paintedRoisTrainANetworkUnderLiveCurves", () -> driver.paintedRoisTrainANetwork());
    }

    private void cleanUp() {
        ij.macro.Interpreter.batchMode = false;
        screen.closeAllBut(imagej);
    }

    // --- starting ------------------------------------------------------------------------------------------------

    /** Runs an operation as the menu does: on a thread of its own, named as ImageJ names it, and recorded. */
    private static Thread choose(Operation<?> operation) {
        Thread command = new Thread(
                () -> {
                    if (IJ.recording()) Recorder.setCommand(operation.info().label());
                    Failures.shown(() -> MenuCommand.run(operation, null));
                    if (IJ.recording()) Recorder.saveCommand();
                },
                operation.info().label());
        command.start();
        return command;
    }

    private static void awaitEnd(Thread command) {
        Screen.awaitTrue("end of " + command.getName(), () -> !command.isAlive());
    }

    private static GenericDialog dialog(String title) {
        return (GenericDialog) Screen.window(title);
    }

    private static List<String> items(GenericDialog dialog, int number) {
        Choice choice = Screen.all(dialog, Choice.class).get(number);
        List<String> items = new ArrayList<>();
        for (int i = 0; i < choice.getItemCount(); i++) items.add(choice.getItem(i));
        return items;
    }

    private static String chosen(GenericDialog dialog, int number) {
        return Screen.all(dialog, Choice.class).get(number).getSelectedItem();
    }

    private static void select(GenericDialog dialog, int number, String item) {
        Screen.all(dialog, Choice.class).get(number).select(item);
    }

    /** Fields, in the order of the dialog, that hold text; the factors and the file are the first and the last. */
    private static TextField field(GenericDialog dialog, int number) {
        return Screen.all(dialog, TextField.class).get(number);
    }

    private static ImagePlus open(String title, float start) {
        ImagePlus image = ToImagePlus.image(Blend.image(title, 40, 30, 5, start));
        image.show();
        Screen.activate(image);
        return image;
    }

    /** An image that was made; the newest, where there are several. */
    private static ImagePlus made(String title) {
        ImagePlus newest = null;
        for (int id : WindowManager.getIDList()) {
            ImagePlus image = WindowManager.getImage(id);
            if (image.getTitle().equals(title)) newest = image;
        }
        assertNotNull(newest, title);
        return newest;
    }

    private static Recorder recorder() {
        Recorder recorder = new Recorder();
        Screen.window("Recorder");
        recorder.setLocation(0, 700);
        return recorder;
    }

    private static String line(Recorder recorder) {
        return recorder.getText()
                .lines()
                .filter(l -> l.startsWith("run("))
                .findFirst()
                .orElse("");
    }

    /** The options of a recorded line, as the macro language would hand them over. */
    private static Map<String, String> options(Recorder recorder) {
        return options(line(recorder));
    }

    private static Map<String, String> options(String line) {
        String options = IJ.runMacro("return " + line.replaceAll("^run\\(\"[^\"]*\", (.*)\\);$", "$1"));
        return MacroOptions.parse(options);
    }

    // --- images --------------------------------------------------------------------------------------------------

    private void withoutImagesTheDialogAsksForFiles() throws IOException {
        Path file = folder.resolve("a [1] b.tif");
        new ij.io.FileSaver(ToImagePlus.image(Blend.image("x", 6, 5, 4, 0))).saveAsTiffStack(file.toString());
        Thread command = choose(new Blend());
        GenericDialog dialog = dialog(BLEND);
        screen.picture("dialog-blend-without-images", dialog);
        field(dialog, 0).setText(file.toString());
        field(dialog, 1).setText(file.toString());
        screen.press(dialog, "OK");
        awaitEnd(command);
        made("a [1] b.tif-blended");
    }

    private void activeImageIsOfferedFirst() {
        ImagePlus first = open("first", 0);
        ImagePlus second = open("second", 1000);
        Recorder recorder = recorder();
        Thread command = choose(new Blend());
        GenericDialog dialog = dialog(BLEND);
        screen.picture("dialog-blend", dialog);
        assertEquals(List.of("first", "second"), items(dialog, 0));
        assertEquals("second", chosen(dialog, 0));
        assertEquals("first", chosen(dialog, 1));
        assertEquals(List.of("(none)", "first", "second"), items(dialog, 2));
        assertEquals("(none)", chosen(dialog, 2));
        screen.press(dialog, "OK");
        awaitEnd(command);
        ImagePlus made = made("second-blended");
        assertEquals(500.0, made.getStack().getVoxel(0, 0, 0));
        assertEquals(0.0, first.getStack().getVoxel(0, 0, 0));
        assertEquals(1000.0, second.getStack().getVoxel(0, 0, 0));
        assertEquals(3, made.getCalibration().pixelDepth);
        Map<String, String> options = options(recorder);
        assertEquals(
                Map.ofEntries(
                        Map.entry("mode", "mean"),
                        Map.entry("weight", "0.5"),
                        Map.entry("n", "3"),
                        Map.entry("gentle_n", "0.25"),
                        Map.entry("limit", "none"),
                        Map.entry("invert", "false"),
                        Map.entry("seed", "12345678901"),
                        Map.entry("input", "second"),
                        Map.entry("other_image", "first")),
                options);
    }

    private void imagesOfOneTitleAreToldApart() {
        ImagePlus one = open("twin", 0);
        ImagePlus two = open("twin", 100);
        Recorder recorder = recorder();
        Thread command = choose(new Blend());
        GenericDialog dialog = dialog(BLEND);
        String nameOne = "twin [ID " + one.getID() + "]";
        assertEquals("twin [ID " + two.getID() + "]", chosen(dialog, 0));
        assertEquals(nameOne, chosen(dialog, 1));
        select(dialog, 0, nameOne);
        select(dialog, 1, nameOne);
        screen.press(dialog, "OK");
        awaitEnd(command);
        assertEquals(0.0, made("twin-blended").getStack().getVoxel(0, 0, 0));
        assertEquals(Integer.toString(one.getID()), options(recorder).get("input"));
        // In a macro the active one is meant; if none of them is active, nobody can know.
        String error = errorOf(new Blend(), "input=twin other_image=twin");
        assertTrue(error.contains("'input'") && error.contains("several open images"), error);
    }

    /** The sentence with which a macro call fails. */
    private static String errorOf(Operation<?> operation, String options) {
        try {
            MenuCommand.run(operation, options);
        } catch (sinterj.base.InvalidInput e) {
            return e.getMessage();
        }
        throw new AssertionError("no error: " + options);
    }

    private void excludingSettingsAreAskedAgain() {
        open("a", 0);
        open("b", 1);
        Thread command = choose(new Blend());
        GenericDialog dialog = dialog(BLEND);
        select(dialog, 0, "a");
        select(dialog, 3, "difference_of_both");
        Screen.all(dialog, Checkbox.class).get(0).setState(true);
        screen.press(dialog, "OK");
        Window message = Screen.window("SinterJ");
        screen.picture("excluding-settings", message);
        screen.press(message, "OK");
        dialog = dialog(BLEND);
        assertEquals("a", chosen(dialog, 0), "the image chosen before is kept");
        assertEquals("difference_of_both", chosen(dialog, 3));
        screen.press(dialog, "Cancel");
        awaitEnd(command);
        assertEquals(2, WindowManager.getImageCount());
    }

    // --- recorder ------------------------------------------------------------------------------------------------

    private void recordedTextIsReadBack() {
        open("a b", 0);
        open("[c]", 1);
        ResultsTable factors = new ResultsTable();
        factors.addRow();
        factors.addValue("factor", 2);
        factors.show("f [2] of 2");
        for (String remark : List.of(
                "[x].tif",
                "a] b",
                "C:\\new\\table.tif",
                "say \"so\" twice",
                "ends in ]",
                "f [2] of two [3]",
                "k=v w=2")) {
            Recorder recorder = recorder();
            Thread command = choose(new Blend());
            GenericDialog dialog = dialog(BLEND);
            select(dialog, 0, "a b");
            select(dialog, 1, "[c]");
            field(dialog, 0).setText("f [2] of 2");
            field(dialog, REMARK + 1).setText(remark);
            screen.press(dialog, "OK");
            awaitEnd(command);
            Map<String, String> options = options(recorder);
            assertEquals(remark, options.get("remark"), line(recorder));
            assertEquals("a b", options.get("input"));
            assertEquals("[c]", options.get("other_image"));
            assertEquals("f [2] of 2", options.get("factors"));
            assertEquals(1.0, made("a b-blended").getStack().getVoxel(0, 0, 0));
            assertEquals(11, options.size(), line(recorder));
            recorder.close();
        }
    }

    private void recorderNeverAsksAboutDuplicates() {
        open("n=20 weight=", 0);
        open("seed=3", 1);
        Recorder recorder = recorder();
        Thread command = choose(new Blend());
        screen.press(dialog(BLEND), "OK");
        awaitEnd(command);
        assertNull(Screen.visible("Recorder Duplicate"));
        assertEquals("seed=3", options(recorder).get("input"));
        assertEquals("n=20 weight=", options(recorder).get("other_image"));
    }

    // --- settings used before ------------------------------------------------------------------------------------

    /** Opens the menu of the button and chooses an entry, counted from 0, with the keys. */
    private void chooseRecent(GenericDialog dialog, int entry) {
        screen.press(dialog, "Recent");
        Screen.pause(400);
        screen.picture("recent-settings");
        for (int i = 0; i <= entry; i++) screen.key(KeyEvent.VK_DOWN);
        screen.key(KeyEvent.VK_ENTER);
    }

    private void recentSettingsFillTheFields() {
        open("a", 0);
        open("b", 1000);
        for (String weight : List.of("0.25", "0.75")) {
            Thread command = choose(new Blend());
            GenericDialog dialog = dialog(BLEND);
            field(dialog, 1).setText(weight);
            select(dialog, 3, weight.equals("0.25") ? "difference_of_both" : "mean");
            Screen.all(dialog, Checkbox.class).get(0).setState(weight.equals("0.75"));
            screen.press(dialog, "OK");
            awaitEnd(command);
            closeMade();
        }
        Thread command = choose(new Blend());
        GenericDialog dialog = dialog(BLEND);
        assertEquals("0.75", field(dialog, 1).getText());
        select(dialog, 0, "a");
        screen.tick(previewBox(dialog), true);
        ImagePlus preview = preview();
        chooseRecent(dialog, 1);
        Screen.awaitTrue(
                "settings of the run before the last",
                () -> field(dialog, 1).getText().equals("0.25"));
        assertEquals("difference_of_both", chosen(dialog, 3));
        assertFalse(Screen.all(dialog, Checkbox.class).get(0).getState());
        assertEquals("a", chosen(dialog, 0), "images are not part of it");
        Screen.awaitTrue(
                "preview of the new settings", () -> preview.getProcessor().getf(0) == 0);
        screen.press(dialog, "Cancel");
        awaitEnd(command);
        assertEquals(
                2,
                RecentSettings.of(new Blend()).stream()
                        .limit(2)
                        .filter(s -> List.of("0.25", "0.75").contains(s.get("weight")))
                        .count());
    }

    private static void closeMade() {
        for (int id : WindowManager.getIDList()) {
            ImagePlus image = WindowManager.getImage(id);
            if (image.getTitle().length() == 1) continue;
            image.changes = false;
            image.close();
        }
    }

    private void copiedLineIsTheRecordedOne() {
        open("a \"b\" \\c", 0);
        open("b", 1000);
        Recorder recorder = recorder();
        Thread command = choose(new Blend());
        GenericDialog dialog = dialog(BLEND);
        field(dialog, 1).setText("0.25");
        field(dialog, REMARK + 1).setText("two [words] \\n \"so\"");
        screen.press(dialog, "Copy as macro");
        Screen.awaitTrue("line", () -> Screen.clipboard().startsWith("run(\"Blend Two Images...\""));
        String copied = Screen.clipboard();
        field(dialog, 1).setText("7");
        screen.press(dialog, "Copy as macro");
        Window message = Screen.window("SinterJ"); // as OK would say
        screen.press(message, "OK");
        Screen.awaitGone("SinterJ");
        assertEquals(copied, Screen.clipboard());
        field(dialog, 1).setText("0.25");
        screen.press(dialog, "OK");
        awaitEnd(command);
        assertEquals(options(recorder), options(copied));
        assertEquals("two [words] \\n \"so\"", options(copied).get("remark"));

        ImagePlus made = made("b-blended");
        Screen.activate(made);
        java.awt.Toolkit.getDefaultToolkit()
                .getSystemClipboard()
                .setContents(new java.awt.datatransfer.StringSelection("nothing"), null);
        MenuCommand.run("copy-as-macro");
        assertEquals(copied, Screen.clipboard(), "from an image");
        java.awt.Frame table = (java.awt.Frame) Screen.window("SinterJ " + BLEND);
        java.awt.Menu menu = null;
        for (int i = 0; i < table.getMenuBar().getMenuCount(); i++) {
            if (table.getMenuBar().getMenu(i).getLabel().equals("SinterJ"))
                menu = table.getMenuBar().getMenu(i);
        }
        assertNotNull(menu, "the table has a menu of ours");
        java.awt.Toolkit.getDefaultToolkit()
                .getSystemClipboard()
                .setContents(new java.awt.datatransfer.StringSelection("nothing"), null);
        menu.getItem(0).getActionListeners()[0].actionPerformed(null);
        assertEquals(copied, Screen.clipboard(), "from a table");
        screen.picture("table-menu", table);
    }

    private void wrongImageIsASentence() {
        open("grey", 0);
        ImagePlus colour = IJ.createImage("colour", "RGB black", 40, 30, 1);
        colour.show();
        Screen.activate(colour);
        Recorder recorder = recorder();
        Thread command = choose(new Blend());
        screen.press(dialog(BLEND), "OK");
        Window message = Screen.window("SinterJ");
        screen.picture("rgb-image", message);
        assertTrue(message.getWidth() < 700, message.getSize().toString());
        screen.press(message, "OK");
        awaitEnd(command);
        assertEquals(2, WindowManager.getImageCount());
        assertEquals("", line(recorder));
        assertTrue(IJ.getErrorMessage().contains("RGB"), IJ.getErrorMessage());
    }

    // --- preview -------------------------------------------------------------------------------------------------

    private static Checkbox previewBox(GenericDialog dialog) {
        List<Checkbox> boxes = Screen.all(dialog, Checkbox.class);
        return boxes.get(boxes.size() - 1);
    }

    private static ImagePlus preview() {
        Screen.window("Preview of " + BLEND);
        return WindowManager.getImage("Preview of " + BLEND);
    }

    private void previewFollowsTheSettings() {
        open("a", 0);
        open("b", 1000);
        Recorder recorder = recorder();
        Thread command = choose(new Blend());
        GenericDialog dialog = dialog(BLEND);
        screen.tick(previewBox(dialog), true);
        ImagePlus preview = preview();
        screen.picture("preview");
        assertEquals(500, preview.getProcessor().getf(0));
        field(dialog, 1).setText("0");
        Screen.awaitTrue("preview of b alone", () -> preview.getProcessor().getf(0) == 1000);
        field(dialog, 1).setText("much"); // no number: told in the status bar, and nothing happens
        Screen.pause(300);
        assertEquals(1000, preview.getProcessor().getf(0));
        field(dialog, 1).setText("1");
        Screen.awaitTrue("preview of a alone", () -> preview.getProcessor().getf(0) == 0);
        previewBox(dialog).setState(false);
        dialog.itemStateChanged(
                new java.awt.event.ItemEvent(previewBox(dialog), java.awt.event.ItemEvent.ITEM_STATE_CHANGED, "", 2));
        Screen.awaitGone("Preview of " + BLEND);
        screen.tick(previewBox(dialog), true);
        preview();
        screen.press(dialog, "OK");
        awaitEnd(command);
        Screen.awaitGone("Preview of " + BLEND);
        Screen.awaitTrue("two images, two made and a plot", () -> WindowManager.getImageCount() == 5);
        made("b-blended");
        assertFalse(recorder.getText().contains("review"), recorder.getText());
        assertEquals("b", options(recorder).get("input"));
    }

    private void previewShowsTheVisiblePlane() {
        open("a", 0);
        ImagePlus b = open("b", 0);
        b.setSlice(5);
        Thread command = choose(new Blend());
        GenericDialog dialog = dialog(BLEND);
        screen.tick(previewBox(dialog), true);
        ImagePlus preview = preview();
        assertEquals(1, preview.getStackSize());
        assertEquals(4 * 1200, preview.getProcessor().getf(0));
        screen.press(dialog, "Cancel");
        awaitEnd(command);
        Screen.awaitGone("Preview of " + BLEND);
        assertEquals(2, WindowManager.getImageCount());
    }

    private void everyPreviewOfACommandWorks() {
        MenuCommand.run(Operations.byId("sample-data"), "size=32 frames=2");
        for (Operation<?> operation : Operations.all()) {
            if (!operation.info().has(OperationInfo.Trait.PREVIEW)) continue;
            ImagePlus series = WindowManager.getImage("tilt_series");
            Screen.activate(series);
            Thread command = choose(operation);
            GenericDialog dialog = dialog(operation.info().title());
            screen.tick(previewBox(dialog), true);
            Screen.window("Preview of " + operation.info().title());
            screen.picture("preview-" + operation.info().id());
            ImagePlus preview =
                    WindowManager.getImage("Preview of " + operation.info().title());
            assertEquals(32, preview.getWidth());
            assertEquals(1, preview.getStackSize());
            screen.press(dialog, "Cancel");
            awaitEnd(command);
            Screen.awaitGone("Preview of " + operation.info().title());
        }
        assertEquals(2, WindowManager.getImageCount());
    }

    // --- results -------------------------------------------------------------------------------------------------

    private void tablesAndPlotsHaveTheirWindows() throws IOException {
        open("a", 0);
        open("b", 1000);
        Path table = folder.resolve("t.csv");
        Path plot = folder.resolve("p.png");
        Path second = folder.resolve("t2.csv");
        MenuCommand.run(
                new Blend(), "input=a other_image=b table=[" + table + "] table2=[" + second + "] plot=[" + plot + "]");
        screen.picture("table", Screen.window("SinterJ " + BLEND));
        Screen.window("SinterJ " + BLEND + " - extremes");
        screen.picture("plot", Screen.window("Profile"));
        made("a-blended");
        assertTrue(Files.size(plot) > 1000);
        assertTrue(Files.exists(table) == Files.exists(second));
    }

    // --- long work -----------------------------------------------------------------------------------------------

    private Thread wait(int steps, int pauseMs) {
        Thread command = choose(new Patience());
        GenericDialog dialog = dialog(PATIENCE);
        field(dialog, 0).setText(Integer.toString(steps));
        field(dialog, 1).setText(Integer.toString(pauseMs));
        screen.press(dialog, "OK");
        return command;
    }

    /** The window with the button. */
    private static Window buttonWindow() {
        return Screen.window("SinterJ");
    }

    private void stopAndKeepGivesTheBest() {
        ImagePlus before = open("before", 0);
        Thread command = wait(1000, 20);
        Window window = buttonWindow();
        Screen.pause(1000);
        screen.picture("stop-and-keep");
        assertNotNull(WindowManager.getImage(PATIENCE + " - running"));
        screen.press(window, "Stop and keep the best so far");
        awaitEnd(command);
        Screen.awaitGone("SinterJ");
        assertNull(WindowManager.getImage(PATIENCE + " - running"));
        ImagePlus best = Screen.activeImage("best");
        float rounds = best.getProcessor().getf(0);
        assertTrue(rounds > 10 && rounds < 1000, rounds + " rounds");
        assertTrue(
                best.getProp("sinterj.provenance").contains("\"complete\":false"), best.getProp("sinterj.provenance"));
        assertNotNull(before.getWindow());
        assertEquals(2, WindowManager.getImageCount());
    }

    private void escapeInTheButtonWindow() {
        ImagePlus before = open("before", 0);
        Thread command = wait(1000, 20);
        Window window = buttonWindow();
        window.requestFocus();
        Screen.all(window, java.awt.Button.class).get(0).requestFocusInWindow();
        screen.click(Screen.all(window, java.awt.Label.class).get(0));
        Screen.pause(200);
        long start = System.currentTimeMillis();
        screen.key(KeyEvent.VK_ESCAPE);
        awaitEnd(command);
        assertTrue(System.currentTimeMillis() - start < 1000);
        Screen.awaitGone("SinterJ");
        assertEquals(1, WindowManager.getImageCount());
        assertSame(before, Screen.activeImage("before"));
    }

    private void closedLiveViewStaysClosed() {
        Thread command = wait(200, 10);
        Screen.await("live view", () -> WindowManager.getImage(PATIENCE + " - running"))
                .close();
        Screen.pause(700);
        assertTrue(command.isAlive());
        assertNull(WindowManager.getImage(PATIENCE + " - running"));
        awaitEnd(command);
        ImagePlus whole = Screen.activeImage("best");
        assertEquals(200, whole.getProcessor().getf(0));
        assertFalse(whole.getProp("sinterj.provenance").contains("\"complete\":false"));
    }

    private void batchModeHasNoWindows() {
        int windows = Screen.titles().size();
        ij.macro.Interpreter.batchMode = true;
        MenuCommand.run(new Patience(), "steps=80 pause_ms=20");
        assertEquals("best", WindowManager.getCurrentImage().getTitle());
        assertEquals(1, WindowManager.getImageCount());
        assertTrue(Screen.titles().size() <= windows + 1, Screen.titles().toString()); // the table
        WindowManager.getCurrentImage().close();
    }

    /** Strokes in the ROI Manager, two rows high, of the group of their phase; from the truth of two slices. */
    private static int[] paint(RoiManager manager, ImagePlus truth) {
        int[] painted = new int[3];
        for (int slice : new int[] {2, 5}) {
            ImageProcessor plane = truth.getStack().getProcessor(slice);
            for (int y = 3; y < plane.getHeight() - 1; y += 8) {
                int from = 0;
                for (int x = 1; x <= plane.getWidth(); x++) {
                    if (x < plane.getWidth() && plane.get(x, y) == plane.get(from, y)) continue;
                    Roi stroke = new Roi(from, y, x - from, 2);
                    stroke.setGroup(1 + plane.get(from, y));
                    stroke.setPosition(slice);
                    manager.addRoi(stroke);
                    painted[plane.get(from, y)] += 2 * (x - from);
                    from = x;
                }
            }
        }
        return painted;
    }

    private void paintedRoisTrainANetwork() throws IOException, InterruptedException {
        Path model = folder.resolve("from ROIs");
        MenuCommand.run(
                Operations.byId("simulate-fibsem"), "width=72 height=64 depth=6 grain_nm=400 void_fraction=0.2 seed=3");
        RoiManager manager = new RoiManager();
        int[] painted = paint(manager, WindowManager.getImage("labels"));
        Screen.activate(WindowManager.getImage("image"));
        Thread command = new Thread(
                () -> MenuCommand.run(
                        Operations.byId("train-unet"),
                        "input=image labels=roi_manager width=8 depth=2 steps=120 patch=32 validation=0 seed=1 model=["
                                + model + "]"),
                "Train U-Net...");
        command.start();
        ImagePlus live = Screen.await("live curves", () -> WindowManager.getImage("Train U-Net - running"));
        Screen.awaitTrue("time left below the first line", () -> written(live.getProcessor()));
        screen.picture("training");
        command.join(120_000); // some seconds, if nothing else runs
        assertFalse(command.isAlive(), "end of the training");
        Screen.awaitGone("Train U-Net - running");
        ResultsTable summary = ResultsTable.getResultsTable("SinterJ Train U-Net");
        for (int phase = 0; phase < 3; phase++) {
            assertTrue(painted[phase] >= 16, "strokes of each phase: " + java.util.Arrays.toString(painted));
            assertEquals(painted[phase], said(summary, "voxels of class " + (1 + phase)));
        }
        assertEquals(120, said(summary, "steps"));
        double iou = said(summary, "mean_iou");
        assertTrue(iou > 0.6, "of the strokes that it learnt from: " + iou);
        assertTrue(Files.readString(model.resolve("model.json")).contains("sinterj-unet"));
    }

    /** Whether there is a second line of text above the curves. */
    private static boolean written(ImageProcessor picture) {
        int black = 0;
        for (int y = 28; y < 44; y++) {
            for (int x = 0; x < picture.getWidth(); x++) if ((picture.get(x, y) & 0xffffff) == 0) black++;
        }
        return black > 20;
    }

    private static double said(ResultsTable summary, String what) {
        for (int row = 0; row < summary.size(); row++) {
            if (what.equals(summary.getStringValue("what", row))) {
                return Double.parseDouble(summary.getStringValue("value", row));
            }
        }
        throw new AssertionError("the summary does not say " + what);
    }

    private void tooMuchMemoryIsRefused() {
        String error = errorOf(new Patience(), "memory=1e15");
        assertTrue(error.contains("1000000.0 GB") && error.contains("Memory"), error);
        assertNotEquals("", error);
    }
}
