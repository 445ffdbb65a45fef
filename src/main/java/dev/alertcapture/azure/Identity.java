package dev.alertcapture.azure;

/** Who the app is to Azure. It prints without its secret. */
public sealed interface Identity {
  /** Which it is, in words. */
  String inWords();

  /** What to do where it can't sign in. */
  String remedy();

  /**
   * An identity that Azure keeps for the app.
   *
   * @param clientId of a user-assigned one; null for the system-assigned one
   */
  record Managed(String clientId) implements Identity {
    @Override
    public String inWords() {
      return "managed identity" + (clientId == null ? "" : " " + clientId);
    }

    @Override
    public String remedy() {
      return clientId == null
          ? "Switch on the app's system-assigned identity, or name a user-assigned one in"
              + " AZURE_CLIENT_ID."
          : "Assign the identity that AZURE_CLIENT_ID names to the app, or correct the setting.";
    }
  }

  /**
   * An application with a secret of its own.
   *
   * @param tenant id or domain
   */
  record ServicePrincipal(String tenant, String clientId, String secret) implements Identity {
    @Override
    public String inWords() {
      return "service principal " + clientId;
    }

    @Override
    public String remedy() {
      return "Check AzureTenant and AzureClientID. If the secret is wrong or has expired, make a"
          + " new one and put it, plain or encrypted, in AzureCredPassword: az ad app credential"
          + " reset --append --id "
          + clientId;
    }

    @Override
    public String toString() {
      return "ServicePrincipal[" + clientId + " of " + tenant + "]";
    }
  }
}
