package dev.leantea.http;

import dev.leantea.http.HttpException.FieldError;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.NoProviderFoundException;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The constraints of Jakarta Validation. Loaded only where its classes are on the path. */
final class JakartaConstraints {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private static final Optional<Validator> VALIDATOR = validator();

  /** Whether a type has constraints: most have none, and need not be walked through. */
  private static final ClassValue<Boolean> CONSTRAINED =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return VALIDATOR.filter(it -> isConstrained(it, type)).isPresent();
        }
      };

  private JakartaConstraints() {}

  private static boolean isConstrained(Validator validator, Class<?> type) {
    return validator.getConstraintsForClass(type).isBeanConstrained();
  }

  @SuppressWarnings("MustBeClosed") // it lives as long as the class
  private static Optional<Validator> validator() {
    try {
      return Optional.of(Validation.buildDefaultValidatorFactory().getValidator());
    } catch (NoProviderFoundException e) {
      LOG.log(
          Level.WARNING,
          "Jakarta Validation: expected a provider beside its API, got none: bodies are not"
              + " validated; add hibernate-validator, or remove jakarta.validation-api");
      return Optional.empty();
    } catch (ValidationException e) {
      throw new IllegalStateException(
          "Jakarta Validation: expected a provider that starts, got " + e.getMessage(), e);
    }
  }

  static void require(Object value) {
    if (VALIDATOR.isEmpty()) {
      return;
    }
    if (value instanceof Iterable<?> elements) {
      requireEach(elements);
    } else if (CONSTRAINED.get(value.getClass())) {
      refuse(errors("", value));
    }
  }

  private static void requireEach(Iterable<?> elements) {
    var errors = new ArrayList<FieldError>();
    int index = 0;
    for (Object element : elements) {
      if (element != null && CONSTRAINED.get(element.getClass())) {
        errors.addAll(errors("/" + index, element));
      }
      index++;
    }
    refuse(errors);
  }

  private static List<FieldError> errors(String at, Object value) {
    return VALIDATOR.orElseThrow().validate(value).stream()
        .map(it -> new FieldError(at + pointer(it), it.getMessage()))
        .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::message))
        .toList();
  }

  private static void refuse(List<FieldError> errors) {
    if (errors.isEmpty()) {
      return;
    }
    HttpException refusal = HttpException.of(400, "body: expected valid values");
    for (FieldError error : errors) {
      refusal = refusal.field(error.field(), error.message());
    }
    throw refusal;
  }

  private static String pointer(ConstraintViolation<?> violation) {
    var pointer = new StringBuilder();
    for (Path.Node node : violation.getPropertyPath()) {
      if (node.getIndex() != null) {
        step(pointer, node.getIndex().toString());
      } else if (node.getKey() != null) {
        step(pointer, node.getKey().toString());
      }
      if (node.getName() != null && !node.getName().startsWith("<")) {
        step(pointer, node.getName());
      }
    }
    return pointer.toString();
  }

  private static void step(StringBuilder pointer, String name) {
    pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
  }
}
