package dev.alertcapture.functions;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;

/** Gives the Functions worker, which wants a new object for each call, functions of one app. */
public final class Injector implements FunctionInstanceInjector {
  private static final Apps APPS = new Apps();

  @Override
  public <T> T getInstance(Class<T> type) throws Exception {
    return type.getDeclaredConstructor(Apps.class).newInstance(APPS);
  }
}
