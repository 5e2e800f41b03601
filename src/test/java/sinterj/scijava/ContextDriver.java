package sinterj.scijava;

import org.scijava.Context;
import org.scijava.module.ModuleService;

/** Starts SciJava as Fiji does, with every service on the class path, and asks for nothing but names. */
final class ContextDriver {
    private ContextDriver() {}

    /** @param words none */
    public static void main(String[] words) {
        try (Context context = new Context()) {
            context.service(ModuleService.class).getModules().stream()
                    .map(info -> info.getIdentifier() + " = " + info.getTitle())
                    .filter(line -> line.startsWith("sinterj:"))
                    .forEach(line -> System.out.println("MODULE " + line));
        }
        System.exit(0);
    }
}
