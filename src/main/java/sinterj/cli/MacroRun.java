package sinterj.cli;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;
import java.awt.event.KeyEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import sinterj.base.InvalidInput;
import sinterj.ij.Delivery;
import sinterj.ij.GroupColours;

/** Runs an ImageJ macro without a display, through the real menu. */
final class MacroRun {
    private static final long ESCAPE_EVERY_MS = 50;

    private MacroRun() {}

    /**
     * Runs a macro in batch mode.
     *
     * @param words the macro file, and at most one argument, which the macro reads by {@code getArgument()}
     * @throws InvalidInput if there is no such file, or the macro ends with an error
     * @throws CancellationException if the user pressed Ctrl-C
     */
    static void run(List<String> words) {
        if (words.isEmpty() || words.size() > 2) {
            throw new InvalidInput("'macro' takes a file and at most one argument: macro FILE.ijm [ARGUMENT].");
        }
        String macro = read(Delivery.path(words.get(0)));
        provideColours();
        Interpreter interpreter = new Interpreter();
        Interpreter.batchMode = true;
        AtomicInteger presses = new AtomicInteger();
        Interrupts.listen(() -> {
            if (presses.incrementAndGet() > 1) Runtime.getRuntime().halt(Main.CANCELLED); // it does not listen
            holdEscape();
            interpreter.abortMacro();
        });
        try {
            interpreter.run(macro, words.size() == 2 ? words.get(1) : "");
        } catch (RuntimeException e) {
            if (!Macro.MACRO_CANCELED.equals(e.getMessage())) throw e; // how ImageJ ends a macro that failed
        }
        if (presses.get() > 0) throw new CancellationException("the macro was cancelled");
        if (interpreter.wasError()) throw new InvalidInput("The macro '" + words.get(0) + "' ended with an error.");
    }

    private static void provideColours() {
        String imagej = System.getProperty("plugins.dir");
        if (imagej == null) return;
        try {
            GroupColours.provide(Path.of(imagej));
        } catch (IOException e) {
            throw new InvalidInput("The folder '" + imagej + "' cannot be written. Check its permissions.", e);
        }
    }

    /**
     * Escape is what stops a command. It is held down, since a command that starts at this very moment forgets the keys
     * that were pressed before it.
     */
    private static void holdEscape() {
        new Timer("sinterj-escape", true)
                .schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                IJ.setKeyDown(KeyEvent.VK_ESCAPE);
                            }
                        },
                        0,
                        ESCAPE_EVERY_MS);
    }

    private static String read(Path path) {
        try {
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new InvalidInput("The macro '" + path + "' cannot be read. Check the path.", e);
        }
    }
}
