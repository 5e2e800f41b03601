package sinterj.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.FrameTimes;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.trial.Blend;
import sinterj.trial.Patience;

class RunnerTest {
    private static final Operation<Blend.Settings> BLEND = new Blend();

    private static Frames movie(String title, int frames, float start) {
        List<Volume> volumes = new ArrayList<>();
        for (int t = 0; t < frames; t++) {
            volumes.add(Blend.image("", 7, 11, 5, start + 1000 * t).first());
        }
        return new Frames(title, volumes, FrameTimes.regular(frames, 2.5), Map.of());
    }

    private static Outputs blend(Frames a, Frames b) {
        return Runner.run(
                BLEND, Inputs.none().with("input", a).with("other_image", b), Blend.DEFAULTS, Progress.SILENT);
    }

    private static String refusal(Frames a, Frames b) {
        return assertThrows(InvalidInput.class, () -> blend(a, b)).getMessage();
    }

    private static JsonObject provenance(Frames image) {
        return JsonParser.parseString(image.notes().get(Frames.PROVENANCE)).getAsJsonObject();
    }

    @Test
    void calibrationAndTitleGoThrough() {
        Frames made = blend(Blend.image("a", 7, 11, 5, 0), Blend.image("b", 7, 11, 5, 0))
                .image("blended");
        assertEquals("a-blended", made.title());
        assertEquals(new VoxelSize(1, 1, 3, "nm"), made.first().size());
        assertEquals(11, made.first().height());
    }

    @Test
    void anOperationOnOneVolumeIsRunPerTimePoint() {
        Outputs made = blend(movie("a", 3, 0), movie("b", 3, 500));
        Frames blended = made.image("blended");
        assertEquals(3, blended.count());
        for (int t = 0; t < 3; t++) {
            assertEquals(1000 * t + 250, blended.volumes().get(t).plane(0)[0]);
        }
        assertEquals(2.5, blended.times().interval());
        Table summary = made.table("summary");
        assertEquals(List.of("frame", "z", "mean (counts)"), summary.heads());
        assertEquals(15, summary.size());
        assertEquals(1, summary.number(0, "frame"));
        assertEquals(3, summary.number(14, "frame"));
        assertEquals(3, made.plot("profile").curves().size());
        assertEquals("frame 2 mean", made.plot("profile").curves().get(1).name());
    }

    @Test
    void anImageWithoutTimePointsServesAllOfAnother() {
        Frames blended = blend(movie("a", 3, 0), Blend.image("b", 7, 11, 5, 0)).image("blended");
        assertEquals(3, blended.count());
        assertEquals(1000, blended.volumes().get(2).plane(0)[0]); // half of 2000 and half of 0
    }

    @Test
    void differentNumbersOfTimePointsAreRefused() {
        String sentence = refusal(movie("a", 3, 0), movie("b", 2, 0));
        assertTrue(sentence.contains("'b' has 2 frames") && sentence.contains("3"), sentence);
    }

    @Test
    void unequalTimesGoThrough() {
        Frames input = movie("a", 3, 0).withTimes(new FrameTimes(new double[] {0, 1, 10}));
        assertArrayEquals(
                new double[] {0, 1, 10},
                blend(input, movie("b", 3, 0)).image("blended").times().seconds());
    }

    @Test
    void inputsAreNotChanged() {
        Frames a = Blend.image("a", 7, 11, 5, 0);
        float[] before = a.first().plane(3).clone();
        blend(a, Blend.image("b", 7, 11, 5, 9));
        assertArrayEquals(before, a.first().plane(3));
    }

