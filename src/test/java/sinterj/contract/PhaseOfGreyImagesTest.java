package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.command.Operations;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.Outputs;
import sinterj.op.Runner;

/**
 * Every command that takes a phase refuses a grey image, whatever its type and whether the phase is named or not, and
 * takes masks of any type and labels of any number.
 */
class PhaseOfGreyImagesTest {
    private static final int SIDE = 20;

    /** Whole numbers to put into an image of any type. */
    private interface Values {
        int at(int x, int y, int z);
    }

    private enum Type {
        BYTE,
        SHORT,
        FLOAT
    }

    private static Frames image(Type type, Values values) {
        List<byte[]> bytes = new ArrayList<>();
        List<short[]> shorts = new ArrayList<>();
        List<float[]> floats = new ArrayList<>();
        for (int z = 0; z < SIDE; z++) {
            byte[] b = new byte[SIDE * SIDE];
            short[] s = new short[SIDE * SIDE];
            float[] f = new float[SIDE * SIDE];
            for (int i = 0; i < b.length; i++) {
                int value = values.at(i % SIDE, i / SIDE, z);
                b[i] = (byte) value;
                s[i] = (short) value;
                f[i] = value;
            }
            bytes.add(b);
            shorts.add(s);
            floats.add(f);
        }
        VoxelSize size = VoxelSize.cube(1, "nm");
        return Frames.of(
                "image.tif",
                switch (type) {
                    case BYTE -> new Volume(Planes.ofBytes(bytes, SIDE, SIDE), size);
                    case SHORT -> new Volume(Planes.ofShorts(shorts, SIDE, SIDE), size);
                    case FLOAT -> new Volume(Planes.ofFloats(floats, SIDE, SIDE), size);
                });
    }

    private static int noise(int x, int y, int z, int levels) {
        return new SplittableRandom(1 + x + 37L * (y + 37L * z)).nextInt(levels);
    }

    private static Map<String, Values> greys() {
        return Map.of(
                "noise", (x, y, z) -> noise(x, y, z, 256),
                "dark noise of few values", (x, y, z) -> noise(x, y, z, 20),
                "ramp", (x, y, z) -> 3 * x + 4 * y + 2 * z,
                "blob on noise", (x, y, z) -> noise(x, y, z, 30) + (inBall(x, y, z) ? 150 : 40));
    }

    private static boolean inBall(int x, int y, int z) {
        return (x - 9) * (x - 9) + (y - 10) * (y - 10) + (z - 9) * (z - 9) < 50;
    }

    /** 125 cubes of 4 voxels, numbered, 1 to 125. */
    private static int cubes(int x, int y, int z) {
        return 1 + x / 4 + 5 * (y / 4) + 25 * (z / 4);
    }

    private static Stream<Operation<?>> withPhase() {
        return Operations.all().stream().filter(op -> op.info().schema().parameter("phase") != null);
    }

    @Test
    void theCommandsAreThese() {
        assertEquals(
                List.of(
                        "local-thickness",
                        "pore-connectivity",
                        "find-necks",
                        "transport-connectivity",
                        "surfaces-and-chords",
                        "densification",
                        "representative-volume"),
                withPhase().map(op -> op.info().id()).toList());
    }

    /** The ways to name what is measured. */
    private static List<Map<String, Object>> ways(Operation<?> operation, int value) {
        List<Map<String, Object>> ways = new ArrayList<>();
        ways.add(Map.of("phase", value));
        ways.add(Map.of("phase", "auto"));
        if (operation.info().id().equals("local-thickness")) ways.add(Map.of("per_label", true));
        if (operation.info().id().equals("transport-connectivity")) {
            ways.add(Map.of("conductivities", value + ":1", "phase", "auto"));
        }
        return ways;
    }

