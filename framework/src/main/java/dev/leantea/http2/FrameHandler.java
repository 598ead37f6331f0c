package dev.leantea.http2;

/** Processes complete frames. Owner thread. */
interface FrameHandler {
  /**
   * A frame was received. The array may be used only until this returns.
   *
   * @param type of the frame, possibly unknown
   * @param flags all eight bits, also those that the type does not define
   * @param streamId without the reserved bit; 0 for the connection
   * @param from index of the payload's first byte
   * @param to index after the payload's last byte
   * @return whether to go on: after false the rest of the input is discarded
   */
  boolean frame(int type, int flags, int streamId, byte[] bytes, int from, int to)
      throws Http2Exception;
}
