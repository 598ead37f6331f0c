package dev.leantea.security;

import dev.leantea.http.HttpException;
import dev.leantea.http.Request;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads the {@code Authorization} field (RFC 9110 §11.6.2). */
final class Authorization {
  private Authorization() {}

  /**
   * What follows the scheme's name; empty when the request has no credentials of this scheme.
   *
   * @throws HttpException 400 when there are several lines: which one counts must not be guessed
   */
  static Optional<String> credentials(Request request, String scheme) {
    List<String> lines = request.headers().all("Authorization");
    if (lines.size() > 1) {
      throw new HttpException(400, "Authorization: expected one field line, got " + lines.size());
    }
    return lines.stream()
        .filter(line -> line.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1))
        .map(line -> line.substring(scheme.length() + 1).strip())
        .findFirst();
  }

  /** Name and password (RFC 7617 §2); empty when they are malformed. */
  static Optional<BasicCredentials> basic(String credentials) {
    String text;
    try {
      byte[] decoded = Base64.getDecoder().decode(credentials);
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
    int colon = text.indexOf(':');
    return colon < 0 || text.chars().anyMatch(Character::isISOControl)
        ? Optional.empty()
        : Optional.of(new BasicCredentials(text.substring(0, colon), text.substring(colon + 1)));
  }

  /** Whether it is a token (b64token: RFC 6750 §2.1). */
  static boolean isToken(String credentials) {
    int end = credentials.length();
    while (end > 0 && credentials.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      char c = credentials.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && "-._~+/".indexOf(c) < 0) {
        return false;
      }
    }
    return end > 0;
  }
}
