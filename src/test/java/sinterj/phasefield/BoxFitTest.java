package sinterj.phasefield;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import sinterj.base.Progress;

class BoxFitTest {
    private static final double DX = TwinData.SPACING;
    private static final double[][] BALL = {{31.2, 29.7, 30.4}};

    private static Store fitted(Grid grid, double[][] at, double radius) {
        Store store = new Store(TestStates.spheres(grid, at, radius), true);
        assertTrue(BoxFit.fit(store, true, Progress.SILENT), "boxes start large");
        return store;
    }

    @Test
    void ofABallTwoThirdsOfTheBoxAreHeldAndNothingOfItIsLost() {
        Grid grid = Grid.closed(62, 60, 61, DX, 4);
        SinterState start = TestStates.spheres(grid, BALL, 14);
        GrainBox box = fitted(grid, BALL, 14).boxes[0];
        long held = 0;
        for (BoxPlane plane : box.planes) held += plane.area();
        double share = (double) held / ((long) box.size[0] * box.size[1] * box.size[2]);
        assertTrue(share > 0.6 && share < 0.8, "held: " + share);
        SinterState.Grain grain = start.grains().get(0);
        double most = 0;
        for (int z = 0; z < grain.size()[2]; z++) {
            for (int y = 0; y < grain.size()[1]; y++) {
                for (int x = 0; x < grain.size()[0]; x++) {
                    float was = grain.values()[x + grain.size()[0] * (y + grain.size()[1] * z)];
                    int k = grain.from()[2] + z - box.from[2];
                    int column = grain.from()[0] + x - box.from[0];
                    int row = grain.from()[1] + y - box.from[1];
                    most = Math.max(most, Math.abs(was - box.at(Store.STATE, column, row, k, grid)));
                }
            }
        }
        assertTrue(most < 3e-4, "cut off: " + most); // 0.004 three voxels further on, at e a voxel
    }

    @Test
    void whatStillFitsStays() {
        Store store = fitted(Grid.closed(62, 60, 61, DX, 4), BALL, 14);
        GrainBox box = store.boxes[0];
        assertFalse(BoxFit.fit(store, true, Progress.SILENT));
        assertFalse(BoxFit.fit(store, false, Progress.SILENT));
        assertSame(box, store.boxes[0]);
    }

    @Test
    void whatGrowsIsHeldAgainBeforeItReachesTheEnd() {
        Grid grid = Grid.closed(62, 60, 61, DX, 4);
        Store store = fitted(grid, BALL, 14);
        GrainBox box = store.boxes[0];
        BoxPlane top = box.planes[3];
        // Near the top of the ball, where planes are small: one voxel more inside the margin is enough.
        box.values[Store.STATE][3][top.index(top.x + 1, top.y + 1)] = 0.5f;
        assertTrue(BoxFit.fit(store, false, Progress.SILENT));
        GrainBox moved = store.boxes[0];
        int x = box.from[0] + top.x + 1 - moved.from[0];
        int y = box.from[1] + top.y + 1 - moved.from[1];
        int k = box.from[2] + 3 - moved.from[2];
        assertEquals(0.5f, moved.at(Store.STATE, x, y, k, grid));
        assertTrue(moved.planes[k].holds(x - 3, y - 3));
        assertTrue(moved.planes[k + 1].holds(x - 3, y - 3));
    }

    @Test
    void atAWallAndAroundACornerNeighboursAreThoseOfTheGrid() {
        Grid walls = Grid.closed(40, 38, 36, DX, 4);
        GrainBox box = fitted(walls, new double[][] {{3, 19, 2}}, 9).boxes[0];
        float[] work = new float[box.planes[0].length];
        assertSame(box.values[Store.STATE][0], box.neighbour(Store.STATE, 0, -1, walls, work), "a mirror");
        BoxPlane p = box.planes[4];
        float[] first = box.values[Store.STATE][4];
        assertEquals(0, box.from[0] + p.x);
        assertEquals(first[p.index(0, 15)], first[p.index(0, 15) - 1], "a mirror");

        Grid around = new Grid(40, 38, 36, DX, 4, true, true, true);
        GrainBox wrapped = fitted(around, new double[][] {{1, 19, 2}}, 7).boxes[0];
        assertTrue(wrapped.from[0] > 20 && wrapped.from[2] > 20, "it lies across the corner");
        assertTrue(wrapped.planes[0].area() < wrapped.planes[wrapped.size[2] / 2].area());
        assertEquals(-1, wrapped.planeOrMirror(-1, around));
    }

    @Test
    void neighboursOfAnotherShapeComeInTheShapeOfThePlane() {
        Grid grid = Grid.closed(62, 60, 61, DX, 4);
        GrainBox box = fitted(grid, BALL, 14).boxes[0];
        for (int k = 0; k < box.size[2]; k++) {
            BoxPlane p = box.planes[k];
            for (int by = -1; by <= 1; by += 2) {
                float[] next = box.neighbour(Store.STATE, k, by, grid, new float[p.length]);
                for (int y = p.y; y < p.y + p.height; y++) {
                    for (int x = p.x; x < p.x + p.width; x++) {
                        assertEquals(box.at(Store.STATE, x, y, k + by, grid), next[p.index(x, y)]);
                    }
                }
            }
        }
    }
}
