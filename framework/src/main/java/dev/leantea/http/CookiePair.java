package dev.leantea.http;

/**
 * A cookie that a client sent (RFC 6265 §4.2).
 *
 * @param value as it was sent, without quotes around it; nothing is decoded
 */
public record CookiePair(String name, String value) {}
