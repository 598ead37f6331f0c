package dev.leantea.loop;

/** A platform thread that knows the carrier that it belongs to. */
final class CarrierThread extends Thread {
  private final Carrier carrier;

  CarrierThread(Carrier carrier, String name, Runnable task) {
    super(task, name);
    this.carrier = carrier;
  }

  Carrier carrier() {
    return carrier;
  }
}
