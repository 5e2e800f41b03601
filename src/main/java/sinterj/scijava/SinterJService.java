package sinterj.scijava;

import java.lang.reflect.InvocationTargetException;
import org.scijava.module.ModuleService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.service.AbstractService;
import org.scijava.service.SciJavaService;
import org.scijava.service.Service;

/**
 * Makes every operation known to SciJava as a module {@code sinterj:<id>}, for pyimagej and scripts. SciJava loads this
 * class at each start, so it is compiled for Java 8 and touches nothing else until it knows that Java is new enough.
 */
@Plugin(type = Service.class)
public class SinterJService extends AbstractService implements SciJavaService {
    private static final int NEEDED = 17;

    @Parameter
    private ModuleService moduleService;

    @Override
    public void initialize() {
        String specification = System.getProperty("java.specification.version");
        if (specification.startsWith("1.") || Integer.parseInt(specification.split("\\.")[0]) < NEEDED) return;
        try {
            Class<?> modules = Class.forName(
                    "sinterj.scijava.OperationModules", true, getClass().getClassLoader());
            modules.getMethod("register", ModuleService.class).invoke(null, moduleService);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
