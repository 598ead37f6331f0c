package dev.leantea.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Backend;
import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.bench.Chromium;
import dev.leantea.http.Handler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * The page in a real browser. With {@code -Dleantea.screenshots=FOLDER} it saves pictures there,
 * light and dark, for a desktop and a phone.
 */
@Timeout(180)
@SuppressWarnings("NullAway.Init") // JUnit calls startBrowser first
final class DashboardPageTest {
  private static final int MIN_WIDTH = 360;

  private static ChromeDriver browser;

  private static Additions additions(Optional<Dashboard> dashboard) {
    return new Additions(
        Optional.empty(), Optional.empty(), dashboard, Optional.empty(), Optional.empty());
  }

  /** A server with all routes, as the command starts it. */
  private record Site(Server server, Optional<Dashboard> dashboard) implements AutoCloseable {
    static Site start(int port, Optional<Dashboard> dashboard) {
      Backend backend = Backends.named("reactor:nio:1");
      Handler routes = Answers.routes(additions(dashboard)).build();
      Server server = backend.serve(ServerConfig.of(port).withHost("127.0.0.1"), routes);
      dashboard.ifPresent(it -> it.start(backend, server));
      return new Site(server, dashboard);
    }

    URI uri(String path) {
      return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    @Override
    public void close() {
      dashboard.ifPresent(Dashboard::close);
      server.close();
    }
  }

  @BeforeAll
  static void startBrowser(@TempDir Path profile) {
    browser = Chromium.start(profile);
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.quit();
    }
  }

  /** Found and read in one step: the page may redraw its charts at any time. */
  private static String text(String selector) {
    return script("return document.querySelector(arguments[0])?.innerText ?? ''", selector);
  }

  private static String property(String selector, String name) {
    return script(
        "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? ''",
        selector,
        name);
  }

  private static String script(String code, Object... arguments) {
    return String.valueOf(browser.executeScript(code, arguments));
  }

  /** Returns when the condition holds; the test's time limit ends it otherwise. */
  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait(); // each look is a call to the browser, which takes its time
    }
  }

  private static boolean isLive() {
    return text("#state").equals("live");
  }

  private static void request(Site site, String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      client.send(HttpRequest.newBuilder(site.uri(path)).build(), BodyHandlers.discarding());
    } catch (IOException e) {
      throw new IllegalStateException("expected an answer of " + site.uri(path), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void echo(String message) {
    until(() -> browser.findElement(By.id("send")).isEnabled());
    browser.findElement(By.id("message")).clear();
    browser.findElement(By.id("message")).sendKeys(message);
    browser.findElement(By.id("send")).click();
    until(() -> text("#echoes li .text").equals(message));
  }

  @Test
  void page_requestsAndRestart_chartMovesEchoEchoesAndAllComesBack() {
    Site site = Site.start(0, Optional.of(new Dashboard()));
    try {
      browser.get(site.uri("/").toString());
      until(DashboardPageTest::isLive);
      assertThat(text("#server")).startsWith("reactor backend on nio, up since");
      chartMoves(site);
      echo("one");
      String started = property("#server", "data-started");
      int port = site.server().port();
      site.close();
      until(() -> text("#state").equals("reconnecting"));
      site = Site.start(port, Optional.of(new Dashboard()));
      until(() -> isLive() && !property("#server", "data-started").equals(started));
      chartMoves(site);
      echo("two");
    } finally {
      site.close();
    }
  }

  /** Requests change a figure and a line. */
  private static void chartMoves(Site site) {
    until(() -> !property("#requests .trace", "d").isEmpty());
    String before = property("#requests .trace", "d");
    until(
        () -> {
          request(site, "/json/blocking");
          return !property("#requests .trace", "d").equals(before)
              && !text("#requests [data-line='0']").matches("–|0")
              && text("#latency [data-line='1']").endsWith("s");
        });
    assertThat(text("#connections [data-line='0']")).matches("[1-9][0-9]*");
  }

  @Test
  void page_dashboardOff_saysHowToSwitchItOnAndEchoes() {
    try (Site site = Site.start(0, Optional.empty())) {
      browser.get(site.uri("/").toString());
      until(() -> text("#state").equals("off"));
      assertThat(text("#off")).contains("serve --dashboard");
      assertThat(browser.findElement(By.id("charts")).isDisplayed()).isFalse();
      echo("off and on");
      picture("off", "light", 1200);
    }
  }

  @Test
  void page_anyWidthAndScheme_fitsWithoutScrollingSideways() {
    try (Site site = Site.start(0, Optional.of(new Dashboard()))) {
      browser.get(site.uri("/").toString());
      until(DashboardPageTest::isLive);
      chartMoves(site);
      echo("a cup of tea");
      for (String scheme : new String[] {"light", "dark"}) {
        for (int width : new int[] {MIN_WIDTH, 1200}) {
          picture("dashboard", scheme, width);
          assertThat(script("return document.documentElement.scrollWidth"))
              .as("%s, %d wide", scheme, width)
              .isEqualTo(script("return document.documentElement.clientWidth"));
        }
      }
    }
  }

  private static void picture(String name, String scheme, int width) {
    var media = Map.of("name", "prefers-color-scheme", "value", scheme);
    browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(media)));
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width == MIN_WIDTH));
    String folder = System.getProperty("leantea.screenshots", "");
    if (!folder.isEmpty()) {
      save(Path.of(folder, "%s-%s-%d.png".formatted(name, scheme, width)));
    }
  }

  private static void save(Path file) {
    try {
      Files.write(file, browser.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
