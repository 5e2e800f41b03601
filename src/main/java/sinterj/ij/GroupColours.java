package sinterj.ij;

import ij.process.LUT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import sinterj.image.Look;

/**
 * Colours of ROI groups. ImageJ takes them from a lookup table of its folder, {@code luts/glasbey.lut}, and complains in
 * its log where there is none, as in the folder that the shell makes for a macro. There it gets the colours of labels.
 */
public final class GroupColours {
    private GroupColours() {}

    /**
     * Puts the table into a folder of ImageJ that has no lookup tables; any other is left as it is,
     * and so is one that cannot be written.
     *
     * @param imagej folder that holds {@code plugins}
     * @throws IOException if it cannot be written
     */
    public static void provide(Path imagej) throws IOException {
        Path folder = imagej.resolve("luts");
        if (Files.exists(folder) || !Files.isWritable(imagej)) return;
        LUT table = Colours.table(Look.LABELS);
        byte[] bytes = new byte[3 * table.getMapSize()];
        byte[][] channels = new byte[3][table.getMapSize()];
        table.getReds(channels[0]);
        table.getGreens(channels[1]);
        table.getBlues(channels[2]);
        for (int c = 0; c < 3; c++) System.arraycopy(channels[c], 0, bytes, c * table.getMapSize(), table.getMapSize());
        Files.write(Files.createDirectory(folder).resolve("glasbey.lut"), bytes);
    }
}
