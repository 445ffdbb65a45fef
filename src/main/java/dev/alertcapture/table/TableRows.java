package dev.alertcapture.table;

import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import dev.alertcapture.store.CaptureStore.Row;
import dev.alertcapture.store.CaptureStore.Write;
import dev.alertcapture.store.CaptureStore.Write.Insert;
import dev.alertcapture.store.CaptureStore.Write.Replace;

/**
 * Rows as entities of one partition. A property holds at most 32 K characters
 * (docs/design/store.md), so a value is cut into {@code v0}, {@code v1} and so on; the empty value
 * has none.
 */
final class TableRows {
  static final String PARTITION = "captures";
  private static final int MAX_PROPERTY_CHARS = 32_000;
  // Where the SDK looks for an entity's ETag.
  private static final String ETAG = "odata.etag";

  private TableRows() {}

  static Row row(TableEntity entity) {
    StringBuilder value = new StringBuilder();
    for (int i = 0; entity.getProperty("v" + i) instanceof String piece; i++) {
      value.append(piece);
    }
    return new Row(entity.getRowKey(), value.toString(), entity.getETag());
  }

  static TableTransactionAction action(Write write) {
    TableEntity entity = new TableEntity(PARTITION, write.key());
    if (write instanceof Insert insert) {
      put(entity, insert.value());
      return new TableTransactionAction(TableTransactionActionType.CREATE, entity);
    }
    if (write instanceof Replace replace) {
      put(entity, replace.value());
      entity.addProperty(ETAG, replace.etag());
      return new TableTransactionAction(TableTransactionActionType.UPDATE_REPLACE, entity, true);
    }
    String etag = ((Write.Delete) write).etag();
    entity.addProperty(ETAG, etag);
    return new TableTransactionAction(TableTransactionActionType.DELETE, entity, etag != null);
  }

  private static void put(TableEntity entity, String value) {
    int from = 0;
    for (int i = 0; from < value.length(); i++) {
      int to = Math.min(from + MAX_PROPERTY_CHARS, value.length());
      if (to < value.length() && Character.isHighSurrogate(value.charAt(to - 1))) {
        to--;
      }
      entity.addProperty("v" + i, value.substring(from, to));
      from = to;
    }
  }

  /** A filter for a range of keys. */
  static String range(String from, String to) {
    return "PartitionKey eq '%s' and RowKey ge '%s' and RowKey lt '%s'"
        .formatted(PARTITION, quoted(from), quoted(to));
  }

  private static String quoted(String text) {
    return text.replace("'", "''");
  }
}
