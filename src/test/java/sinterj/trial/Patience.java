package sinterj.trial;

import java.util.Arrays;
import java.util.List;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Param;

/** For tests of the doors: works as long as it is told to, shows how far it is, and can end early with what it has. */
public final class Patience implements Operation<Patience.Settings> {
    /** How long. */
    public record Settings(
            @Param(label = "Steps", min = 1, max = 100000, doc = "Rounds of work.")
            int steps,

            @Param(label = "Pause (ms)", min = 0, max = 1000, doc = "Length of a round.")
            int pauseMs,

            @Param(label = "Memory (byte)", min = 0, doc = "What it says that it needs.")
            long memory) {}

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of("patience", "Trial", "Wait For It...", "Takes its time.", new Settings(1000, 20, 0))
                .makes("best", OutputSlot.Kind.IMAGE, "Every pixel holds the number of rounds.")
                .makes("rounds", OutputSlot.Kind.TABLE, "The number of rounds.")
                .can(OperationInfo.Trait.KEEPS_BEST)
                .help("Waits.");
    }

    @Override
    public long memory(Inputs in, Settings settings) {
        return settings.memory();
    }

    @Override
    public Outputs run(Inputs in, Settings settings, Progress progress) {
        int round = 0;
        while (round < settings.steps() && !progress.finishEarly()) {
            progress.check();
            progress.report((double) round / settings.steps(), "Round " + round);
            sleep(settings.pauseMs());
            round++;
            if (progress.isShown() && round % 10 == 0) progress.show("round " + round, 96, 64, ramp(round));
        }
        float[] plane = new float[12];
        Arrays.fill(plane, round);
        Volume volume = new Volume(Planes.ofFloats(List.of(plane), 4, 3), VoxelSize.cube(2, "nm"));
        Outputs made = Outputs.none().with("best", volume).with("rounds", new Table("rounds").add(round));
        return round < settings.steps() ? made.incomplete() : made;
    }

    private static float[] ramp(int round) {
        float[] pixels = new float[96 * 64];
        for (int i = 0; i < pixels.length; i++) pixels[i] = (i % 96 + round) % 96;
        return pixels;
    }

    private static void sleep(int ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
