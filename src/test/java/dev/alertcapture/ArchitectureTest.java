package dev.alertcapture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.alertcapture.capture.Action;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Notification;
import dev.alertcapture.capture.Observation;
import dev.alertcapture.capture.Steps;
import dev.alertcapture.orchestrator.Engine;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {
  private static final String ROOT = "dev.alertcapture";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** Every package, from the bottom up, and the packages that it may know. */
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("target", Set.of()),
          Map.entry("options", Set.of()),
          Map.entry("store", Set.of()),
          Map.entry("evidence", Set.of()),
          Map.entry("alert", Set.of("target")),
          Map.entry("capture", Set.of("target", "options", "alert")),
          Map.entry("orchestrator", Set.of("target", "options", "store", "alert", "capture")),
          Map.entry("azure", Set.of("capture")),
          Map.entry("news", Set.of("target", "options", "alert", "capture")),
          Map.entry("table", Set.of("store", "azure")),
          Map.entry("blob", Set.of("capture", "azure")),
          Map.entry("notify", Set.of("target", "capture", "azure", "news")),
          Map.entry("health", Set.of("target", "store", "capture", "orchestrator")),
          Map.entry("arm", Set.of("target", "options", "capture", "azure", "health")),
          Map.entry("settings", Set.of("target", "options", "alert", "capture", "azure", "table")),
          Map.entry(
              "",
              Set.of(
                  "settings",
                  "arm",
                  "table",
                  "blob",
                  "notify",
                  "news",
                  "health",
                  "orchestrator",
                  "azure",
                  "store",
                  "capture",
                  "alert")),
          Map.entry(
              "functions",
              Set.of(
                  "",
                  "settings",
                  "health",
                  "orchestrator",
                  "store",
                  "capture",
                  "options",
                  "alert",
                  "target")));

  @Test
  void eachPackageKnowsOnlyThoseBelowIt() {
    Map<String, Set<String>> known = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      type.getDirectDependenciesFromSelf()
          .forEach(
              dependency -> {
                JavaClass other = dependency.getTargetClass().getBaseComponentType();
                if (other.getPackageName().startsWith(ROOT)) {
                  known.computeIfAbsent(room(type), r -> new TreeSet<>()).add(room(other));
                }
              });
    }
    Map<String, Set<String>> tooMuch = new TreeMap<>();
    known.forEach(
        (room, others) -> {
          Set<String> rest = new TreeSet<>(others);
          rest.removeAll(MAY_KNOW.getOrDefault(room, Set.of()));
          rest.remove(room);
          if (!rest.isEmpty()) {
            tooMuch.put(room, rest);
          }
        });
    assertThat(tooMuch).as("packages that know others without being allowed to").isEmpty();
    assertThat(MAY_KNOW.keySet()).containsAll(known.keySet());
  }

  private static String room(JavaClass type) {
    String below = type.getPackageName().substring(ROOT.length()).replaceFirst("^\\.", "");
    return below.replaceFirst("\\..*", "");
  }

  @Test
  void noPackagesKnowEachOther() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void captureKnowsNoClockAndNoThread() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".capture..")
        .should()
        .dependOnClassesThat(isOneOf(Clock.class, Thread.class))
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.util.concurrent..")
        .check(CLASSES);
  }

  @Test
  void onlyTheOrchestratorKnowsTheStateMachine() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".capture..", ROOT + ".orchestrator..")
        .should()
        .dependOnClassesThat(isOneOf(Steps.class, Action.class, Observation.class))
        .check(CLASSES);
  }

  @Test
  void onlyTheOrchestratorChangesACaptureOrAMessage() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".capture..", ROOT + ".orchestrator..")
        .should()
        .callCodeUnitWhere(changes(Capture.class).or(changes(Notification.class)))
        .check(CLASSES);
  }

  @Test
  void onlyTheAppPutsAnEngineTogether() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(App.class.getName())
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "Engine.of",
                call ->
                    call.getTargetOwner().isEquivalentTo(Engine.class)
                        && call.getName().equals("of")))
        .check(CLASSES);
  }

  @Test
  void whatDecidesKnowsNoAzureSdk() {
    noClasses()
        .that(
            resideInAnyPackage(
                ROOT + ".target..",
                ROOT + ".options..",
                ROOT + ".store..",
                ROOT + ".alert..",
                ROOT + ".capture..",
                ROOT + ".orchestrator..",
                ROOT + ".news.."))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.azure..", "com.microsoft..", "java.net.http..")
        .check(CLASSES);
  }

  @Test
  void evidenceKnowsTheJdkAndItselfAlone() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".evidence..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(ROOT + ".evidence..", "java..", "javax..")
        .check(CLASSES);
  }

  @Test
  void onlyFunctionsKnowTheFunctionsLibrary() {
    noClasses()
        .that(resideOutsideOfPackages(ROOT + ".functions.."))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.microsoft.azure.functions..")
        .check(CLASSES);
  }

  /** The classes themselves and those inside them; no other whose name begins alike. */
  private static DescribedPredicate<JavaClass> isOneOf(Class<?>... types) {
    Set<String> names = new TreeSet<>();
    for (Class<?> type : types) {
      names.add(type.getName());
    }
    return DescribedPredicate.describe(
        "are " + names, type -> names.contains(type.getName().replaceFirst("\\$.*", "")));
  }

  /** A method that makes one of a type is one that makes it anew: the accessors answer others. */
  private static DescribedPredicate<JavaCall<?>> changes(Class<?> type) {
    return DescribedPredicate.describe(
        "makes a " + type.getSimpleName(),
        call ->
            call.getTargetOwner().isEquivalentTo(type)
                && (call.getTarget().getRawReturnType().isEquivalentTo(type)
                    || call.getName().equals("<init>")));
  }
}
