package sinterj.benchmarks;

import java.io.IOException;

/**
 * The figures of the microstructure commands in one go: thickness beside SciPy's distance transform, connectivity, and
 * transport beside SciPy's conjugate gradients. With the argument {@code full} also at 1000 x 1000 x 366 voxels, which
 * takes some minutes and up to 13 GB ({@code -Xmx13g}).
 */
public final class MicrostructureBenchmark {
    private static final String[] LARGE = {"1000", "1000", "366"};

    private MicrostructureBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        ThicknessBenchmark.main(new String[0]);
        ConnectivityBenchmark.main(new String[0]);
        TransportBenchmark.main(new String[0]);
        if (args.length == 0 || !args[0].equals("full")) return;
        System.setProperty("python", "none"); // SciPy would need more memory than most computers have
        ThicknessBenchmark.main(new String[] {"4", LARGE[0], LARGE[1], LARGE[2]});
        ConnectivityBenchmark.main(new String[] {"4", LARGE[0], LARGE[1], LARGE[2], "6"});
        TransportBenchmark.main(new String[] {"4", LARGE[0], LARGE[1], LARGE[2], "1"});
    }
}
