package sinterj.contract;

import java.util.Arrays;
import java.util.Map;
import sinterj.image.Frames;
import sinterj.image.Plot;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.op.Outputs;

/** Everything that an operation made, as one text that differs when a single bit does. */
final class Bits {
    private Bits() {}

    static String of(Outputs outputs) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Object> slot : outputs.bySlot().entrySet()) {
            text.append(slot.getKey()).append(": ");
            if (slot.getValue() instanceof Frames image) image(text, image);
            if (slot.getValue() instanceof Table table) table(text, table);
            if (slot.getValue() instanceof Plot plot) table(text, plot.points());
            text.append('\n');
        }
        return text.toString();
    }

    private static void image(StringBuilder text, Frames image) {
        for (Volume volume : image.volumes()) {
            text.append(volume.width()).append('x').append(volume.height()).append(' ');
            for (int z = 0; z < volume.depth(); z++)
                text.append(Arrays.hashCode(volume.plane(z))).append(' ');
        }
    }

    private static void table(StringBuilder text, Table table) {
        text.append(table.heads());
        for (int row = 0; row < table.size(); row++) {
            for (int column = 0; column < table.heads().size(); column++) {
                text.append(' ').append(table.cell(row, column));
            }
        }
    }
}
