package sinterj.scijava;

import java.lang.management.ManagementFactory;
import org.scijava.Context;
import org.scijava.module.ModuleService;

/** Starts SciJava with its module service, then SinterJ's service alone, and says how long that took. */
final class StartDriver {
    private StartDriver() {}

    /** @param words none */
    public static void main(String[] words) {
        Context context = new Context(ModuleService.class);
        context.service(ModuleService.class).getModules();
        long start = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        SinterJService service = new SinterJService();
        context.inject(service);
        service.initialize();
        long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
        long wall = System.nanoTime() - start;
        System.out.println("START " + used / 1000 + " us CPU, " + wall / 1000 + " us wall");
        System.exit(0);
    }
}
