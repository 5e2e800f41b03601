package sinterj.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;

class StudyTest {
    static final SearchSpace SPACE = new SearchSpace(
            List.of(FreeParameter.log("d_surface", 1e-17, 2e-16), FreeParameter.linear("b", 0, 1)),
            Map.of("rho0", 0.98));
    static final Map<String, String> FACTS = Map.of("data", "abc");

    @TempDir
    Path folder;

    private Path path() {
        return folder.resolve("study.jsonl");
    }

    private static TrialResult cost(double[] at) {
        return new TrialResult(at[0] + at[1] * at[1], Trial.Outcome.COMPLETE, new double[] {at[0], at[1]}, 0.5);
    }

    private static void run(Study study, int most) {
        for (Optional<Study.Claim> c = study.claim(TreeParzen.multivariate(), 1, most);
                c.isPresent();
                c = study.claim(TreeParzen.multivariate(), 1, most)) {
            study.end(c.get().number(), cost(c.get().at()));
        }
    }

    @Test
    void aStudyGoesOnAsIfItHadNotBeenInterrupted() {
        try (Study study = Study.open(path(), SPACE, FACTS)) {
            run(study, 12);
        }
        History split;
        try (Study study = Study.open(path(), SPACE, FACTS)) {
            assertEquals(12, study.history().finished().size());
            run(study, 25);
            split = study.history();
        }
        Study whole = Study.inMemory(SPACE);
        run(whole, 25);
        for (int i = 0; i < 25; i++) {
            Trial a = split.finished().get(i);
            Trial b = whole.history().finished().get(i);
            assertArrayEquals(b.at(), a.at());
            assertEquals(b.cost(), a.cost());
        }
    }

    @Test
    void aTornLastLineIsDroppedAndItsTrialRunAgainWithTheSamePoint() throws IOException {
        double[] at;
        try (Study study = Study.open(path(), SPACE, FACTS)) {
            run(study, 5);
            at = study.claim(TreeParzen.multivariate(), 1, 9).orElseThrow().at();
        }
        byte[] whole = Files.readAllBytes(path());
        byte[] torn = "{\"trial\":5,\"outcome\":\"compl".getBytes(StandardCharsets.UTF_8);
        byte[] both = java.util.Arrays.copyOf(whole, whole.length + torn.length);
        System.arraycopy(torn, 0, both, whole.length, torn.length);
        Files.write(path(), both);
        try (Study study = Study.open(path(), SPACE, FACTS)) {
            assertEquals(5, study.history().finished().size());
            Study.Claim again = study.claim(TreeParzen.multivariate(), 1, 9).orElseThrow();
            assertEquals(5, again.number());
            assertArrayEquals(at, again.at());
            study.end(5, cost(again.at()));
            assertEquals(6, study.history().finished().size());
        }
    }

    @Test
    void cutAnywhereAStudyOpensWithEveryTrialThatHadEnded() throws IOException {
        try (Study study = Study.open(path(), SPACE, FACTS)) {
            run(study, 4);
        }
        byte[] whole = Files.readAllBytes(path());
        String text = new String(whole, StandardCharsets.UTF_8);
        for (int length = 0; length <= whole.length; length++) {
            Path cut = folder.resolve("cut.jsonl");
            Files.write(cut, java.util.Arrays.copyOf(whole, length));
            String kept = text.substring(0, length);
            long ended = kept.substring(0, kept.lastIndexOf('\n') + 1)
                    .lines()
                    .filter(l -> l.contains("outcome"))
                    .count();
            try (Study study = Study.open(cut, SPACE, FACTS)) {
                assertEquals(ended, study.history().finished().size(), "cut at " + length);
                run(study, 4);
                assertEquals(4, study.history().finished().size());
            }
            Files.delete(cut);
        }
    }

    @Test
    void aTrialThatEndsTwiceCountsOnce() throws IOException {
        try (Study study = Study.open(path(), SPACE, FACTS)) {
            run(study, 2);
            study.end(1, TrialResult.failed(1));
            assertEquals(2, study.history().finished().size());
        }
        String text = Files.readString(path());
        String last = text.strip().lines().reduce((a, b) -> b).orElseThrow();
        Files.writeString(path(), text + last + "\n");
        try (Study study = Study.open(path(), SPACE, FACTS)) {
            assertEquals(2, study.history().finished().size());
        }
    }

