package sinterj.assimilate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.phasefield.Course;
import sinterj.phasefield.Grid;
import sinterj.phasefield.Material;
import sinterj.phasefield.RigidBody;
import sinterj.phasefield.SinterState;
import sinterj.phasefield.Sintering;
import sinterj.phasefield.Sphere;
import sinterj.phasefield.StartFromSpheres;
import sinterj.phasefield.Stepping;

class PhaseFieldModelTest {
    private static final double[] SECONDS = {0, 1, 2};
    private static final SinterState PAIR = StartFromSpheres.of(
            new Grid(40, 22, 1, 6e-9, 4, false, false, false),
            List.of(new Sphere(1, 78e-9, 66e-9, 0, 42e-9), new Sphere(2, 160e-9, 66e-9, 0, 40e-9)),
            Progress.SILENT);

    private static Material copper(double stiffness) {
        return new Material(
                1.35,
                0.6995,
                Material.Diffusion.of(1e-21, 1e-22, 9.88e-17, 1.09e-17, 7.11e-6, 623.15),
                6.54e-10,
                new Material.Motion(RigidBody.WANG, 9.48e-21, Double.NaN, stiffness, 0.98, 0.14));
    }

    private static PhaseFieldModel.Physics physics(Map<String, Double> p, SinterState start) {
        return PhaseFieldModel.Physics.of(copper(p.get("k")));
    }

    @Test
    void everyFrameComesInItsTurn() {
        List<Integer> seen = new ArrayList<>();
        PhaseFieldModel model = new PhaseFieldModel(
                p -> PAIR, PhaseFieldModelTest::physics, SECONDS, new int[] {40, 22, 1}, new double[] {6e-9, 6e-9, 6e-9
                });
        model.run(Map.of("k", 1.219e6), (frame, density) -> seen.add(frame), Progress.SILENT);
        assertEquals(List.of(0, 1, 2), seen);
    }

    /** What a simulation refuses is a failed trial, not the end of the search. */
    @Test
    void impossibleParametersAreAFailedTrial() {
        PhaseFieldModel model = new PhaseFieldModel(
                p -> PAIR, PhaseFieldModelTest::physics, SECONDS, new int[] {40, 22, 1}, new double[] {6e-9, 6e-9, 6e-9
                });
        assertThrows(
                ArithmeticException.class,
                () -> model.run(Map.of("k", 1e15), (frame, density) -> true, Progress.SILENT));
    }

    @Test
    void aRunBeyondItsEvaluationsIsGivenUpInASentence() {
        Stepping few = Stepping.adaptive().within(10);
        String sentence = assertThrows(
                        InvalidInput.class,
                        () -> Sintering.run(
                                PAIR, Course.constant(copper(1.219e6)), SECONDS, few, frame -> true, Progress.SILENT))
                .getMessage();
        assertTrue(sentence.contains("evaluations") && sentence.contains("k_stiffness"), sentence);
    }
}
