package dev.leantea.http;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Proactive negotiation of the media type: the {@code Accept} field (RFC 9110 §12.5.1). */
final class Accept {
  /**
   * One media range.
   *
   * @param type in lower case; {@code *} for all
   * @param subtype as well
   * @param weight in thousandths
   */
  private record Range(String type, String subtype, int weight) {
    /** How closely it names a media type: 0 not at all, 3 whole. */
    int closeness(String other, String otherSubtype) {
      if (type.equals("*")) {
        return subtype.equals("*") ? 1 : 0;
      }
      if (!type.equals(other)) {
        return 0;
      }
      return subtype.equals("*") ? 2 : subtype.equals(otherSubtype) ? 3 : 0;
    }
  }

  private Accept() {}

  /**
   * The media type with the highest weight; of several the first one. Parameters other than the
   * weight are ignored.
   *
   * @throws HttpException 406 when none is acceptable
   */
  static MediaType best(Headers headers, List<MediaType> available) {
    List<Range> ranges = ranges(headers);
    MediaType best = available.getFirst();
    int bestWeight = ranges.isEmpty() ? Weight.MAX : 0; // RFC 9110 §12.5.1: all are acceptable
    for (MediaType each : ranges.isEmpty() ? List.<MediaType>of() : available) {
      int weight = weight(ranges, each);
      if (weight > bestWeight) {
        best = each;
        bestWeight = weight;
      }
    }
    if (bestWeight == 0) {
      throw notAcceptable(available);
    }
    return best;
  }

  private static HttpException notAcceptable(List<MediaType> available) {
    String names = available.stream().map(MediaType::essence).collect(Collectors.joining(", "));
    return HttpException.of(406, "Accept: expected one of " + names);
  }

  private static int weight(List<Range> ranges, MediaType mediaType) {
    String essence = mediaType.essence();
    int slash = Math.max(0, essence.indexOf('/'));
    String type = essence.substring(0, slash);
    String subtype = essence.substring(Math.min(essence.length(), slash + 1));
    int weight = 0;
    int closest = 0;
    for (Range range : ranges) {
      int closeness = range.closeness(type, subtype);
      if (closeness > closest) {
        closest = closeness;
        weight = range.weight();
      }
    }
    return weight;
  }

  /** Malformed ranges are left out. */
  private static List<Range> ranges(Headers headers) {
    var ranges = new ArrayList<Range>();
    for (String line : headers.all("Accept")) {
      for (String element : line.split(",", -1)) {
        var mediaType = new MediaType(element.strip());
        String[] parts = mediaType.essence().split("/", -1);
        if (parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty()) {
          ranges.add(new Range(parts[0], parts[1], Weight.of(mediaType.parameter("q"))));
        }
      }
    }
    return ranges;
  }
}