    @Test
    void aStudyOfOtherDataOrSettingsIsRefusedNamingTheDifference() {
        Study.open(path(), SPACE, FACTS).close();
        InvalidInput data = assertThrows(InvalidInput.class, () -> Study.open(path(), SPACE, Map.of("data", "xyz")));
        assertTrue(data.getMessage().contains("data = abc"), data.getMessage());
        SearchSpace held = new SearchSpace(SPACE.free(), Map.of("rho0", 0.95));
        InvalidInput setting = assertThrows(InvalidInput.class, () -> Study.open(path(), held, FACTS));
        assertTrue(setting.getMessage().contains("rho0 = 0.98, now it is 0.95"), setting.getMessage());
        SearchSpace range = new SearchSpace(
                List.of(
                        FreeParameter.log("d_surface", 1e-17, 3e-16),
                        SPACE.free().get(1)),
                SPACE.held());
        InvalidInput other = assertThrows(InvalidInput.class, () -> Study.open(path(), range, FACTS));
        assertTrue(other.getMessage().contains("range of d_surface"), other.getMessage());
        Study.open(path(), SPACE, FACTS).close();
    }

    @Test
    void aHeldValueCountsUnlessItsQuantityIsVariedAlone() {
        List<FreeParameter> free = List.of(FreeParameter.log("a", 1, 2), FreeParameter.log("b*c", 1, 2));
        SearchSpace space = new SearchSpace(free, Map.of("a", 1.5, "b", 1.0, "c", 1.0));
        Study.open(path(), space, FACTS).close();
        Study.open(path(), new SearchSpace(free, Map.of("a", 1.2, "b", 1.0, "c", 1.0)), FACTS)
                .close();
        SearchSpace split = new SearchSpace(free, Map.of("a", 1.5, "b", 1.0, "c", 2.0));
        InvalidInput refused = assertThrows(InvalidInput.class, () -> Study.open(path(), split, FACTS));
        assertTrue(refused.getMessage().contains("c = 1.0, now it is 2.0"), refused.getMessage());
    }

    @Test
    void whatWasNotedAtFirstStays() throws IOException {
        Study.open(path(), SPACE, FACTS, Map.of("trials", "60")).close();
        try (Study study = Study.open(path(), SPACE, FACTS, Map.of("trials", "90"))) {
            assertEquals(60, study.first("trials", 90));
        }
        assertEquals(90, Study.inMemory(SPACE).first("trials", 90));
        Files.writeString(path(), Files.readString(path()).replace("\"60\"", "\"many\""));
        try (Study study = Study.open(path(), SPACE, FACTS, Map.of("trials", "90"))) {
            assertThrows(InvalidInput.class, () -> study.first("trials", 90));
        }
    }

    @Test
    void somethingElseIsRefusedAndLeftUntouched() throws IOException {
        for (String text : List.of("hello", "{\"a\":1}\n", "x,y\n1,2\n", "\n", "[[[[", "{\"study\":\"other\"}\n")) {
            Files.writeString(path(), text);
            assertThrows(InvalidInput.class, () -> Study.open(path(), SPACE, FACTS), text);
            assertEquals(text, Files.readString(path()));
        }
    }

    @Test
    void oneProgramOpensAStudyOnlyOnce() {
        try (Study study = Study.open(path(), SPACE, FACTS)) {
            assertThrows(InvalidInput.class, () -> Study.open(path(), SPACE, FACTS));
            assertEquals(0, study.running());
        }
    }

