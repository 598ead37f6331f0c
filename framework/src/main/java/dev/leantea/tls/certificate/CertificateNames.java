package dev.leantea.tls.certificate;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds certificates by the host name that a client asks for (SNI, RFC 6066 §3): by the DNS names
 * in their subject alternative names (RFC 6125 §6.4), of which {@code *.example.org} stands for one
 * label. Immutable; any thread.
 */
public final class CertificateNames {
  private static final int DNS_NAME = 2;

  /** Indexes of identities, the first ones of a name preferred. */
  private final Map<String, List<Integer>> byName;

  /** The first identity, then those with its first name: of another kind of key. */
  private final List<Integer> defaults;

  private CertificateNames(Map<String, List<Integer>> byName, List<Integer> defaults) {
    this.byName = byName;
    this.defaults = defaults;
  }

  static CertificateNames of(List<Identity> identities) {
    var byName = new HashMap<String, List<Integer>>();
    for (int i = 0; i < identities.size(); i++) {
      for (String name : names(identities.get(i).certificate())) {
        byName.merge(name, List.of(i), CertificateNames::join);
      }
    }
    List<Integer> defaults =
        names(identities.getFirst().certificate()).stream()
            .findFirst()
            .map(byName::get)
            .orElse(List.of(0));
    return new CertificateNames(Map.copyOf(byName), defaults);
  }

  private static List<Integer> join(List<Integer> first, List<Integer> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }

  /** The DNS names of a certificate, in lower case. */
  static List<String> names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(it -> it.getFirst().equals(DNS_NAME))
              .map(it -> normalize((String) it.get(1)))
              .distinct()
              .toList();
    } catch (CertificateParsingException e) {
      return List.of(); // it is the default certificate at most
    }
  }

  /**
   * Indexes of the identities for a name: those that have the name itself, else those with a
   * wildcard for it, else the {@link #defaults}.
   *
   * @param name in any case, with or without a final dot
   */
  public List<Integer> indexes(String name) {
    String normal = normalize(name);
    List<Integer> exact = byName.get(normal);
    if (exact != null) {
      return exact;
    }
    int dot = normal.indexOf('.');
    return dot <= 0 ? defaults : byName.getOrDefault("*" + normal.substring(dot), defaults);
  }

  /** Indexes of the identities for a client that asks for no name; the first of them is 0. */
  public List<Integer> defaults() {
    return defaults;
  }

  /** All the lists that {@link #indexes} returns. */
  public Set<List<Integer>> choices() {
    var choices = new LinkedHashSet<List<Integer>>();
    choices.add(List.of(0));
    choices.addAll(byName.values());
    return choices;
  }

  /** Index of the first identity for a name: see {@link #indexes}. */
  public int index(String name) {
    return indexes(name).getFirst();
  }

  private static String normalize(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
