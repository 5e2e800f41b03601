package sinterj.ij;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;
import java.util.concurrent.CancellationException;
import sinterj.base.InvalidInput;

/** Runs a command of the menu and says in one sentence what went wrong; a fault of ours leaves its trace in the log. */
final class Failures {
    private static final String OUT_OF_MEMORY =
            "The memory is used up. Close images, crop, bin by 2, or raise Edit > Options > Memory & Threads.";

    private static final int LINE = 70;

    private Failures() {}

    static void shown(Runnable command) {
        try {
            command.run();
        } catch (InvalidInput e) {
            say(e.getMessage());
        } catch (CancellationException e) {
            IJ.showStatus("Cancelled; nothing was made.");
        } catch (OutOfMemoryError e) {
            say(OUT_OF_MEMORY);
        } catch (RuntimeException | Error e) {
            if (Macro.MACRO_CANCELED.equals(e.getMessage())) throw e; // how ImageJ ends a macro
            IJ.handleException(e);
            say("SinterJ failed (" + e + "). This is a fault of SinterJ; the log has the details.");
        }
    }

    private static void say(String sentence) {
        boolean window = IJ.getInstance() != null && Interpreter.getInstance() == null;
        IJ.error("SinterJ", window ? wrapped(sentence) : sentence);
    }

    /** The sentence in lines of readable length: ImageJ's message window is as wide as its longest line. */
    static String wrapped(String sentence) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (String word : sentence.split(" ")) {
            if (column > 0 && column + word.length() >= LINE) {
                text.append('\n');
                column = 0;
            } else if (column > 0) {
                text.append(' ');
            }
            text.append(word);
            column += word.length() + 1;
        }
        return text.toString();
    }
}
