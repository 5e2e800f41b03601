package sinterj.ij;

import ij.Prefs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.op.Call;
import sinterj.op.MacroOptions;
import sinterj.op.Operation;
import sinterj.op.Parameter;

/**
 * The settings with which a command was run from its dialog, the newest first, in ImageJ's preferences: at most
 * {@value #MOST}, each as the option string of a macro and not longer than {@value #LONGEST} letters. Whatever stands in
 * that file is read as strictly as a macro; what is not allowed, from an older version or another hand, is left out.
 * Images are not remembered.
 */
final class RecentSettings {
    static final int MOST = 5;
    private static final int LONGEST = 4000;

    private RecentSettings() {}

    /** Settings by key, complete, the newest first. */
    static List<Map<String, String>> of(Operation<?> operation) {
        List<Map<String, String>> all = new ArrayList<>();
        for (int i = 1; i <= MOST; i++) {
            Map<String, String> settings = read(operation, Prefs.get(key(operation, i), ""));
            if (settings != null && !all.contains(settings)) all.add(settings);
        }
        return all;
    }

    private static Map<String, String> read(Operation<?> operation, String text) {
        if (text.isEmpty() || text.length() > LONGEST) return null;
        try {
            Map<String, String> given = MacroOptions.parse(text);
            for (String key : given.keySet()) {
                if (operation.info().schema().parameter(key) == null) return null;
            }
            return settings(Call.of(operation, given));
        } catch (InvalidInput e) {
            return null; // was written by another version, or by hand
        }
    }

    private static <P extends Record> Map<String, String> settings(Call<P> call) {
        return call.operation().info().schema().values(call.settings());
    }

    /** Puts the settings of a call in front. */
    static void add(Call<?> call) {
        Operation<?> operation = call.operation();
        Map<String, String> newest = settings(call);
        if (MacroOptions.format(newest).length() > LONGEST) return;
        List<Map<String, String>> all = of(operation);
        all.remove(newest);
        all.add(0, newest);
        for (int i = 1; i <= MOST; i++) {
            Prefs.set(key(operation, i), i <= all.size() ? MacroOptions.format(all.get(i - 1)) : "");
        }
    }

    private static String key(Operation<?> operation, int number) {
        return "sinterj." + operation.info().id() + ".recent." + number;
    }

    /** How settings differ from the defaults, short enough for a menu. */
    static String inWords(Operation<?> operation, Map<String, String> settings) {
        Map<String, String> changed = new LinkedHashMap<>();
        for (Parameter p : operation.info().schema().parameters()) {
            String value = settings.get(p.key());
            if (!value.equals(p.format(p.fallback()))) changed.put(p.key(), value);
        }
        String text = changed.isEmpty() ? "defaults" : MacroOptions.format(changed);
        return text.length() <= 90 ? text : text.substring(0, 87) + "...";
    }
}
