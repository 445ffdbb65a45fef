package dev.alertcapture.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Who may post alerts: one application, and only with a role that it was given. For Azure Monitor's
 * secure webhooks that is "AzNS AAD Webhook".
 *
 * <p>It judges the header in which App Service Authentication hands on the claims of a token that
 * it has checked: base64 of {@code {"auth_typ", "claims": [{"typ", "val"}]}}. That authentication
 * removes the header from what comes from outside; without it anybody could write one, so settings
 * refuse a rule where it is off. Source:
 * https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities
 *
 * @param application the caller's client id
 * @param role the value of an app role
 */
public record CallerRule(String application, String role) {
  /** Bytes; more than any header that the platform lets through. */
  private static final int MAX_BYTES = 64 * 1024;

  // Tokens of version 1 say appid, those of version 2 say azp.
  private static final Set<String> APPLICATION = Set.of("appid", "azp");
  private static final Set<String> ROLE =
      Set.of("roles", "http://schemas.microsoft.com/ws/2008/06/identity/claims/role");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What a caller is. */
  public enum Verdict {
    /** The application, with the role; or there is no rule. */
    ALLOWED,
    /** Nobody that Entra has vouched for. */
    UNKNOWN,
    /** Somebody else, or without the role. */
    FORBIDDEN
  }

  /** Judges a caller by the header {@code X-MS-CLIENT-PRINCIPAL}, null where there is none. */
  public Verdict judge(String header) {
    JsonNode principal = read(header);
    if (!principal.path("auth_typ").asText().equals("aad")) {
      return Verdict.UNKNOWN;
    }
    List<String> applications = claims(principal, APPLICATION);
    boolean isTheOne =
        !applications.isEmpty() && applications.stream().allMatch(application::equalsIgnoreCase);
    return isTheOne && claims(principal, ROLE).contains(role) ? Verdict.ALLOWED : Verdict.FORBIDDEN;
  }

  private static JsonNode read(String header) {
    if (header == null || header.length() > MAX_BYTES) {
      return MAPPER.missingNode();
    }
    try {
      byte[] json = Base64.getDecoder().decode(header.strip());
      return MAPPER.readTree(new String(json, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | JsonProcessingException e) {
      return MAPPER.missingNode();
    }
  }

  private static List<String> claims(JsonNode principal, Set<String> types) {
    List<String> values = new ArrayList<>();
    for (JsonNode claim : principal.path("claims")) {
      if (types.contains(claim.path("typ").asText())) {
        values.add(claim.path("val").asText());
      }
    }
    return values;
  }
}
