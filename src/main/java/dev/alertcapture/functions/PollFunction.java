package dev.alertcapture.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import dev.alertcapture.App;
import dev.alertcapture.settings.BadSettings;
import dev.alertcapture.store.CaptureStore.StoreException;
import java.time.Duration;
import java.util.logging.Level;

/**
 * The timer: carries on every capture that is due. Its schedule stands here and not in a setting:
 * an unset one would silently switch the timer off (docs/design/worker.md).
 */
public final class PollFunction {
  // It stays for 45 s, begins nothing after this, and 3 s later all has ended. The host never runs
  // two at once, and
  // starts the next as soon as one that has outlasted its slot is over.
  private static final Duration TICK_TIMEOUT = Duration.ofSeconds(55);

  private final Apps apps;

  PollFunction(Apps apps) {
    this.apps = apps;
  }

  /** One tick. */
  @FunctionName("Poll")
  public void run(
      @TimerTrigger(name = "timer", schedule = "*/15 * * * * *") String timer,
      ExecutionContext context)
      throws InterruptedException {
    try {
      App app = apps.get();
      app.reconciler().tick(app.call(TICK_TIMEOUT, context.getLogger()));
    } catch (BadSettings | StoreException e) {
      // Said in a line each quarter minute, until it is mended; a stack trace would say no more.
      context.getLogger().log(Level.SEVERE, "nothing carried on: {0}", e.getMessage());
    }
  }
}
