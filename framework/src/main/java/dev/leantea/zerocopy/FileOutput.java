package dev.leantea.zerocopy;

import java.io.IOException;

/** What a body is written to, where it can take a part of a file as such. */
public interface FileOutput {
  /**
   * Writes a part of a file, behind all that was written before. Blocks while the client is behind,
   * as a write does; what is still on its way afterwards keeps the file open.
   *
   * @param from the first octet's index
   * @param count in octets
   * @throws IOException when the client is gone, or the file ends before the part does
   */
  void write(OpenFile file, long from, long count) throws IOException;
}
