package sinterj.ij;

import ij.ImagePlus;
import ij.WindowManager;
import java.awt.AWTException;
import java.awt.Button;
import java.awt.Checkbox;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.Menu;
import java.awt.MenuBar;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.Transferable;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.awt.dnd.DnDConstants;
import java.awt.dnd.DragSource;
import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.ItemEvent;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.swing.JButton;

/** Hands and eyes of a test at the screen: waits for windows, clicks and types as a person does, takes pictures. */
final class Screen {
    private static final long PATIENCE_MS = 15_000;

    private final Robot robot;
    private final Path pictures;

    /** @param pictures folder for the pictures, made if it is missing */
    Screen(Path pictures) {
        this.pictures = pictures;
        try {
            robot = new Robot();
        } catch (AWTException e) {
            throw new IllegalStateException(e);
        }
        // Not waitForIdle, which waits for ten seconds while a live view is repainted.
        robot.setAutoDelay(40);
    }

    // --- waiting -------------------------------------------------------------------------------------------------

    /** The thing once it is there. */
    static <T> T await(String what, Supplier<T> thing) {
        long end = System.currentTimeMillis() + PATIENCE_MS;
        while (System.currentTimeMillis() < end) {
            T found = thing.get();
            if (found != null) return found;
            pause(20);
        }
        throw new AssertionError("there is no " + what + "; windows: " + titles());
    }

    static void awaitTrue(String what, BooleanSupplier condition) {
        await(what, () -> condition.getAsBoolean() ? true : null);
    }

    static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // --- windows -------------------------------------------------------------------------------------------------

    /** The visible window with a title, once it is there. */
    static Window window(String title) {
        Window window = await("window '" + title + "'", () -> visible(title));
        Rectangle before = null;
        while (!place(window).equals(before)) { // shown, but perhaps not yet in its place, nor painted
            before = place(window);
            pause(200);
        }
        return window;
    }

    /**
     * Makes an image the active one, and sees that it stays so: the window of an image shown before may tell late that
     * it was activated, and be taken for the active one again.
     */
    static void activate(ImagePlus image) {
        int[] held = {0};
        awaitTrue("active image " + image.getTitle(), () -> {
            if (WindowManager.getCurrentImage() == image) return ++held[0] > 10;
            held[0] = 0;
            EventQueue.invokeLater(() -> image.getWindow().toFront());
            WindowManager.setCurrentWindow(image.getWindow());
            return false;
        });
    }

    /** The image with a title, once it is the active one. */
    static ImagePlus activeImage(String title) {
        return await("active image " + title, () -> {
            ImagePlus active = WindowManager.getCurrentImage();
            return active != null && active.getTitle().equals(title) ? active : null;
        });
    }

    static void awaitGone(String title) {
        awaitTrue("end of the window '" + title + "'", () -> visible(title) == null);
    }

    static Window visible(String title) {
        return Arrays.stream(Window.getWindows())
                .filter(Window::isShowing)
                .filter(w -> title(w).equals(title))
                .findFirst()
                .orElse(null);
    }

    static List<String> titles() {
        return Arrays.stream(Window.getWindows())
                .filter(Window::isShowing)
                .map(Screen::title)
                .toList();
    }

    static String title(Window window) {
        if (window instanceof java.awt.Frame frame) return frame.getTitle();
        return window instanceof java.awt.Dialog dialog ? dialog.getTitle() : "";
    }

    // --- inside of a window --------------------------------------------------------------------------------------

    /** All components of a kind within a window, in the order in which they were added. */
    static <T extends Component> List<T> all(Container container, Class<T> kind) {
        List<T> found = new ArrayList<>();
        for (Component component : container.getComponents()) {
            if (kind.isInstance(component)) found.add(kind.cast(component));
            if (component instanceof Container inner) found.addAll(all(inner, kind));
        }
        return found;
    }

