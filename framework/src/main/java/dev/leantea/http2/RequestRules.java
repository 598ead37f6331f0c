package dev.leantea.http2;

import dev.leantea.http.Authority;
import dev.leantea.http.Limits;
import dev.leantea.http.Method;
import dev.leantea.http.RequestTarget;
import org.jspecify.annotations.Nullable;

/**
 * What a request must be beyond its single fields (RFC 9113 §8.3.1, §8.5; RFC 8441 §4). Everything
 * that a proxy and this server might understand differently is refused, as in HTTP/1.1.
 *
 * <table>
 * <caption>Pseudo-header fields</caption>
 * <tr><td>CONNECT</td><td>:authority, with a port</td></tr>
 * <tr><td>CONNECT with :protocol</td><td>:scheme, :path, :authority; is a GET with Upgrade for the
 *     application</td></tr>
 * <tr><td>all others</td><td>:scheme, :path, :authority or host</td></tr>
 * </table>
 */
final class RequestRules {
  private static final FieldName UPGRADE = FieldNames.of("upgrade");
  private static final FieldName CONNECTION = FieldNames.of("connection");

  /** RFC 3986 §3.3, §3.4, and what browsers send as it is; the same as in HTTP/1.1. */
  private static final boolean[] TARGET = new boolean[128];

  static {
    for (char c = '0'; c <= 'z'; c++) {
      TARGET[c] = Character.isLetterOrDigit(c);
    }
    "/?:@!$&'()*+,;=-._~%[]^`{|}".chars().forEach(c -> TARGET[c] = true);
  }

  private RequestRules() {}

  /**
   * Checks the whole, and completes the fields with those that an application expects.
   *
   * @param endStream whether the request has no body
   * @return the target; null if the request is refused
   */
  static @Nullable RequestTarget check(RequestFields fields, Limits limits, boolean endStream) {
    if (fields.refusal() == null) {
      pseudoFields(fields);
    }
    if (fields.refusal() == null) {
      authority(fields);
    }
    if (endStream && fields.contentLength > 0) {
      fields.refuse(Refusal.CONTENT_LENGTH); // §8.1.1
    }
    if (fields.path.length() > limits.requestLine()) {
      fields.refuse(Refusal.TARGET_TOO_LONG);
    }
    if (fields.refusal() != null) {
      return null;
    }
    fields.addHost();
    fields.joinCookies();
    return target(fields);
  }

  private static void pseudoFields(RequestFields fields) {
    boolean connect = fields.method.equals(Method.CONNECT.name());
    boolean hasTarget = !fields.scheme.isEmpty() && !fields.path.isEmpty();
    if (fields.method.isEmpty()) {
      fields.refuse(Refusal.PSEUDO_FIELD);
    } else if (!connect) {
      fields.refuseUnless(fields.protocol.isEmpty(), Refusal.PROTOCOL);
      fields.refuseUnless(hasTarget, Refusal.PSEUDO_FIELD);
    } else if (fields.protocol.isEmpty()) {
      boolean none = fields.scheme.isEmpty() && fields.path.isEmpty();
      fields.refuseUnless(none && !fields.authority.isEmpty(), Refusal.CONNECT);
    } else {
      fields.refuseUnless(hasTarget && !fields.authority.isEmpty(), Refusal.CONNECT);
    }
    fields.refuseUnless(isScheme(fields.scheme), Refusal.SCHEME);
  }

  private static boolean isScheme(String scheme) {
    return scheme.isEmpty() || scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http");
  }

  /** §8.3.1: a host field must not name another host than :authority. */
  private static void authority(RequestFields fields) {
    boolean named = !fields.authority.isEmpty();
    String host = named ? fields.authority : fields.host;
    boolean equal = !named || !fields.hasHost() || host.equalsIgnoreCase(fields.host);
    fields.refuseUnless(
        (named || fields.hasHost()) && equal && Authority.isValid(host), Refusal.AUTHORITY);
  }

  private static @Nullable RequestTarget target(RequestFields fields) {
    Method method = method(fields);
    if (method == null) {
      return null;
    }
    boolean connect = method.equals(Method.CONNECT);
    String raw = connect ? fields.authority : fields.path;
    // §8.3.1: a path, or the asterisk; not the absolute form of HTTP/1.1.
    boolean hasForm = connect || raw.startsWith("/") || raw.equals("*");
    if (!hasForm || !isTarget(raw)) {
      fields.refuse(Refusal.TARGET);
      return null;
    }
    try {
      return RequestTarget.parse(method, raw);
    } catch (IllegalArgumentException e) {
      fields.refuse(Refusal.TARGET);
      return null;
    }
  }

  private static boolean isTarget(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c >= TARGET.length || !TARGET[c]) {
        return false;
      }
    }
    return true;
  }

  /** The method for the application; null if the request is refused. */
  static @Nullable Method method(RequestFields fields) {
    if (!fields.protocol.isEmpty()) {
      return Method.GET;
    }
    if (fields.method.length() > Method.MAX_LENGTH) {
      fields.refuse(Refusal.METHOD_UNKNOWN);
      return null;
    }
    try {
      return Method.of(fields.method);
    } catch (IllegalArgumentException e) {
      fields.refuse(Refusal.METHOD);
      return null;
    }
  }

  /**
   * RFC 8441 §5: a request of extended CONNECT means what a GET with Upgrade means in HTTP/1.1, and
   * the application sees it so.
   */
  static void addUpgrade(RequestFields fields) {
    if (!fields.protocol.isEmpty()) {
      fields.add(UPGRADE, fields.protocol);
      fields.add(CONNECTION, "upgrade");
    }
  }
}