    @TestFactory
    Stream<DynamicTest> greyImagesAreRefused() {
        return withPhase()
                .flatMap(op -> greys().entrySet().stream()
                        .flatMap(grey -> Stream.of(Type.values())
                                .map(type -> DynamicTest.dynamicTest(
                                        op.info().id() + ": " + grey.getKey() + ", " + type, () -> {
                                            Frames image = image(type, grey.getValue());
                                            int occurs = grey.getValue().at(5, 6, 7);
                                            for (Map<String, Object> way : ways(op, occurs))
                                                requireRefused(op, image, way);
                                        }))));
    }

    private static void requireRefused(Operation<?> operation, Frames image, Map<String, Object> way) {
        String said = assertThrows(InvalidInput.class, () -> run(operation, image, way), way::toString)
                .getMessage();
        assertTrue(said.contains("grey values") && said.contains("Segment it first"), said);
        assertTrue(said.startsWith(operation.info().title() + ": ") && said.endsWith("."), said);
    }

    @TestFactory
    Stream<DynamicTest> fractionsAreRefused() {
        return withPhase()
                .map(op -> DynamicTest.dynamicTest(op.info().id(), () -> {
                    List<float[]> planes = new ArrayList<>();
                    for (int z = 0; z < SIDE; z++) {
                        float[] plane = new float[SIDE * SIDE];
                        for (int i = 0; i < plane.length; i++) plane[i] = inBall(i % SIDE, i / SIDE, z) ? 0.75f : 0.25f;
                        planes.add(plane);
                    }
                    Volume volume = new Volume(Planes.ofFloats(planes, SIDE, SIDE), VoxelSize.cube(1, "nm"));
                    for (Map<String, Object> way : ways(op, 1)) requireRefused(op, Frames.of("image.tif", volume), way);
                }));
    }

    /** One of many labels measures as a mask of that label does. */
    @TestFactory
    Stream<DynamicTest> aLabelOfManyIsAPhase() {
        return withPhase()
                .flatMap(op -> Stream.of(Type.values())
                        .map(type -> DynamicTest.dynamicTest(op.info().id() + ", " + type, () -> {
                            Outputs ofLabel = run(op, image(type, PhaseOfGreyImagesTest::cubes), Map.of("phase", 63));
                            Values mask = (x, y, z) -> cubes(x, y, z) == 63 ? 255 : 0;
                            Outputs ofMask = run(op, image(type, mask), Map.of("phase", 255));
                            assertEquals(Bits.of(ofMask), Bits.of(ofLabel));
                        })));
    }

    @TestFactory
    Stream<DynamicTest> aLabelThatIsNotThereIsRefused() {
        return withPhase()
                .map(op -> DynamicTest.dynamicTest(op.info().id(), () -> {
                    Frames labels = image(Type.SHORT, PhaseOfGreyImagesTest::cubes);
                    String said = assertThrows(InvalidInput.class, () -> run(op, labels, Map.of("phase", 126)))
                            .getMessage();
                    assertTrue(said.contains("phase"), said);
                }));
    }

    @Test
    void conductivitiesOfManyLabelsAreTaken() {
        Operation<?> transport = Operations.byId("transport-connectivity");
        Frames labels = image(Type.BYTE, (x, y, z) -> 1 + (x / 4 + 5 * (z / 4)));
        Map<String, Object> pairs = Map.of("conductivities", "1:1 6:1 11:1 16:1 21:1 99:1");
        Outputs made = run(transport, labels, pairs);
        assertEquals(0.2, made.table("summary").number(0, "k_z"), 1e-6); // a fifth of the section conducts
        assertTrue(made.table("summary")
                .cell(0, made.table("summary").heads().indexOf("note"))
                .toString()
                .contains("no voxel holds 99"));
    }

    private static Outputs run(Operation<?> operation, Frames image, Map<String, Object> way) {
        Map<String, Object> settings = new HashMap<>(way);
        if (operation.info().id().equals("representative-volume")) settings.putAll(Map.of("steps", 2, "cubes", 2));
        if (operation.info().id().equals("pore-connectivity")) settings.put("probes", 2);
        return run(Call.of(operation, settings), image);
    }

    private static <P extends Record> Outputs run(Call<P> call, Frames image) {
        return Runner.run(call.operation(), Inputs.of(image), call.settings(), Progress.SILENT);
    }
}
