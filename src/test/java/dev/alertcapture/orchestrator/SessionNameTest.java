package dev.alertcapture.orchestrator;

import static dev.alertcapture.capture.CaptureFixture.vm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.Base32;
import dev.alertcapture.target.Target;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionNameTest {
  private static final String SET =
      "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/web";

  @Test
  void aNameTellsTheMachine() {
    assertThat(SessionName.of("alert-", vm("web-01"), "store"))
        .matches("alert-web-01-[0-9a-z]{10}");
    assertThat(SessionName.of("alert-", target(SET + "/virtualMachines/2"), "store"))
        .matches("alert-web-2-[0-9a-z]{10}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"w", "web-01", "\u00fcber_(vm).1", ".web", "-web"})
  void aNameIsOneThatAzureTakes(String machine) {
    for (String name : List.of(machine, machine + "x".repeat(75))) {
      for (String prefix : List.of("", "a", "alert-", "p".repeat(40))) {
        assertThat(SessionName.of(prefix, vm(name), "store"))
            .matches("[A-Za-z0-9_][A-Za-z0-9._-]*[A-Za-z0-9_]")
            .hasSizeLessThanOrEqualTo(80);
      }
    }
  }

  @Test
  void oneTargetHasOneNameInWhateverLettersItComes() {
    String id = vm("web-01").id();
    assertThat(SessionName.of("alert-", target(upper(id)), "store"))
        .isEqualTo(SessionName.of("alert-", target(id), "store"));
  }

  @Test
  void targetsThatDifferHaveNamesThatDo() {
    String other = vm("web-01").id().replace("/rg/", "/rg2/");
    String instance = SET + "/virtualMachines/2";
    List<String> names =
        List.of(vm("web-01").id(), other, SET, instance, SET + "/virtualMachines/3").stream()
            .map(id -> SessionName.of("alert-", target(id), "store"))
            .toList();
    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void longNamesThatBeginAlikeDiffer() {
    assertThat(SessionName.of("alert-", vm("w".repeat(80) + "1"), "store"))
        .isNotEqualTo(SessionName.of("alert-", vm("w".repeat(80) + "2"), "store"));
  }

  @Test
  void twoDeploymentsNeverHaveTheSameName() {
    assertThat(SessionName.of("alert-", vm("web-01"), "one"))
        .isNotEqualTo(SessionName.of("alert-", vm("web-01"), "two"));
  }

  @Test
  void aHashIsSha256InBase32() {
    // SHA-256 of "abc" is ba7816bf 8f01cfea 414140de 5dae2223 b00361a3 …
    assertThat(Base32.hash("abc")).isEqualTo("q9w1dfwf077ymga183f5vbh24er06rd3");
    assertThat(Base32.hash("ABC")).isEqualTo(Base32.hash("abc"));
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static Target target(String id) {
    return Target.parse(id).orElseThrow();
  }
}
