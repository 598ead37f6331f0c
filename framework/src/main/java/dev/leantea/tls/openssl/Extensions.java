package dev.leantea.tls.openssl;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What OpenSSL calls during a handshake, on its thread: to choose the certificate by the name that
 * the client asks for (SNI, RFC 6066 §3), and the protocol (ALPN, RFC 7301). Nothing is thrown into
 * native code.
 */
final class Extensions {
  private static final FunctionDescriptor SERVER_NAME_TYPE =
      FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private static final FunctionDescriptor PROTOCOL_TYPE =
      FunctionDescriptor.of(
          JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG);

  private final ToLongFunction<String> contexts;
  private final MemorySegment protocols;
  private final long serverNameCallback;
  private final long protocolCallback;

  /**
   * @param contexts the {@code SSL_CTX} for a name
   * @param protocols in order of preference
   * @param arena holds the native part; alive as long as any {@code SSL}
   */
  Extensions(ToLongFunction<String> contexts, List<String> protocols, Arena arena) {
    this.contexts = contexts;
    this.protocols = arena.allocateFrom(JAVA_BYTE, encode(protocols));
    this.serverNameCallback = callback("chooseContext", SERVER_NAME_TYPE, arena);
    this.protocolCallback = callback("chooseProtocol", PROTOCOL_TYPE, arena);
  }

  /** Sets the callbacks of an {@code SSL_CTX}. */
  void applyTo(long context) {
    Libssl.setCallback(context, Abi.CTRL_SET_TLSEXT_SERVERNAME_CB, serverNameCallback);
    if (protocols.byteSize() > 0) {
      Libssl.setAlpnCallback(context, protocolCallback);
    }
  }

  @SuppressWarnings("unused") // called by OpenSSL
  private int chooseContext(long ssl, long alert, long argument) {
    try {
      String name = Libssl.serverName(ssl);
      if (name.isEmpty()) {
        return Abi.TLSEXT_ERR_NOACK;
      }
      Libssl.setContext(ssl, contexts.applyAsLong(name));
      return Abi.TLSEXT_ERR_OK;
    } catch (Throwable t) {
      return Abi.TLSEXT_ERR_ALERT_FATAL;
    }
  }

  /** RFC 7301 §3.2: without a common protocol the handshake fails. */
  @SuppressWarnings("unused") // called by OpenSSL
  private int chooseProtocol(
      long ssl, long out, long outLength, long theirs, int length, long argument) {
    try {
      int chosen = Libssl.selectProtocol(out, outLength, protocols, theirs, length);
      return chosen == Abi.NPN_NEGOTIATED ? Abi.TLSEXT_ERR_OK : Abi.TLSEXT_ERR_ALERT_FATAL;
    } catch (Throwable t) {
      return Abi.TLSEXT_ERR_ALERT_FATAL;
    }
  }

  private long callback(String method, FunctionDescriptor type, Arena arena) {
    try {
      MethodHandle handle = MethodHandles.lookup().bind(this, method, type.toMethodType());
      return Calls.callback(handle, type, arena);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(method, e);
    }
  }

  /** RFC 7301 §3.1: each name after a byte with its length. */
  private static byte[] encode(List<String> protocols) {
    var encoded = new ByteArrayOutputStream();
    for (String protocol : protocols) {
      encoded.write(protocol.length());
      encoded.writeBytes(protocol.getBytes(StandardCharsets.US_ASCII));
    }
    return encoded.toByteArray();
  }
}
