package dev.alertcapture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Target;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.alertcapture");

  private static DescribedPredicate<JavaClass> ours(Class<?> allowed, String... packages) {
    return resideInAnyPackage("dev.alertcapture..")
        .and(resideOutsideOfPackages(packages))
        .and(
            DescribedPredicate.describe(
                "other than " + allowed.getSimpleName(),
                type -> !type.getName().startsWith(allowed.getName())));
  }

  @Test
  void captureKnowsNoAzureSdkAndNoFunctions() {
    noClasses()
        .that()
        .resideInAPackage("dev.alertcapture.capture..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.azure..", "com.microsoft..", "java.net.http..")
        .check(CLASSES);
  }

  @Test
  void captureKnowsOnlyTheAlertOfOurOtherPackages() {
    noClasses()
        .that()
        .resideInAPackage("dev.alertcapture.capture..")
        .should()
        .dependOnClassesThat(ours(Alert.class, "dev.alertcapture.capture.."))
        .check(CLASSES);
  }

  @Test
  void alertKnowsOnlyTheTargetOfOurOtherPackages() {
    noClasses()
        .that()
        .resideInAPackage("dev.alertcapture.alert..")
        .should()
        .dependOnClassesThat(ours(Target.class, "dev.alertcapture.alert.."))
        .check(CLASSES);
  }

  @Test
  void evidenceKnowsTheJdkAndItselfAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.alertcapture.evidence..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("dev.alertcapture.evidence..", "java..", "javax..")
        .check(CLASSES);
  }

  @Test
  void nobodyKnowsTheFunctions() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.alertcapture.functions..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.alertcapture.functions..")
        .check(CLASSES);
  }

  @Test
  void functionsReachArmStorageAndNotifyThroughTheAppAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.alertcapture.functions..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.alertcapture.arm..", "dev.alertcapture.storage..", "dev.alertcapture.notify..")
        .check(CLASSES);
  }

  @Test
  void onlyFunctionsKnowTheFunctionsLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.alertcapture.functions..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.microsoft.azure.functions..")
        .check(CLASSES);
  }
}
