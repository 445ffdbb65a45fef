package dev.alertcapture.azure;

/** The roles of {@code infra/}, which together hold all that the app's identity must be allowed. */
public enum Role {
  /** Custom, at the subscription of the machines. */
  CAPTURE("the capture role of infra/roles.bicep, at the target's subscription"),
  /** Custom, at the storage accounts that get the files, and nowhere else: it reads their keys. */
  STORAGE("the storage role of infra/roles.bicep, at the storage account"),
  /** Built in, at the same storage accounts; a role for what is in them, not for themselves. */
  BLOB_DATA_READER("Storage Blob Data Reader, at the storage account");

  private final String words;

  Role(String words) {
    this.words = words;
  }

  /** What a refusal for want of an action of this role says. */
  String lacks(String action) {
    return "needs " + action + ", which is in " + words;
  }
}
