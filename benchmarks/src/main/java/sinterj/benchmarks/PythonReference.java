package sinterj.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Python process that does a piece of reference work each time it is asked, so that ours and the reference can take
 * turns under the same load. Its Python is that of the property {@code python}; without it Debian's, where there is one.
 */
final class PythonReference implements AutoCloseable {
    private final Process process;
    private final Writer asks;
    private final BufferedReader answers;
    private final double first;

    /**
     * Starts the script and waits for the number that it prints once it is ready.
     *
     * @param script a resource of this package
     */
    PythonReference(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        try (InputStream text = PythonReference.class.getResourceAsStream(script)) {
            command.add(python());
            command.add("-c");
            command.add(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        }
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        for (String library : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")) builder.environment().put(library, "1");
        process = builder.start();
        asks = process.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        first = answer();
    }

    private static String python() {
        String debian = "/usr/bin/python3";
        return System.getProperty("python", Files.isExecutable(Path.of(debian)) ? debian : "python3");
    }

    private double answer() throws IOException {
        String line = answers.readLine();
        if (line == null) throw new IOException("the reference ended; is its Python library installed?");
        return Double.parseDouble(line.trim());
    }

    /** The number that the script printed when it was ready. */
    double first() {
        return first;
    }

    /** CPU seconds of one piece of work. */
    double cpuSeconds() {
        try {
            asks.write("\n");
            asks.flush();
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        asks.close();
        process.destroy();
    }
}
