package dev.alertcapture.azure;

import java.net.URI;

/** The clouds, with the addresses that differ between them (docs/design/azure.md, "Clouds"). */
public enum Cloud {
  /** The public cloud. */
  AZURE_CLOUD(
      "AzureCloud",
      "https://management.azure.com",
      "https://management.core.windows.net/",
      "https://login.microsoftonline.com/",
      ".core.windows.net",
      "https://portal.azure.com"),
  /** China, operated by 21Vianet. */
  AZURE_CHINA_CLOUD(
      "AzureChinaCloud",
      "https://management.chinacloudapi.cn",
      "https://management.core.chinacloudapi.cn/",
      // MSAL asks it by its newer name, login.partner.microsoftonline.cn.
      "https://login.chinacloudapi.cn/",
      ".core.chinacloudapi.cn",
      "https://portal.azure.cn"),
  /** US Government. */
  AZURE_US_GOVERNMENT(
      "AzureUSGovernment",
      "https://management.usgovcloudapi.net",
      "https://management.core.usgovcloudapi.net/",
      "https://login.microsoftonline.us/",
      ".core.usgovcloudapi.net",
      "https://portal.azure.us");

  private final String settingName;
  private final URI endpoint;
  private final String audience;
  private final String authority;
  private final String storageSuffix;
  private final String portal;

  Cloud(
      String settingName,
      String endpoint,
      String audience,
      String authority,
      String storageSuffix,
      String portal) {
    this.settingName = settingName;
    this.endpoint = URI.create(endpoint);
    this.audience = audience;
    this.authority = authority;
    this.storageSuffix = storageSuffix;
    this.portal = portal;
  }

  /** What the setting {@code AZURE_CLOUD} calls it. */
  public String settingName() {
    return settingName;
  }

  /** Azure Resource Manager. */
  public URI endpoint() {
    return endpoint;
  }

  /** The scope of a token for Azure Resource Manager. */
  public String scope() {
    return audience + "/.default";
  }

  /** Where tokens are issued. */
  public String authority() {
    return authority;
  }

  /** What follows the service in a storage host: {@code account.blob} + suffix. */
  public String storageSuffix() {
    return storageSuffix;
  }

  /** The portal that people look at, without a slash at the end. */
  public String portal() {
    return portal;
  }
}
