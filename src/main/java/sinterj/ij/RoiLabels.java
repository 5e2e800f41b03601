package sinterj.ij;

import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;
import ij.process.ByteProcessor;
import java.awt.GraphicsEnvironment;
import java.awt.Point;
import java.util.ArrayList;
import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.Volume;

/** Labels painted as ROIs: each belongs to a slice, and its group is the number of its phase. */
final class RoiLabels {
    /** Stands in place of an image. */
    static final String WORD = "roi_manager";

    private RoiLabels() {}

    /**
     * The ROIs of the ROI Manager as a label image.
     *
     * @param image of whose size it will be
     * @throws InvalidInput if there are none, or one has no group or slice
     */
    static Frames of(Volume image) {
        if (GraphicsEnvironment.isHeadless()) {
            throw new InvalidInput(
                    "'labels' is " + WORD + ", but without a display ImageJ has no ROI Manager. Give a label"
                            + " image, made with a display.");
        }
        RoiManager manager = RoiManager.getInstance2();
        Roi[] rois = manager == null ? new Roi[0] : manager.getRoisAsArray();
        if (rois.length == 0) {
            throw new InvalidInput("'labels' is " + WORD + ", but the ROI Manager holds no ROI. Paint some and add them"
                    + " with T, or give a label image.");
        }
        return Frames.of(WORD, painted(rois, image));
    }

    /** ROIs as labels, 0 where there are none; where two lie on each other the later one counts. */
    static Volume painted(Roi[] rois, Volume image) {
        int width = image.width();
        int height = image.height();
        List<byte[]> planes = new ArrayList<>();
        for (int z = 0; z < image.depth(); z++) planes.add(new byte[width * height]);
        for (Roi roi : rois) {
            ByteProcessor plane = new ByteProcessor(width, height, planes.get(slice(roi, image.depth()) - 1));
            plane.setColor(group(roi));
            paint(roi, plane);
        }
        return new Volume(Planes.ofBytes(planes, width, height), image.size());
    }

    private static void paint(Roi roi, ByteProcessor plane) {
        if (roi instanceof PointRoi) {
            for (Point p : roi.getContainedPoints()) {
                boolean inside = p.x >= 0 && p.y >= 0 && p.x < plane.getWidth() && p.y < plane.getHeight();
                if (inside) plane.set(p.x, p.y, roi.getGroup());
            }
        } else if (roi.isArea()) {
            plane.fill(roi);
        } else {
            plane.setLineWidth(Math.max(1, Math.round(roi.getStrokeWidth())));
            roi.drawPixels(plane);
        }
    }

    private static int group(Roi roi) {
        if (roi.getGroup() > 0) return roi.getGroup();
        throw new InvalidInput("The ROI '" + roi.getName() + "' in the ROI Manager has no group, which is to say its"
                + " phase. Set its group to 1 for the first phase, 2 for the second and so on.");
    }

    private static int slice(Roi roi, int depth) {
        int slice = roi.hasHyperStackPosition() ? roi.getZPosition() : roi.getPosition();
        if (slice < 1 && depth == 1) return 1;
        if (slice >= 1 && slice <= depth) return slice;
        throw new InvalidInput("The ROI '" + roi.getName() + "' in the ROI Manager "
                + (slice < 1 ? "belongs to no slice" : "belongs to slice " + slice + " of " + depth)
                + ". Select its slice, and the ROI, and press Update.");
    }
}
