package dev.alertcapture.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {
  private static final Target VM = target("/subscriptions/S-1/resourceGroups/Shop.RG");

  private static Target target(String group) {
    return Target.parse(group + "/providers/Microsoft.Compute/virtualMachines/till-7")
        .orElseThrow();
  }

  private static boolean allow(String... ids) {
    List<String> parsed = Arrays.stream(ids).map(id -> Scopes.parse(id).orElseThrow()).toList();
    return new Scopes(parsed).whyNot(VM).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/subscriptions/s-1, true",
    "/SUBSCRIPTIONS/S-1/, true",
    "/subscriptions/s-1/resourcegroups/shop.rg, true",
    "/subscriptions/s-1/resourceGroups/SHOP.RG/, true",
    "/subscriptions/s, false",
    "/subscriptions/s-1/resourceGroups/shop, false",
    "/subscriptions/s-1/resourceGroups/shop.rg2, false",
    "/subscriptions/s-2/resourceGroups/shop.rg, false"
  })
  void aTargetIsInsideOnlyOfItsOwnSubscriptionAndGroup(String scope, boolean inside) {
    assertThat(allow(scope)).isEqualTo(inside);
    assertThat(allow("/subscriptions/other", scope)).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "s-1",
        "/subscriptions/",
        "/subscriptions/*",
        "/subscriptions/s-1/resourceGroups/",
        "/subscriptions/s-1/resourceGroups/..",
        "/subscriptions/s-1/resourceGroups/a/providers/Microsoft.Compute/virtualMachines/b",
        "/subscriptions/s-1//"
      })
  void nothingElseIsAScope(String id) {
    assertThat(Scopes.parse(id)).isEmpty();
  }
}
