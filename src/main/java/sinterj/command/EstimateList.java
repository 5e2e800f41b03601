package sinterj.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.optimize.FreeParameter;
import sinterj.optimize.SearchSpace;

/** Reads what is to be estimated: {@code key:low:high} or {@code key:low:high:start}, separated by blanks. */
final class EstimateList {
    static final String USUAL =
            "d_surface:1e-17:2e-16 d_gb:1e-18:2e-17 m_eta:5e-11:1e-9" + " m_translation*k_stiffness:1e-15:1e-13";

    /** The five of the review; the last two are not separable. */
    static final String PAPER = "d_surface:1e-17:2e-16 d_gb:1e-18:2e-17 m_eta:5e-11:1e-9 m_translation:1e-21:1e-19"
            + " k_stiffness:1e5:1e7";

    private EstimateList() {}

    static SearchSpace space(String text, Map<String, Double> held) {
        List<FreeParameter> free = new ArrayList<>();
        for (String entry : entries(text)) free.add(parameter(entry, held));
        return new SearchSpace(free, held);
    }

    /** How many parameters are listed, rightly or not. */
    static int count(String text) {
        return entries(text).size();
    }

    private static List<String> entries(String text) {
        String list = text.trim().equals("paper") ? PAPER : text.trim();
        return Arrays.stream(list.split("[\\s,;]+")).filter(e -> !e.isEmpty()).toList();
    }

    private static FreeParameter parameter(String entry, Map<String, Double> held) {
        String[] words = entry.split(":");
        if (words.length < 3 || words.length > 4) {
            throw new InvalidInput("'estimate' holds '" + entry + "'. Write key:low:high or key:low:high:start, such as"
                    + " d_surface:1e-17:2e-16.");
        }
        for (String key : words[0].split("\\*", -1)) {
            if (!held.containsKey(key)) {
                throw new InvalidInput("'estimate' names '" + key + "', which cannot be estimated. It takes "
                        + String.join(", ", held.keySet().stream().sorted().toList()) + ".");
            }
        }
        double low = number(entry, words[1]);
        double high = number(entry, words[2]);
        return words.length == 3
                ? FreeParameter.log(words[0], low, high)
                : FreeParameter.log(words[0], low, high, number(entry, words[3]));
    }

    private static double number(String entry, String word) {
        if (!word.matches("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?")) {
            throw new InvalidInput("'estimate' holds '" + entry + "', but '" + word + "' is no number.");
        }
        return Double.parseDouble(word);
    }
}
