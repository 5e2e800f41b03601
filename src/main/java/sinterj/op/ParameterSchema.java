package sinterj.op;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
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

    /**
     * Reads the settings of a record.
     *
     * @param defaults settings with the default values; every component carries a {@link Param}, or is a record of such
     *     components, which operations may share
     */
    @SuppressWarnings("unchecked")
    public static <P extends Record> ParameterSchema<P> of(P defaults) {
        List<Parameter> parameters = new ArrayList<>();
        collect(defaults, parameters);
        return new ParameterSchema<>((Class<P>) defaults.getClass(), parameters);
    }

    private static void collect(Record defaults, List<Parameter> parameters) {
        for (RecordComponent component : defaults.getClass().getRecordComponents()) {
            Object value = read(component, defaults);
            if (isGroup(component)) collect((Record) value, parameters);
            else parameters.add(Parameter.of(component, value));
        }
    }

    private static boolean isGroup(RecordComponent component) {
        return component.getType().isRecord() && !component.isAnnotationPresent(Param.class);
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
        List<Object> all = new ArrayList<>();
        for (Parameter parameter : parameters) {
            String text = values.get(parameter.key());
            if (parameter.about().required() && (text == null || text.isBlank())) {
                throw new sinterj.base.InvalidInput("'" + parameter.key() + "' ("
                        + parameter.about().label() + ") is needed. Give " + parameter.allowed() + ".");
            }
            all.add(text == null ? parameter.fallback() : parameter.parse(text));
        }
        return type.cast(create(type, all.iterator()));
    }

    /** Settings as text, by key, in the order of the record; {@link #settings} reads them back to an equal record. */
    public Map<String, String> values(P settings) {
        List<Object> all = new ArrayList<>();
        flatten(settings, all);
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            values.put(parameters.get(i).key(), parameters.get(i).format(all.get(i)));
        }
        return values;
    }

    private static void flatten(Record settings, List<Object> all) {
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            Object value = read(component, settings);
            if (isGroup(component)) flatten((Record) value, all);
            else all.add(value);
        }
    }

    /** The record of the next values, those of its groups among them. */
    private static Object create(Class<?> type, Iterator<Object> values) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            arguments[i] = isGroup(components[i]) ? create(types[i], values) : values.next();
        }
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