    /** The button of AWT or Swing with a label. */
    static Component button(Window window, String label) {
        return all(window, Component.class).stream()
                .filter(c -> c instanceof Button b && b.getLabel().trim().equals(label)
                        || c instanceof JButton j && j.getText().trim().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button '" + label + "' in '" + title(window) + "'"));
    }

    /**
     * Closes every dialog and window but one, until none is left and no command runs that could open another.
     *
     * @param main the window that stays
     */
    void closeAllBut(Window main) {
        awaitTrue("end of every command", () -> {
            boolean quiet = Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(t -> t.isAlive() && t.getName().endsWith("..."));
            for (Window window : Window.getWindows()) {
                if (window == main || !window.isShowing()) continue;
                quiet = false;
                if (window instanceof ij.gui.GenericDialog dialog && dialog.getButtons()[1].isShowing()) {
                    press(window, "Cancel");
                } else if (window instanceof ij.gui.ImageWindow image) {
                    image.getImagePlus().changes = false;
                    image.close();
                } else if (window instanceof ij.text.TextWindow text) {
                    text.close(false);
                } else if (window instanceof ij.plugin.frame.PlugInFrame frame) {
                    frame.close();
                } else {
                    window.dispose();
                }
            }
            pause(50);
            return quiet;
        });
    }

    // --- hands ---------------------------------------------------------------------------------------------------

    /** Presses a button by its action, which no other window in front of it can catch. */
    void press(Window window, String label) {
        Component button = button(window, label);
        EventQueue.invokeLater(() -> {
            if (button instanceof JButton swing) swing.doClick();
            else button.dispatchEvent(new ActionEvent(button, ActionEvent.ACTION_PERFORMED, label));
        });
    }

    /** Turns a check box on or off, as a click does. */
    void tick(Checkbox box, boolean on) {
        EventQueue.invokeLater(() -> {
            box.setState(on);
            int change = on ? ItemEvent.SELECTED : ItemEvent.DESELECTED;
            box.dispatchEvent(new ItemEvent(box, ItemEvent.ITEM_STATE_CHANGED, box.getLabel(), change));
        });
    }

    void click(Component component) {
        Point corner = component.getLocationOnScreen();
        Dimension size = component.getSize();
        click(corner.x + size.width / 2, corner.y + size.height / 2);
    }

    void click(int x, int y) {
        robot.mouseMove(x, y);
        robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
        robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
    }

    /** The text on the clipboard; empty if there is none. */
    static String clipboard() {
        try {
            return (String) Toolkit.getDefaultToolkit().getSystemClipboard().getData(DataFlavor.stringFlavor);
        } catch (UnsupportedFlavorException | IOException | IllegalStateException e) {
            return ""; // none yet, or another program is about to change it
        }
    }

    /** Lets a file be dragged from a component. */
    static void offer(Component component, File file) {
        DragSource.getDefaultDragSource()
                .createDefaultDragGestureRecognizer(
                        component,
                        DnDConstants.ACTION_COPY,
                        gesture -> gesture.startDrag(null, new Transferable() {
                            @Override
                            public DataFlavor[] getTransferDataFlavors() {
                                return new DataFlavor[] {DataFlavor.javaFileListFlavor};
                            }

                            @Override
                            public boolean isDataFlavorSupported(DataFlavor flavor) {
                                return flavor.equals(DataFlavor.javaFileListFlavor);
                            }

                            @Override
                            public Object getTransferData(DataFlavor flavor) {
                                return List.of(file);
                            }
                        }));
    }

    /** Drags from one place of the screen to another with the mouse. */
    void drag(int fromX, int fromY, int toX, int toY) {
        robot.mouseMove(fromX, fromY);
        robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
        for (int i = 1; i <= 20; i++) {
            robot.mouseMove(fromX + (toX - fromX) * i / 20, fromY + (toY - fromY) * i / 20);
        }
        pause(300);
        robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
    }

    void key(int code) {
        robot.keyPress(code);
        robot.keyRelease(code);
    }

    /**
     * Opens the menu bar with the mouse and goes to an entry with the arrow keys; Enter then chooses it.
     *
     * @param frame the frame with the menu bar
     * @param path labels from the menu in the bar, which is not its first, to the entry
     */
    void openMenu(java.awt.Frame frame, List<String> path) {
        Point corner = frame.getLocationOnScreen();
        click(corner.x + 20, corner.y + frame.getInsets().top - 8); // the first menu; the bar lies above the content
        MenuBar bar = frame.getMenuBar();
        int number = 0;
        while (!bar.getMenu(number).getLabel().equals(path.get(0))) number++;
        // To the left and round the end, since an arrow to the right opens the submenu of the entry it comes from.
        for (int i = bar.getMenuCount(); i > number; i--) key(KeyEvent.VK_LEFT);
        Menu menu = bar.getMenu(number);
        for (int level = 1; level < path.size(); level++) {
            int entry = goTo(menu, path.get(level));
            if (level == path.size() - 1) return;
            menu = (Menu) menu.getItem(entry);
            key(KeyEvent.VK_RIGHT);
        }
    }

    /** From the first entry of an open menu, where the arrow keys start, down to the one with a label. */
    private int goTo(Menu menu, String label) {
        for (int i = 0; i < menu.getItemCount(); i++) {
            String here = menu.getItem(i).getLabel();
            if (here.equals(label)) return i;
            if (!here.equals("-")) key(KeyEvent.VK_DOWN);
        }
        throw new AssertionError("the menu " + menu.getLabel() + " has no entry " + label);
    }

    // --- eyes ----------------------------------------------------------------------------------------------------

    /** A picture of the whole screen. */
    void picture(String name) {
        picture(name, new Rectangle(Toolkit.getDefaultToolkit().getScreenSize()));
    }

    /** A picture of a window, once it is painted. */
    void picture(String name, Window window) {
        EventQueue.invokeLater(window::toFront);
        int[] before = null;
        for (int attempt = 0; attempt < 10; attempt++) {
            pause(80);
            int[] now = pixels(robot.createScreenCapture(place(window)));
            if (before != null && Arrays.stream(now).distinct().count() > 1 && isNearly(before, now)) break;
            before = now;
        }
        picture(name, place(window));
    }

    /** Not its bounds, which may be those that it was meant to have. */
    private static Rectangle place(Window window) {
        return new Rectangle(window.getLocationOnScreen(), window.getSize());
    }

    /** Equal but for a blinking caret. */
    private static boolean isNearly(int[] a, int[] b) {
        int different = 0;
        for (int i = 0; i < a.length && i < b.length; i++) if (a[i] != b[i]) different++;
        return a.length == b.length && different < 100;
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private void picture(String name, Rectangle area) {
        try {
            Files.createDirectories(pictures);
            ImageIO.write(
                    robot.createScreenCapture(area),
                    "png",
                    pictures.resolve(name + ".png").toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
