package dev.alertcapture.alert;

import static dev.alertcapture.alert.CallerRule.Verdict.ALLOWED;
import static dev.alertcapture.alert.CallerRule.Verdict.FORBIDDEN;
import static dev.alertcapture.alert.CallerRule.Verdict.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.alert.CallerRule.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One application with one role may post alerts, and whatever a header holds it is only judged. */
class CallerRuleTest {
  private static final String AZNS = "461e8683-5575-4561-ac7f-899cc907d62a";
  private static final String OTHER = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
  private static final String ROLE = "ActionGroupsSecureWebhook";
  private static final CallerRule RULE = new CallerRule(AZNS, ROLE);

  private static String header(String json) {
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Verdict judged(String... claims) {
    List<String> all =
        Stream.of(claims)
            .map(claim -> claim.split("=", 2))
            .map(claim -> "{\"typ\": \"%s\", \"val\": \"%s\"}".formatted(claim[0], claim[1]))
            .toList();
    return RULE.judge(
        header("{\"auth_typ\": \"aad\", \"claims\": [%s]}".formatted(String.join(",", all))));
  }

  @Test
  void applicationWithTheRoleIsAllowedWhateverItsTokensVersion() {
    assertThat(judged("aud=api://x", "appid=" + AZNS, "roles=" + ROLE)).isEqualTo(ALLOWED);
    assertThat(judged("azp=" + AZNS.toUpperCase(java.util.Locale.ROOT), "roles=" + ROLE))
        .isEqualTo(ALLOWED);
    assertThat(
            judged(
                "azp=" + AZNS,
                "http://schemas.microsoft.com/ws/2008/06/identity/claims/role=" + ROLE))
        .isEqualTo(ALLOWED);
    assertThat(judged("azp=" + AZNS, "roles=Another", "roles=" + ROLE)).isEqualTo(ALLOWED);
  }

  @Test
  void anotherApplicationOrNoneOrTwoIsForbidden() {
    assertThat(judged("appid=" + OTHER, "roles=" + ROLE)).isEqualTo(FORBIDDEN);
    assertThat(judged("roles=" + ROLE)).isEqualTo(FORBIDDEN);
    assertThat(judged("appid=" + AZNS, "azp=" + OTHER, "roles=" + ROLE)).isEqualTo(FORBIDDEN);
    assertThat(judged("sub=" + AZNS, "roles=" + ROLE)).isEqualTo(FORBIDDEN);
  }

  @Test
  void theRoleIsNeededToTheLetter() {
    assertThat(judged("appid=" + AZNS)).isEqualTo(FORBIDDEN);
    assertThat(judged("appid=" + AZNS, "roles=" + ROLE + "s")).isEqualTo(FORBIDDEN);
    assertThat(judged("appid=" + AZNS, "scp=" + ROLE)).isEqualTo(FORBIDDEN);
  }

  @Test
  void noHeaderAndAnotherIdentityProviderAreNobody() {
    assertThat(RULE.judge(null)).isEqualTo(UNKNOWN);
    assertThat(
            RULE.judge(
                header(
                    "{\"auth_typ\": \"github\", \"claims\": [{\"typ\": \"appid\", \"val\": \"%s\"}]}"
                        .formatted(AZNS))))
        .isEqualTo(UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "%%%", "AAAA", "bnVsbA==", "W10=", "e30=", "InRleHQi", "ew=="})
  void whatIsNoPrincipalIsNobody(String header) {
    assertThat(RULE.judge(header)).isEqualTo(UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"auth_typ\": \"aad\"}",
        "{\"auth_typ\": \"aad\", \"claims\": null}",
        "{\"auth_typ\": \"aad\", \"claims\": \"appid\"}",
        "{\"auth_typ\": \"aad\", \"claims\": [null, 1, [], {}, {\"typ\": [\"appid\"]}]}",
      })
  void principalWithoutClaimsIsForbidden(String json) {
    assertThat(RULE.judge(header(json))).isEqualTo(FORBIDDEN);
  }

  @Test
  void headerThatIsDeepOrLongIsNobody() {
    assertThat(RULE.judge(header("[".repeat(40_000)))).isEqualTo(UNKNOWN);
    assertThat(RULE.judge("A".repeat(10_000_000))).isEqualTo(UNKNOWN);
  }
}
