package sinterj.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.scijava.Context;
import org.scijava.module.ModuleService;
import sinterj.scijava.SinterJService;

/**
 * What SinterJ adds to the start of Fiji: its SciJava service is made and registers its modules, in a fresh Java each time
 * (target: less than 20 ms). Other programs on the computer can only make a run longer, so the shortest of many by the
 * clock is an upper bound of what it takes by itself; the CPU time of the thread leaves out most of what others do. Right
 * after SciJava's own start Java's compilers still work on that, which counts by the clock if processors are few; so it is
 * also measured after Java has been at rest.
 * Argument: number of runs, without it 25.
 */
public final class StartBenchmark {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private StartBenchmark() {}

    /** One start. */
    static final class Once {
        private Once() {}

        public static void main(String[] args) throws InterruptedException {
            Context context = new Context(ModuleService.class);
            int before = context.service(ModuleService.class).getModules().size();
            Thread.sleep(args.length > 0 ? Integer.parseInt(args[0]) : 0);
            long wall = System.nanoTime();
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            SinterJService service = new SinterJService();
            context.inject(service);
            service.initialize();
            long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
            long passed = System.nanoTime() - wall;
            int modules = context.service(ModuleService.class).getModules().size() - before;
            OUT.println(used + " " + passed + " " + modules);
            System.exit(0);
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int runs = args.length > 0 ? Integer.parseInt(args[0]) : 25;
        measure("right after SciJava's own start", runs, 0);
        measure("after a second of rest", runs, 1000);
    }

    private static void measure(String when, int runs, int rest) throws IOException, InterruptedException {
        double[] cpu = new double[runs];
        double[] wall = new double[runs];
        String modules = "";
        for (int i = 0; i < runs; i++) {
            String[] told = ChildJava.run(List.of(), Once.class, Integer.toString(rest))
                    .trim()
                    .split(" ");
            cpu[i] = Double.parseDouble(told[0]) / 1e6;
            wall[i] = Double.parseDouble(told[1]) / 1e6;
            modules = told[2];
        }
        OUT.printf(
                Locale.ROOT,
                "Start of SinterJ's service with %s modules, %s, %d runs of a fresh Java %s, %d processors (target 20 ms)%n",
                modules,
                when,
                runs,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
        tell("by the clock", wall);
        tell("CPU of the thread", cpu);
    }

    private static void tell(String what, double[] ms) {
        OUT.printf(
                Locale.ROOT,
                "%-18s shortest %5.1f ms, median %5.1f ms, longest %5.1f ms%n",
                what,
                Arrays.stream(ms).min().orElseThrow(),
                Measured.median(ms),
                Arrays.stream(ms).max().orElseThrow());
    }
}
