package sinterj.contract;

import ij.IJ;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.command.Operations;
import sinterj.ij.Delivery;
import sinterj.image.Frames;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Runner;

/**
 * Runs commands one after the other for a long time, with images of ImageJ, files, refused settings and cancelled runs in
 * between, and tells after each round what it holds: heap after a collection, memory of the process, threads, open files,
 * temporary files and windows. In a Java of its own.
 */
final class SoakDriver {
    private static final List<byte[]> LEAK = new ArrayList<>();

    private SoakDriver() {}

    /** @param words number of rounds, the folder for files, and bytes that each command is to leak */
    public static void main(String[] words) throws IOException {
        int rounds = Integer.parseInt(words[0]);
        Path folder = Path.of(words[1]);
        int leak = Integer.parseInt(words[2]);
        int commands = 0;
        for (int round = 0; round < rounds; round++) {
            for (Operation<?> operation : Operations.all()) {
                run(operation, folder, round);
                commands++;
                if (leak > 0) LEAK.add(new byte[leak]);
            }
            tell(commands, folder);
        }
        System.exit(0);
    }

    private static void run(Operation<?> operation, Path folder, int round) {
        Call<?> call = Samples.call(operation);
        refuse(operation);
        cancel(call);
        Outputs made = made(call, Progress.SILENT);
        made.bySlot().forEach((slot, value) -> {
            OutputSlot.Kind kind = operation.info().outputs().stream()
                    .filter(s -> s.name().equals(slot))
                    .findFirst()
                    .orElseThrow()
                    .kind();
            if (kind == OutputSlot.Kind.FOLDER) return;
            boolean lengths =
                    value instanceof Frames image && image.first().size().unit().equals("nm");
            String ending = kind != OutputSlot.Kind.IMAGE ? ".csv" : lengths && round % 2 == 1 ? ".mrc" : ".tif";
            if (kind == OutputSlot.Kind.PLOT && round % 2 == 0) ending = ".png";
            Delivery.write(value, folder.resolve(operation.info().id() + "-" + slot + ending));
        });
        Delivery.objects(made);
    }

    private static <P extends Record> Outputs made(Call<P> call, Progress progress) {
        Inputs in = Samples.inputs(call.operation());
        return Runner.run(call.operation(), in, call.settings(), progress);
    }

    private static void refuse(Operation<?> operation) {
        try {
            Call.of(operation, Map.of("no_such_key", "1"));
            throw new AssertionError("not refused");
        } catch (InvalidInput e) {
            IJ.showStatus(e.getMessage());
        }
    }

    private static void cancel(Call<?> call) {
        try {
            made(call, new Progress() {
                private volatile boolean stop;

                @Override
                public void report(double fraction, String what) {
                    stop |= fraction > 0.2;
                }

                @Override
                public void check() {
                    if (stop) throw new CancellationException("enough");
                }
            });
        } catch (CancellationException e) {
            return; // as was meant
        }
    }

    private static void tell(int commands, Path folder) throws IOException {
        long heap = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            heap = Math.min(
                    heap,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        System.out.printf(
                Locale.ROOT,
                "SOAK commands=%d heap=%d process=%d threads=%d workers=%d open=%d temporary=%d half=%d windows=%d%n",
                commands,
                heap,
                process(),
                threads(false),
                threads(true),
                count(Path.of("/proc/self/fd")),
                count(Path.of(System.getProperty("java.io.tmpdir"))),
                half(folder),
                java.awt.GraphicsEnvironment.isHeadless() ? 0 : java.awt.Window.getWindows().length);
    }

    /** Threads that live: our pool's workers, which end some seconds after their last task, or all others. */
    private static long threads(boolean workers) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().matches("sinterj-\\d+") == workers)
                .count();
    }

    /** Bytes of the process in memory; 0 where the system does not tell. */
    private static long process() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) return 0;
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(l -> l.startsWith("VmRSS"))
                    .mapToLong(l -> 1024 * Long.parseLong(l.replaceAll("[^0-9]", "")))
                    .sum();
        }
    }

    private static long count(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return 0;
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private static long half(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.getFileName().toString().contains(".part"))
                    .count();
        }
    }
}
