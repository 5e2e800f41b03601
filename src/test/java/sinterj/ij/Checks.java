package sinterj.ij;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import sinterj.trial.Child;

/** Claims that are looked at one after the other in a Java of their own, and told to the test that started it. */
final class Checks {
    private static final String MARK = "CHECK ";

    private final Map<String, Claim> claims = new LinkedHashMap<>();

    /** Throws if it does not hold. */
    interface Claim {
        void look() throws Exception;
    }

    Checks add(String name, Claim claim) {
        claims.put(name, claim);
        return this;
    }

    /** Looks at all of them; after each one, and whatever came of it, {@code cleanUp} is called. */
    void lookAtAll(PrintStream out, Runnable cleanUp, Claim atFailure) throws Exception {
        for (Map.Entry<String, Claim> claim : claims.entrySet()) {
            long start = System.currentTimeMillis();
            try {
                claim.getValue().look();
                out.println(claim.getKey() + " took " + (System.currentTimeMillis() - start) + " ms");
                out.println(MARK + claim.getKey() + "=holds");
            } catch (Exception | AssertionError e) {
                e.printStackTrace(out);
                out.println(MARK + claim.getKey() + "=" + String.valueOf(e).replaceAll("\\s+", " "));
                atFailure.look();
            }
            cleanUp.run();
        }
    }

    /** One test per claim, from what the other Java said about it. */
    Stream<DynamicTest> tests(Child.Ended ended) {
        return claims.keySet().stream()
                .map(name ->
                        DynamicTest.dynamicTest(name, () -> assertEquals("holds", told(ended, name), ended::toString)));
    }

    private static String told(Child.Ended ended, String name) {
        return ended.out()
                .lines()
                .filter(line -> line.startsWith(MARK + name + "="))
                .map(line -> line.substring(MARK.length() + name.length() + 1))
                .findFirst()
                .orElse("was not looked at");
    }
}
