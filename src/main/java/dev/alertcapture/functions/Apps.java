package dev.alertcapture.functions;

import dev.alertcapture.App;
import dev.alertcapture.settings.BadSettings;

/**
 * Where functions get the app: made at the first call, once. The Functions worker hangs every call
 * of a class whose static initialiser fails, so nothing is made there; settings that are wrong are
 * tried again with each call, and said each time.
 */
final class Apps {
  private App app;

  Apps() {}

  /** One that is made already. */
  Apps(App app) {
    this.app = app;
  }

  synchronized App get() throws BadSettings {
    if (app == null) {
      app = App.of(System.getenv());
    }
    return app;
  }
}
