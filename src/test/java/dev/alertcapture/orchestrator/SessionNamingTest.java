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

class SessionNamingTest {
  private static final String SET =
      "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/web";

  @Test
  void aNameTellsTheMachine() {
    assertThat(new SessionNaming("alert-", "store").of(vm("web-01")))
        .matches("alert-web-01-[0-9a-z]{10}");
    assertThat(new SessionNaming("alert-", "store").of(target(SET + "/virtualMachines/2")))
        .matches("alert-web-2-[0-9a-z]{10}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"w", "web-01", "\u00fcber_(vm).1", ".web", "-web"})
  void aNameIsOneThatAzureTakes(String machine) {
    for (String name : List.of(machine, machine + "x".repeat(75))) {
      for (String prefix : List.of("", "a", "alert-", "p".repeat(40))) {
        assertThat(new SessionNaming(prefix, "store").of(vm(name)))
            .matches("[A-Za-z0-9_][A-Za-z0-9._-]*[A-Za-z0-9_]")
            .hasSizeLessThanOrEqualTo(80);
      }
    }
  }

  @Test
  void oneTargetHasOneNameInWhateverLettersItComes() {
    String id = vm("web-01").id();
    assertThat(new SessionNaming("alert-", "store").of(target(upper(id))))
        .isEqualTo(new SessionNaming("alert-", "store").of(target(id)));
  }

  @Test
  void targetsThatDifferHaveNamesThatDo() {
    String other = vm("web-01").id().replace("/rg/", "/rg2/");
    String instance = SET + "/virtualMachines/2";
    List<String> names =
        List.of(vm("web-01").id(), other, SET, instance, SET + "/virtualMachines/3").stream()
            .map(id -> new SessionNaming("alert-", "store").of(target(id)))
            .toList();
    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void longNamesThatBeginAlikeDiffer() {
    assertThat(new SessionNaming("alert-", "store").of(vm("w".repeat(80) + "1")))
        .isNotEqualTo(new SessionNaming("alert-", "store").of(vm("w".repeat(80) + "2")));
  }

  @Test
  void twoDeploymentsNeverHaveTheSameName() {
    assertThat(new SessionNaming("alert-", "one").of(vm("web-01")))
        .isNotEqualTo(new SessionNaming("alert-", "two").of(vm("web-01")));
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
