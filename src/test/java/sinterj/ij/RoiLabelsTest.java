package sinterj.ij;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.Roi;
import java.awt.GraphicsEnvironment;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

class RoiLabelsTest {
    private static final Volume IMAGE = new Volume(
            Planes.ofBytes(List.of(new byte[30 * 20], new byte[30 * 20], new byte[30 * 20]), 30, 20),
            VoxelSize.cube(5, "nm"));

    private static Roi roi(Roi roi, int group, int slice) {
        roi.setGroup(group);
        roi.setPosition(slice);
        roi.setName("stroke");
        return roi;
    }

    private static int count(float[] plane, int value) {
        int n = 0;
        for (float v : plane) if (v == value) n++;
        return n;
    }

    @Test
    void areasLinesAndPointsAreTheirGroupOnTheirSlice() {
        Line line = new Line(2, 10, 12, 10);
        line.setStrokeWidth(3);
        Volume labels = RoiLabels.painted(
                new Roi[] {
                    roi(new Roi(3, 4, 5, 6), 1, 2),
                    roi(new OvalRoi(15, 2, 10, 10), 2, 2),
                    roi(line, 3, 3),
                    roi(new PointRoi(29, 19), 4, 3)
                },
                IMAGE);
        assertEquals(600, count(labels.plane(0), 0));
        assertEquals(30, count(labels.plane(1), 1));
        assertEquals(1, labels.plane(1)[3 + 30 * 4]);
        assertEquals(Math.PI * 25, count(labels.plane(1), 2), 4);
        assertTrue(count(labels.plane(2), 3) >= 30 && count(labels.plane(2), 3) <= 39);
        assertEquals(4, labels.plane(2)[29 + 30 * 19]);
        assertEquals(IMAGE.size(), labels.size());
    }

    @Test
    void ofTwoUponEachOtherTheLaterCountsAndWhatIsOutsideIsCutOff() {
        Volume labels = RoiLabels.painted(
                new Roi[] {roi(new Roi(0, 0, 10, 10), 1, 1), roi(new Roi(-5, -5, 10, 10), 2, 1)}, IMAGE);
        assertEquals(25, count(labels.plane(0), 2));
        assertEquals(75, count(labels.plane(0), 1));
    }

    @Test
    void withoutGroupOrSliceASentenceSaysWhatToDo() {
        assertTrue(message(roi(new Roi(0, 0, 3, 3), 0, 1)).contains("has no group"));
        assertTrue(message(roi(new Roi(0, 0, 3, 3), 1, 0)).contains("belongs to no slice"));
        assertTrue(message(roi(new Roi(0, 0, 3, 3), 1, 7)).contains("slice 7 of 3"));
    }

    @Test
    void withoutADisplayASentenceSaysSo() {
        Assumptions.assumeTrue(GraphicsEnvironment.isHeadless(), "skipped: there is a display");
        String message =
                assertThrows(InvalidInput.class, () -> RoiLabels.of(IMAGE)).getMessage();
        assertTrue(message.contains("without a display"), message);
    }

    private static String message(Roi roi) {
        return assertThrows(InvalidInput.class, () -> RoiLabels.painted(new Roi[] {roi}, IMAGE))
                .getMessage();
    }
}