    @Test
    void aPixelThatIsNoNumberIsRefusedWithItsPlace() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            Frames a = movie("a", 2, 0);
            a.volumes().get(1).plane(3)[2 * 7 + 4] = bad;
            String sentence = refusal(a, movie("b", 2, 0));
            assertTrue(sentence.contains("'a' holds " + bad + " at x=4, y=2, slice 4"), sentence);
        }
    }

    @Test
    void aMissingInputIsNamed() {
        InvalidInput e = assertThrows(
                InvalidInput.class,
                () -> Runner.run(BLEND, Inputs.of(movie("a", 1, 0)), Blend.DEFAULTS, Progress.SILENT));
        assertEquals("Blend Two Images: 'other_image' is needed: The second image.", e.getMessage());
    }

    @Test
    void aSentenceOfTheOperationGetsItsNameOnce() {
        String sentence = refusal(Blend.image("a", 7, 11, 5, 0), Blend.image("b", 7, 12, 5, 0));
        assertEquals("Blend Two Images: The images have different sizes. Give two of one size.", sentence);
    }

    @Test
    void moreMemoryThanThereIsIsRefusedWithBothFigures() {
        InvalidInput e = assertThrows(
                InvalidInput.class,
                () -> Runner.run(
                        new Patience(), Inputs.none(), new Patience.Settings(1, 0, 1L << 50), Progress.SILENT));
        assertTrue(
                e.getMessage()
                        .matches("Wait For It: Needs about 1125899.9 GB but [0-9.]+ [GM]B is free\\. Crop, bin by 2, or"
                                + " raise Edit > Options > Memory & Threads\\."),
                e.getMessage());
    }

    @Test
    void memoryIsToldInReadableFigures() {
        assertEquals("1 MB", Memory.text(12));
        assertEquals("250 MB", Memory.text(250_000_000));
        assertEquals("9.4 GB", Memory.text(9_400_000_000L));
        Memory.require(5, 5);
        assertThrows(InvalidInput.class, () -> Memory.require(6, 5));
    }

    @Test
    void provenanceSaysWhatWasDoneToWhatAndWhereThatCameFrom() {
        Frames first = blend(movie("a", 1, 0), movie("b", 1, 9)).image("blended");
        Frames second = blend(first, movie("c", 1, 1)).image("twice");
        JsonObject json = provenance(second);
        assertEquals("blend", json.get("command").getAsString());
        assertTrue(json.get("complete").getAsBoolean());
        assertEquals("0.5", json.getAsJsonObject("settings").get("weight").getAsString());
        assertEquals("12345678901", json.getAsJsonObject("settings").get("seed").getAsString());
        JsonObject input = json.getAsJsonArray("inputs").get(0).getAsJsonObject();
        assertEquals("a-blended", input.get("title").getAsString());
        assertEquals(64, input.get("sha256").getAsString().length());
        JsonObject earlier = input.getAsJsonObject("provenance");
        assertEquals(
                "a",
                earlier.getAsJsonArray("inputs")
                        .get(0)
                        .getAsJsonObject()
                        .get("title")
                        .getAsString());
        assertFalse(second.notes().get(Frames.PROVENANCE).contains("\n"));
    }

    @Test
    void aNoteThatSomebodyBrokeIsKeptAsText() {
        Frames a = movie("a", 1, 0).withNote(Frames.PROVENANCE, "{broken");
        JsonObject json = provenance(blend(a, movie("b", 1, 0)).image("blended"));
        assertEquals(
                "{broken",
                json.getAsJsonArray("inputs")
                        .get(0)
                        .getAsJsonObject()
                        .get("provenance")
                        .getAsString());
    }

    @Test
    void equalPixelsHaveOneFingerprintInEveryType() {
        float[] floats = {0, 1, 200, 255};
        byte[] bytes = {0, 1, (byte) 200, (byte) 255};
        short[] shorts = {0, 1, 200, 255};
        String a = hash(new Volume(Planes.ofFloats(List.of(floats), 2, 2), VoxelSize.pixels()));
        assertEquals(a, hash(new Volume(Planes.ofBytes(List.of(bytes), 2, 2), VoxelSize.pixels())));
        assertEquals(a, hash(new Volume(Planes.ofShorts(List.of(shorts), 2, 2), VoxelSize.pixels())));
        assertNotEquals(a, hash(new Volume(Planes.ofFloats(List.of(floats), 4, 1), VoxelSize.pixels())));
    }

    private static String hash(Volume volume) {
        return PixelHash.of(Frames.of("v", volume), Progress.SILENT);
    }

    @Test
    void progressNeverFallsAndEndsWithinOne() {
        List<Double> told = new ArrayList<>();
        Progress listening = new Progress() {
            @Override
            public void report(double fraction, String what) {
                told.add(fraction);
            }

            @Override
            public void check() {}
        };
        Inputs in = Inputs.none().with("input", movie("a", 4, 0)).with("other_image", movie("b", 4, 0));
        Runner.run(BLEND, in, Blend.DEFAULTS, listening);
        assertTrue(told.size() >= 20);
        double[] sorted = told.stream().mapToDouble(d -> d).sorted().toArray();
        assertArrayEquals(sorted, told.stream().mapToDouble(d -> d).toArray());
        assertTrue(Arrays.stream(sorted).allMatch(f -> f >= 0 && f <= 1));
    }

    @Test
    void cancellingLeavesNothing() {
        Progress cancelled = new Progress() {
            private int checks;

            @Override
            public void report(double fraction, String what) {}

            @Override
            public synchronized void check() {
                if (++checks > 30) throw new CancellationException();
            }
        };
        Inputs in = Inputs.none().with("input", movie("a", 4, 0)).with("other_image", movie("b", 4, 0));
        assertThrows(CancellationException.class, () -> Runner.run(BLEND, in, Blend.DEFAULTS, cancelled));
    }

    @Test
    void whatWasEndedEarlyIsMarked() {
        Progress early = new Progress() {
            @Override
            public void report(double fraction, String what) {}

            @Override
            public void check() {}

            @Override
            public boolean finishEarly() {
                return true;
            }
        };
        Outputs made = Runner.run(new Patience(), Inputs.none(), new Patience.Settings(5, 0, 0), early);
        assertFalse(made.complete());
        assertFalse(provenance(made.image("best")).get("complete").getAsBoolean());
        assertEquals("best", made.image("best").title());
    }
}
