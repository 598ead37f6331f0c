package dev.leantea.http2;

/** The static table of RFC 7541 appendix A. Indexes begin with 1. */
final class StaticTable {
  /** The last index. */
  static final int SIZE = 61;

  /** Returned by {@link #indexOf} for a field that is not in the table. */
  static final int ABSENT = 0;

  private static final String TEXT =
      """
      :authority|
      :method|GET
      :method|POST
      :path|/
      :path|/index.html
      :scheme|http
      :scheme|https
      :status|200
      :status|204
      :status|206
      :status|304
      :status|400
      :status|404
      :status|500
      accept-charset|
      accept-encoding|gzip, deflate
      accept-language|
      accept-ranges|
      accept|
      access-control-allow-origin|
      age|
      allow|
      authorization|
      cache-control|
      content-disposition|
      content-encoding|
      content-language|
      content-length|
      content-location|
      content-range|
      content-type|
      cookie|
      date|
      etag|
      expect|
      expires|
      from|
      host|
      if-match|
      if-modified-since|
      if-none-match|
      if-range|
      if-unmodified-since|
      last-modified|
      link|
      location|
      max-forwards|
      proxy-authenticate|
      proxy-authorization|
      range|
      referer|
      refresh|
      retry-after|
      server|
      set-cookie|
      strict-transport-security|
      transfer-encoding|
      user-agent|
      vary|
      via|
      www-authenticate|
      """;

  private static final String[] NAMES = new String[SIZE + 1];
  private static final String[] VALUES = new String[SIZE + 1];

  /** Made on first use, because {@link FieldNames} is made from the names here. */
  private static final class Fields {
    private static final HpackField[] FIELDS = new HpackField[SIZE + 1];

    static {
      for (int i = 1; i <= SIZE; i++) {
        FIELDS[i] = new HpackField(FieldNames.of(NAMES[i]), VALUES[i], true);
      }
    }
  }

  static {
    int i = 1;
    for (String line : TEXT.lines().toList()) {
      int bar = line.indexOf('|');
      NAMES[i] = line.substring(0, bar).intern();
      VALUES[i++] = line.substring(bar + 1).intern();
    }
  }

  private StaticTable() {}

  /** The name at an index from 1 to {@link #SIZE}. */
  static String name(int index) {
    return NAMES[index];
  }

  /** The field at an index from 1 to {@link #SIZE}. */
  static HpackField field(int index) {
    return Fields.FIELDS[index];
  }

  /** The index of a field; {@link #ABSENT} if there is none. */
  static int indexOf(FieldName name, String value) {
    int index = name.staticIndex;
    if (index == 0 || value.isEmpty()) {
      return ABSENT; // an entry with an empty value stands for its name alone
    }
    while (index <= SIZE && NAMES[index].equals(name.text)) {
      if (VALUES[index].equals(value)) {
        return index;
      }
      index++;
    }
    return ABSENT;
  }
}
