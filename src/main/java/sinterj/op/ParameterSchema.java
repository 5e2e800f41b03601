package sinterj.op;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of an operation, read once from its settings record. Dialog, macro, recorder, script, shell, SciJava
 * and help page are all made from this.
 *
 * @param <P> the settings record
 */
public final class ParameterSchema<P extends Record> {
    private final Class<P> type;
    private final List<Parameter> parameters;

    private ParameterSchema(Class<P> type, List<Parameter> parameters) {
        this.type = type;
        this.parameters = List.copyOf(parameters);
    }

    /** @param defaults settings with the default values; every component carries a {@link Param} */
    @SuppressWarnings("unchecked")
    public static <P extends Record> ParameterSchema<P> of(P defaults) {
        List<Parameter> parameters = new ArrayList<>();
        for (RecordComponent component : defaults.getClass().getRecordComponents()) {
            parameters.add(Parameter.of(component, read(component, defaults)));
        }
        return new ParameterSchema<>((Class<P>) defaults.getClass(), parameters);
    }

    /** The settings in the order of the record. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The setting with this key; null if there is none. */
    public Parameter parameter(String key) {
        return parameters.stream().filter(p -> p.key().equals(key)).findFirst().orElse(null);
    }

    /**
     * Settings from text, with the defaults for what is not given.
     *
     * @param values by key; keys that are no settings are an error of the caller
     * @throws sinterj.base.InvalidInput if a value is not allowed
     */
    public P settings(Map<String, String> values) {
        Object[] arguments = new Object[parameters.size()];
        for (int i = 0; i < arguments.length; i++) {
            Parameter parameter = parameters.get(i);
            String text = values.get(parameter.key());
            if (parameter.about().required() && (text == null || text.isBlank())) {
                throw new sinterj.base.InvalidInput("'" + parameter.key() + "' ("
                        + parameter.about().label() + ") is needed. Give " + parameter.allowed() + ".");
            }
            arguments[i] = text == null ? parameter.fallback() : parameter.parse(text);
        }
        return create(arguments);
    }

    /** Settings as text, by key, in the order of the record; {@link #settings} reads them back to an equal record. */
    public Map<String, String> values(P settings) {
        Map<String, String> values = new LinkedHashMap<>();
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            values.put(parameters.get(i).key(), parameters.get(i).format(read(components[i], settings)));
        }
        return values;
    }

    private P create(Object[] arguments) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " must be a public record of a public class", e);
        }
    }

    private static Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " must be readable", e);
        }
    }
}
