package dev.alertcapture.store;

class MemoryCaptureStoreTest extends CaptureStoreContract {
  @Override
  protected CaptureStore empty() {
    return new MemoryCaptureStore();
  }
}
