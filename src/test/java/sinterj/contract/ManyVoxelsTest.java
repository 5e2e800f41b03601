package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.InputSlot;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Param;
import sinterj.op.Runner;

/** A volume of more than 2^31 voxels goes through the whole runner: its planes are one array repeated, so it is small. */
@Tag("proof")
class ManyVoxelsTest {
    private static final int SIDE = 1300;

    @Test
    void moreThanTwoToThe31VoxelsAreNoSpecialCase() {
        float[] plane = new float[SIDE * SIDE];
        for (int i = 0; i < plane.length; i++) plane[i] = i % 3;
        List<float[]> planes = Collections.nCopies(SIDE, plane);
        Volume volume = new Volume(Planes.ofFloats(planes, SIDE, SIDE), VoxelSize.cube(2, "nm"));
        assertTrue(volume.count() > 1L << 31);

        Outputs made =
                Runner.run(new Count(), Inputs.of(Frames.of("many", volume)), new Count.Settings(2), Progress.SILENT);

        long inPlane = 0;
        for (float value : plane) if (value >= 2) inPlane++;
        assertEquals((double) inPlane * SIDE, made.table("count").number(0, "voxels"));
        assertEquals(SIDE, made.image("same").first().depth());
        assertEquals(volume.count(), made.image("same").first().count());
    }

    /** Counts voxels from a level up. */
    static final class Count implements Operation<Count.Settings> {
        /** @param level smallest value counted */
        public record Settings(
                @Param(label = "Level", doc = "Smallest value counted.")
                double level) {}

        @Override
        public OperationInfo<Settings> info() {
            return OperationInfo.of("count", "", "Count", "Counts voxels.", new Settings(1))
                    .reads("input", InputSlot.Kind.IMAGE, "Any volume.")
                    .makes("same", OutputSlot.Kind.IMAGE, "The volume.")
                    .makes("count", OutputSlot.Kind.TABLE, "How many.");
        }

        @Override
        public Outputs run(Inputs in, Settings settings, Progress progress) {
            Volume volume = in.volume("input");
            long[] counts = new long[volume.depth()];
            Parallel.forEach(progress, counts.length, z -> {
                for (float value : volume.plane(z)) if (value >= settings.level()) counts[z]++;
            });
            long sum = 0;
            for (long count : counts) sum += count;
            return Outputs.none().with("same", volume).with("count", new Table("voxels").add(sum));
        }
    }
}
