package sinterj;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows of docs/architecture.md: each package may use itself, the JDK, and what is listed for it; nothing else. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("sinterj");

    private static final List<String> IMAGES = List.of("base", "image", "math");

    /** Packages of ours that each package may use. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("base", List.of()),
            Map.entry("math", List.of("base")),
            Map.entry("image", List.of("base", "math")),
            Map.entry("io", IMAGES),
            Map.entry("denoise", IMAGES),
            Map.entry("tomo", IMAGES),
            Map.entry("pore", IMAGES),
            Map.entry("segment", IMAGES),
            Map.entry("phasefield", IMAGES),
            Map.entry("optimize", List.of("base", "math")),
            Map.entry("djl", List.of("base", "image", "math", "segment")),
            Map.entry("assimilate", List.of("base", "image", "math", "optimize", "phasefield")),
            Map.entry("op", List.of("base", "image")),
            Map.entry(
                    "command",
                    List.of(
                            "base",
                            "image",
                            "math",
                            "io",
                            "op",
                            "denoise",
                            "tomo",
                            "pore",
                            "segment",
                            "djl",
                            "phasefield",
                            "optimize",
                            "assimilate")),
            Map.entry("ij", List.of("base", "image", "io", "op", "command")),
            Map.entry("scijava", List.of("base", "op", "command", "ij")),
            Map.entry("cli", List.of("base", "image", "io", "op", "command", "ij")));

    /** Packages that may use ImageJ, and those that may use SciJava. */
    private static final List<String> IMAGEJ = List.of("ij", "scijava", "cli");

    @TestFactory
    Stream<DynamicTest> everyPackageKeepsToItsArrows() {
        return ARROWS.entrySet().stream()
                .map(arrow -> DynamicTest.dynamicTest(
                        arrow.getKey(),
                        () -> rule(arrow.getKey(), arrow.getValue()).check(MAIN)));
    }

    private static ArchRule rule(String name, List<String> others) {
        String[] allowed = Stream.concat(Stream.of(name), others.stream())
                .map(p -> "sinterj." + p)
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("sinterj." + name)
                .should()
                .dependOnClassesThat(
                        of("sinterj").and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed))));
    }

    private static DescribedPredicate<JavaClass> of(String root) {
        return JavaClass.Predicates.resideInAPackage(root + "..");
    }

    @Test
    void everyPackageHasArrows() {
        classes()
                .that(of("sinterj").and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("sinterj"))))
                .should()
                .resideInAnyPackage(
                        ARROWS.keySet().stream().map(p -> "sinterj." + p).toArray(String[]::new))
                .check(MAIN);
    }

    @Test
    void onlyTheDoorsKnowImageJ() {
        onlyIn(IMAGEJ, "ij", "java.awt", "javax.swing").check(MAIN);
    }

    @Test
    void onlyTheScijavaDoorKnowsScijava() {
        onlyIn(List.of("scijava"), "org.scijava").check(MAIN);
    }

    @Test
    void onlyOnePackageKnowsTheEngines() {
        onlyIn(List.of("djl"), "ai.djl", "ai.onnxruntime").check(MAIN);
    }

    private static ArchRule onlyIn(List<String> doors, String... libraries) {
        String[] allowed = doors.stream().map(p -> "sinterj." + p).toArray(String[]::new);
        String[] forbidden = Arrays.stream(libraries).map(l -> l + "..").toArray(String[]::new);
        return noClasses()
                .that(of("sinterj").and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed))))
                .and()
                .doNotHaveFullyQualifiedName("sinterj.SinterJ")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden);
    }

    /** The rules do run: a class of the tests that breaks one is found. */
    @Test
    void aPlantedViolationIsFound() {
        JavaClasses planted = new ClassFileImporter().importPackages("sinterj.planted");
        assertTrue(planted.size() > 0);
        AssertionError error = assertThrows(
                AssertionError.class,
                () -> noClasses()
                        .that()
                        .resideInAPackage("sinterj.planted")
                        .should()
                        .dependOnClassesThat(of("sinterj.op"))
                        .check(planted));
        assertTrue(error.getMessage().contains("ScienceThatKnowsOperations"), error.getMessage());
        assertThrows(AssertionError.class, () -> onlyIn(IMAGEJ, "ij").check(planted));
    }
}
