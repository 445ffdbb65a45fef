package dev.alertcapture.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  private static final String GROUP =
      "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-1";
  private static final String COMPUTE = GROUP + "/providers/Microsoft.Compute/";
  private static final String VM = COMPUTE + "virtualMachines/web-01";
  private static final String SET = COMPUTE + "virtualMachineScaleSets/web";
  private static final String INSTANCE = SET + "/virtualMachines/2";

  /** What came, and what is made of it. */
  record Row(String given, Target.Kind kind, String id, String resourceId, String shortName) {}

  static List<Row> targets() {
    return List.of(
        new Row(VM, Target.Kind.VIRTUAL_MACHINE, VM, VM, "web-01"),
        new Row(" " + VM + "/\n", Target.Kind.VIRTUAL_MACHINE, VM, VM, "web-01"),
        new Row(
            VM.replace("resourceGroups", "RESOURCEGROUPS").replace("Microsoft", "microsoft"),
            Target.Kind.VIRTUAL_MACHINE,
            VM,
            VM,
            "web-01"),
        new Row(SET, Target.Kind.SCALE_SET, SET, SET, "web"),
        new Row(INSTANCE, Target.Kind.INSTANCE, INSTANCE, SET, "web/2"),
        new Row(
            SET + "/virtualMachines/web_a1b2c3",
            Target.Kind.INSTANCE,
            SET + "/virtualMachines/web_a1b2c3",
            SET,
            "web/web_a1b2c3"),
        new Row(SET + "/virtualMachines/WEB_2", Target.Kind.INSTANCE, INSTANCE, SET, "web/2"),
        new Row("azure://" + INSTANCE, Target.Kind.INSTANCE, INSTANCE, SET, "web/2"),
        new Row("azure://" + VM, Target.Kind.VIRTUAL_MACHINE, VM, VM, "web-01"));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void anIdIsRebuiltFromItsParts(Row row) {
    Target target = Target.parse(row.given()).orElseThrow();
    assertThat(target.kind()).isEqualTo(row.kind());
    assertThat(target.id()).isEqualTo(row.id());
    assertThat(target.resourceId()).isEqualTo(row.resourceId());
    assertThat(target.shortName()).isEqualTo(row.shortName());
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "web-01",
        GROUP,
        GROUP + "/providers/Microsoft.ClassicCompute/virtualMachines/web-01",
        GROUP + "/providers/Microsoft.Web/sites/web-01",
        VM + "/extensions/agent",
        VM + "/virtualMachines/2",
        VM + "?api-version=1",
        VM + "#x",
        VM + "%2f..",
        VM + "\u0000",
        VM + "//",
        "x" + VM,
        "https://management.azure.com" + VM,
        "azure:/" + VM,
        "azure://azure://" + VM,
        COMPUTE + "virtualMachines/",
        COMPUTE + "virtualMachines/..",
        COMPUTE + "virtualMachines/.",
        COMPUTE + "virtualMachines/a b",
        COMPUTE + "virtualMachines/a\u00a0b",
        COMPUTE + "virtualMachines/a\u212A",
        COMPUTE + "virtualMachines/../../x",
        "/subscriptions/s/resourceGroups/../providers/Microsoft.Compute/virtualMachines/v",
        "/subscriptions/a.b/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/v",
        "/subscriptions//resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/v"
      })
  void whateverIsNoMachineIsNoTarget(String id) {
    assertThat(Target.parse(id)).isEmpty();
  }

  @Test
  void aNameHasAtMost90Characters() {
    assertThat(Target.parse(COMPUTE + "virtualMachines/" + "v".repeat(90))).isPresent();
    assertThat(Target.parse(COMPUTE + "virtualMachines/" + "v".repeat(91))).isEmpty();
  }

  @Test
  void targetsAreEqualInAnyLetterCase() {
    Target upper = Target.of(VM.toUpperCase(Locale.ROOT));
    assertThat(upper).isEqualTo(Target.of(VM)).hasSameHashCodeAs(Target.of(VM));
    assertThat(upper.key()).isEqualTo(Target.of(VM).key());
  }

  @Test
  void aScaleSetAndItsInstanceAreDifferentTargets() {
    assertThat(Target.of(INSTANCE)).isNotEqualTo(Target.of(SET));
    assertThat(Target.of(INSTANCE)).isNotEqualTo(Target.of(SET + "/virtualMachines/3"));
  }

  @ParameterizedTest
  @CsvSource({
    "web-vmss_2, 2",
    "WEB-VMSS_017, 017",
    "web-vmss_2a, web-vmss_2a",
    "web-vmss_12345678, web-vmss_12345678",
    "db-vmss_2, db-vmss_2",
    "_2, ",
    "*, ",
    "a/b, ",
    "'', "
  })
  void anInstanceIsNamedByItsSetAndANumberOrStaysAName(String machine, String instance) {
    String set = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/";
    Target scaleSet = Target.parse(set + "virtualMachineScaleSets/web-vmss").orElseThrow();
    assertThat(scaleSet.instanceNamed(machine).map(Target::instance))
        .isEqualTo(Optional.ofNullable(instance));
    assertThat(scaleSet.instanceNamed(machine).map(Target::kind))
        .isEqualTo(Optional.ofNullable(instance).map(i -> Target.Kind.INSTANCE));
    Target vm = Target.parse(set + "virtualMachines/web-vmss").orElseThrow();
    assertThat(vm.instanceNamed(machine)).isEmpty();
  }

  @Test
  void anInstanceThatIsCalledByANameMayBeAMachineOfItsOwn() {
    Target named = Target.of(SET + "/virtualMachines/web_0a1b2c3d");
    assertThat(named.machine()).contains(Target.of(COMPUTE + "virtualMachines/web_0a1b2c3d"));
    assertThat(named.whole()).isEqualTo(Target.of(SET));
    assertThat(named.hasNameOfItsSet()).isTrue();
    assertThat(Target.of(SET + "/virtualMachines/db_0a1b2c3d").hasNameOfItsSet()).isFalse();
    assertThat(Target.of(INSTANCE).machine()).isEmpty();
    assertThat(Target.of(SET).machine()).isEmpty();
    assertThat(Target.of(VM).whole()).isEqualTo(Target.of(VM));
  }
}
