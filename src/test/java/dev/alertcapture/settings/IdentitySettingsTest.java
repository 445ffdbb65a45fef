package dev.alertcapture.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.azure.Identity;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who the app is to Azure, by the settings of the documented function among others. */
class IdentitySettingsTest extends IdentityFixture {
  @Test
  void theAppsOwnIdentityIsTheDefaultAndAnotherCanBeNamed() throws BadSettings {
    assertThat(read(Map.of()).identity()).isEqualTo(new Identity.Managed(null));
    assertThat(read(Map.of("AZURE_CLIENT_ID", CLIENT)).identity())
        .isEqualTo(new Identity.Managed(CLIENT));
  }

  @Test
  void plainSecretMakesAServicePrincipalThatNeverPrints() throws BadSettings {
    Settings settings = read(principal(SECRET));

    assertThat(settings.identity())
        .isEqualTo(new Identity.ServicePrincipal(TENANT, CLIENT, SECRET));
    assertThat(settings.toString()).contains(CLIENT).doesNotContain(SECRET);
  }

  @Test
  void namesAreTakenInAnyLetterCaseAndTheRightOneGoesFirst() throws BadSettings {
    Map<String, String> settings = new HashMap<>();
    settings.put("AZURETENANT", "contoso.onmicrosoft.com");
    settings.put("AzureClientId", CLIENT);
    settings.put("AzureClientID", " ");
    settings.put("azurecredpassword", "another");
    settings.put("AzureCredPassword", SECRET);

    assertThat(read(settings).identity())
        .isEqualTo(new Identity.ServicePrincipal("contoso.onmicrosoft.com", CLIENT, SECRET));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AzureTenant", "AzureClientID", "AzureCredPassword"})
  void halfAServicePrincipalIsToldWhatItLacks(String missing) {
    Map<String, String> settings = principal(SECRET);
    settings.remove(missing);

    assertThat(problem(settings)).startsWith(missing + ": needed").hasLineCount(1);
  }

  @Test
  void twoIdentitiesAreOneTooMany() {
    assertThat(problem(principal(SECRET, "AZURE_CLIENT_ID", CLIENT)))
        .startsWith("AZURE_CLIENT_ID: ")
        .contains("AzureClientID", "unset");
  }

  @ParameterizedTest
  @CsvSource({"AzureTenant, hunter2~8Q", "AzureClientID, hunter2~8Q"})
  void wrongIdIsNotRepeatedForItMayBeTheSecret(String key, String value) {
    assertThat(problem(principal(SECRET, key, value))).startsWith(key + ": not the id");
  }
}