    @Test
    void oneProgramOpensAStudyOnlyOnceWhateverLinksLeadThere() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("real")));
        try (Study study = Study.open(folder.resolve("real/study.jsonl"), SPACE, FACTS)) {
            run(study, 1);
            InvalidInput twice =
                    assertThrows(InvalidInput.class, () -> Study.open(link.resolve("study.jsonl"), SPACE, FACTS));
            assertTrue(twice.getMessage().contains("another command of this program"), twice.getMessage());
            Path other = Files.createSymbolicLink(folder.resolve("other.jsonl"), folder.resolve("real/study.jsonl"));
            assertThrows(InvalidInput.class, () -> Study.open(other, SPACE, FACTS));
        }
        try (Study study = Study.open(link.resolve("study.jsonl"), SPACE, FACTS)) {
            assertEquals(1, study.history().finished().size());
        }
    }

    @Test
    void aLookAtAStudyRefusesWhatOpeningRefusesAndChangesNothing() throws IOException {
        Study.requireUsable(path(), SPACE, FACTS);
        assertTrue(Files.notExists(path()), "a look makes no file");
        Path nowhere = folder.resolve("nowhere").resolve("study.jsonl");
        assertThrows(InvalidInput.class, () -> Study.requireUsable(nowhere, SPACE, FACTS));
        try (Study study = Study.open(path(), SPACE, Map.of("data", "abc", "later", "1"))) {
            run(study, 2);
            assertThrows(InvalidInput.class, () -> Study.requireUsable(path(), SPACE, FACTS), "it is open");
        }
        byte[] before = Files.readAllBytes(path());
        Study.requireUsable(path(), SPACE, FACTS);
        InvalidInput other =
                assertThrows(InvalidInput.class, () -> Study.requireUsable(path(), SPACE, Map.of("data", "xyz")));
        assertTrue(other.getMessage().contains("data = abc"), other.getMessage());
        assertArrayEquals(before, Files.readAllBytes(path()));
        Files.writeString(path(), "some text");
        assertThrows(InvalidInput.class, () -> Study.requireUsable(path(), SPACE, FACTS));
    }

    @Test
    void aMissingFolderOrAFolderIsRefused() {
        assertThrows(InvalidInput.class, () -> Study.open(folder.resolve("no/study.jsonl"), SPACE, FACTS));
        assertThrows(InvalidInput.class, () -> Study.open(folder, SPACE, FACTS));
    }

    @Test
    void threadsShareAStudyWithoutRepeatingEachOther() {
        try (Study study = Study.open(path(), SPACE, FACTS)) {
            IntStream.range(0, 4).parallel().forEach(i -> run(study, 40));
            History history = study.history();
            assertEquals(40, history.finished().size());
            TreeSet<Double> places = new TreeSet<>();
            history.finished().forEach(t -> places.add(t.at()[0]));
            assertEquals(40, places.size());
        }
    }

    @Test
    void trialsFromElsewhereMakeAFinishedStudy() {
        Study study = Study.ofTrials(
                SPACE, List.of(new double[] {1e-16, 0.5}, new double[] {2e-16, 1}), new double[] {3, Double.NaN});
        assertEquals(2, study.history().finished().size());
        assertEquals(3, study.history().best().cost());
        InvalidInput outside = assertThrows(
                InvalidInput.class, () -> Study.ofTrials(SPACE, List.of(new double[] {1e-15, 0.5}), new double[] {3}));
        assertTrue(outside.getMessage().contains("d_surface"), outside.getMessage());
    }

    /** Runs trials in a program of its own, each taking a moment. */
    public static final class Program {
        public static void main(String[] args) throws InterruptedException {
            try (Study study = Study.open(Path.of(args[0]), SPACE, FACTS)) {
                int most = Integer.parseInt(args[1]);
                for (Optional<Study.Claim> c = study.claim(new EvenPoints(), 1, most);
                        c.isPresent();
                        c = study.claim(new EvenPoints(), 1, most)) {
                    Thread.sleep(20);
                    study.end(c.get().number(), cost(c.get().at()));
                }
            }
        }
    }

    private Process program(int most) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        path().toString(),
                        Integer.toString(most))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log-" + System.nanoTime()).toFile())
                .start();
    }

    @Test
    void programsShareAStudyAndAKilledOneLosesNothingThatHadEnded() throws Exception {
        int most = 80;
        Process first = program(most);
        Process second = program(most);
        while (!Files.exists(path()) || Files.readString(path()).lines().count() < 40) {
            assertTrue(first.isAlive() || second.isAlive(), "both ended early");
            Thread.sleep(5);
        }
        first.destroyForcibly().waitFor();
        long ended = Files.readString(path())
                .lines()
                .filter(l -> l.contains("complete"))
                .count();
        assertTrue(second.waitFor(60, TimeUnit.SECONDS));
        try (Study study = Study.open(path(), SPACE, FACTS)) {
            run(study, most);
            History history = study.history();
            assertEquals(most, history.finished().size());
            assertTrue(ended <= most);
            TreeSet<Integer> numbers = new TreeSet<>();
            TreeSet<Double> places = new TreeSet<>();
            for (Trial t : history.finished()) {
                numbers.add(t.number());
                places.add(t.at()[0]);
            }
            assertEquals(most, numbers.size());
            assertEquals(most, places.size());
        }
    }
}
