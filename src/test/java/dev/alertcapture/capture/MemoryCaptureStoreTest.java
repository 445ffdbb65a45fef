package dev.alertcapture.capture;

class MemoryCaptureStoreTest extends CaptureStoreContract {
  @Override
  CaptureStore empty() {
    return new MemoryCaptureStore();
  }
}
