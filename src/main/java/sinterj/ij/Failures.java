package sinterj.ij;

import ij.IJ;
import ij.Macro;
import java.util.concurrent.CancellationException;
import sinterj.base.InvalidInput;

/** Runs a command of the menu and says in one sentence what went wrong; a fault of ours leaves its trace in the log. */
final class Failures {
    private static final String OUT_OF_MEMORY =
            "The memory is used up. Close images, crop, bin by 2, or raise Edit > Options > Memory & Threads.";

    private Failures() {}

    static void shown(Runnable command) {
        try {
            command.run();
        } catch (InvalidInput e) {
            IJ.error("SinterJ", e.getMessage());
        } catch (CancellationException e) {
            IJ.showStatus("Cancelled; nothing was made.");
        } catch (OutOfMemoryError e) {
            IJ.error("SinterJ", OUT_OF_MEMORY);
        } catch (RuntimeException | Error e) {
            if (Macro.MACRO_CANCELED.equals(e.getMessage())) throw e; // how ImageJ ends a macro
            IJ.handleException(e);
            IJ.error("SinterJ", "SinterJ failed (" + e + "). This is a fault of SinterJ; the log has the details.");
        }
    }
}
