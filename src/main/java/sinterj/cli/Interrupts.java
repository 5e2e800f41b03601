package sinterj.cli;

import java.lang.reflect.Proxy;

/**
 * Hears Ctrl-C. Java has no public way but a shutdown hook, which hears the first only; the class behind this has been
 * in every JDK since 1.2 and is exported by jdk.unsupported, but is not in the platform's documentation, so it is reached by name. Where it is missing Ctrl-C ends
 * the process, as usual.
 */
final class Interrupts {
    private Interrupts() {}

    /** Calls {@code work} at each Ctrl-C from now on. */
    static void listen(Runnable work) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object hears =
                    Proxy.newProxyInstance(Interrupts.class.getClassLoader(), new Class<?>[] {handler}, (p, m, a) -> {
                        if (m.getName().equals("handle")) work.run();
                        return m.getName().equals("hashCode")
                                ? (Object) 0
                                : m.getName().equals("equals") ? (Object) (p == a[0]) : null;
                    });
            Object interrupt = signal.getConstructor(String.class).newInstance("INT");
            signal.getMethod("handle", signal, handler).invoke(null, interrupt, hears);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return; // this Java has another way to hear it; Ctrl-C then ends the process
        }
    }
}
