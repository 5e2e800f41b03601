package sinterj.ij;

import ij.IJ;
import ij.plugin.PlugIn;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * The door from ImageJ's menu. Compiled for Java 8, so that an older Java can open it and be told what to do; what is
 * behind it needs Java 17 and is reached by name only.
 */
public class Launch implements PlugIn {
    private static final int NEEDED = 17;

    @Override
    public void run(String id) {
        int version = javaVersion(System.getProperty("java.specification.version"));
        if (version < NEEDED) {
            IJ.error(
                    "SinterJ",
                    "SinterJ needs Java " + NEEDED + " or newer, but this ImageJ runs on Java " + version
                            + ". Install Fiji-Latest from fiji.sc, which brings a new Java, and put SinterJ there.");
            return;
        }
        try {
            Class<?> command = Class.forName("sinterj.ij.MenuCommand", true, Launch.class.getClassLoader());
            Method run = command.getMethod("run", String.class);
            run.invoke(null, id);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException) throw (RuntimeException) e.getCause(); // ImageJ's macro abort
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static int javaVersion(String specification) {
        String number = specification.startsWith("1.") ? specification.substring(2) : specification;
        return Integer.parseInt(number.split("\\.")[0]);
    }
}
