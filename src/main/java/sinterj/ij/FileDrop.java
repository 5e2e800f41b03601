package sinterj.ij;

import java.awt.Component;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.Transferable;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.awt.dnd.DnDConstants;
import java.awt.dnd.DropTarget;
import java.awt.dnd.DropTargetAdapter;
import java.awt.dnd.DropTargetDropEvent;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Lets a file or folder be dropped anywhere on a window; its path is handed on. */
final class FileDrop extends DropTargetAdapter {
    private final Consumer<String> path;

    private FileDrop(Consumer<String> path) {
        this.path = path;
    }

    static void onto(Component component, Consumer<String> path) {
        new DropTarget(component, new FileDrop(path));
    }

    @Override
    public void drop(DropTargetDropEvent event) {
        event.acceptDrop(DnDConstants.ACTION_COPY);
        String dropped = path(event.getTransferable());
        if (dropped != null) path.accept(dropped);
        event.dropComplete(dropped != null);
    }

    /** The first file of what was dropped; null if there is none. */
    private static String path(Transferable dropped) {
        if (!dropped.isDataFlavorSupported(DataFlavor.javaFileListFlavor)) return null;
        try {
            List<?> files = (List<?>) dropped.getTransferData(DataFlavor.javaFileListFlavor);
            return !files.isEmpty() && files.get(0) instanceof File file ? file.getAbsolutePath() : null;
        } catch (UnsupportedFlavorException | IOException e) {
            return null; // gone again: as if nothing had been dropped
        }
    }
}
