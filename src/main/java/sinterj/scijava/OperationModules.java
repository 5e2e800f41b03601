package sinterj.scijava;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import org.scijava.convert.ConvertService;
import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleService;

/**
 * Registers one module per operation. Ids and labels are read from the menu file in the jar, so that no operation is
 * loaded before somebody asks for its settings: this runs at each start of Fiji.
 */
public final class OperationModules {
    private static final String LAUNCH = "sinterj.ij.Launch(\"";

    private static final Set<String> NO_OPERATIONS = Set.of("about", "copy-as-macro", "macro-extensions", "manual");

    private OperationModules() {}

    /** Adds the modules to the service. */
    public static void register(ModuleService service) {
        ConvertService convert = service.context().getService(ConvertService.class);
        List<ModuleInfo> modules = new ArrayList<>();
        StringTokenizer lines = new StringTokenizer(menu(), "\r\n");
        while (lines.hasMoreTokens()) {
            String line = lines.nextToken();
            int launch = line.indexOf(LAUNCH); // a pattern would take a third of the time of all this
            if (launch < 0 || line.charAt(0) == '#') continue;
            String id = upToQuote(line, launch + LAUNCH.length());
            if (!NO_OPERATIONS.contains(id))
                modules.add(new OperationModuleInfo(id, upToQuote(line, line.indexOf('"') + 1), convert));
        }
        service.addModules(modules);
    }

    private static String upToQuote(String line, int from) {
        return line.substring(from, line.indexOf('"', from));
    }

    private static String menu() {
        try (InputStream in = OperationModules.class.getResourceAsStream("/sinterj/plugins.config")) {
            if (in == null) throw new IllegalStateException("the jar lacks its menu file");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
