package dev.leantea.json;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.PropertyBindingException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.node.MissingNode;

/**
 * Says in plain words what Jackson found wrong with a client's text: its own messages name Java
 * types, and tell how to configure Jackson.
 */
final class JsonFault {
  private JsonFault() {}

  static String message(JacksonException e, byte[] json, JavaType target) {
    return switch (e) {
      case StreamConstraintsException _ ->
          "expected JSON without very deep nesting, very long names and very long numbers";
      case InputCoercionException coercion ->
          "expected " + Expected.inRange(coercion.getTargetType()) + got(e, json);
      case UnexpectedEndOfInputException _ when isBlank(json) -> "expected JSON, got nothing";
      case UnexpectedEndOfInputException _ -> "expected JSON, got a text that ends too early";
      case StreamReadException _ -> "expected JSON, got a syntax error" + at(e.getLocation());
      case PropertyBindingException _ -> "expected no field of this name";
      case ValueInstantiationException refused -> refusal(refused);
      case MismatchedInputException _ when isBlank(json) -> "expected JSON, got nothing";
      case MismatchedInputException _ when e.getPath().isEmpty() && hasMoreBehind(json) ->
          "expected one JSON value, got more after it";
      case MismatchedInputException mismatch -> mismatch(mismatch, json, target);
      default -> "expected a valid value" + got(e, json);
    };
  }

  private static String mismatch(MismatchedInputException e, byte[] json, JavaType target) {
    Class<?> type = e.getTargetType() == null ? target.getRawClass() : e.getTargetType();
    return "expected " + Expected.of(type) + got(e, json);
  }

  /**
   * The type's constructor refused the values. Its own words are shown; those of what it called may
   * name Java types.
   */
  private static String refusal(ValueInstantiationException e) {
    return e.getCause() instanceof IllegalArgumentException refusal && isOwn(refusal, e.getType())
        ? String.valueOf(refusal.getMessage())
        : "expected valid values, some are not or missing";
  }

  private static boolean isOwn(IllegalArgumentException refusal, JavaType type) {
    StackTraceElement[] stack = refusal.getStackTrace();
    return refusal.getMessage() != null
        && stack.length > 0
        && stack[0].getClassName().equals(type.getRawClass().getName());
  }

  private static String at(TokenStreamLocation location) {
    return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static boolean isBlank(byte[] json) {
    for (byte b : json) {
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return false;
      }
    }
    return true;
  }

  private static boolean hasMoreBehind(byte[] json) {
    try {
      return Json.mapper().readTree(json) == null;
    } catch (MismatchedInputException e) {
      return true; // a tree takes any value, but only one
    } catch (JacksonException e) {
      return false;
    }
  }

  /** What is there in its place; empty when that is unknown. */
  private static String got(JacksonException e, byte[] json) {
    return found(e, json).map(node -> ", got " + Shown.of(node)).orElse("");
  }

  private static Optional<JsonNode> found(JacksonException e, byte[] json) {
    try {
      JsonNode node = Json.mapper().readTree(json);
      for (JacksonException.Reference step : e.getPath()) {
        node =
            step.getPropertyName() == null
                ? node.path(step.getIndex())
                : node.path(step.getPropertyName());
      }
      return Optional.of(node);
    } catch (JacksonException unreadable) {
      return Optional.empty(); // it has a syntax error further behind
    }
  }

  /** A value as people write it. */
  private static final class Shown {
    private static final int MAX_CHARS = 40;

    static String of(JsonNode node) {
      if (node instanceof MissingNode) {
        return "nothing";
      }
      if (node.isContainer()) {
        return node.isArray() ? "a list" : "an object";
      }
      String text = node.toString();
      return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…";
    }
  }
}
