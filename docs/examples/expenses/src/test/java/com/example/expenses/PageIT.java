package com.example.expenses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.expenses.Expense.Category;
import com.example.expenses.Expense.Draft;
import dev.leantea.backend.Server;
import dev.leantea.testing.TestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * The page in Chromium. With {@code -Dscreenshots=FOLDER} it saves pictures there, light and dark,
 * for a desktop and a phone.
 */
@Timeout(120)
final class PageIT {
  private static PostgreSql postgresql;
  private static ChromeDriver browser;

  @BeforeAll
  static void start(@TempDir Path profile) throws IOException {
    postgresql = PostgreSql.start();
    var options = new ChromeOptions();
    options.setBinary(
        Files.isExecutable(Path.of("/usr/bin/chromium"))
            ? "/usr/bin/chromium"
            : "/usr/bin/google-chrome");
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    var driver =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
            .usingAnyFreePort()
            .build();
    browser = new ChromeDriver(driver, options);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
    postgresql.close();
  }

  private static String text(String selector) {
    return script("return document.querySelector(arguments[0])?.innerText ?? ''", selector);
  }

  private static String script(String code, Object... arguments) {
    return String.valueOf(browser.executeScript(code, arguments));
  }

  /** The test's time limit ends it otherwise. */
  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait(); // each look is a call to the browser, which takes its time
    }
  }

  private static void type(String selector, String text) {
    var field = browser.findElement(By.cssSelector(selector));
    field.clear();
    field.sendKeys(text);
  }

  private static void click(String selector) {
    browser.findElement(By.cssSelector(selector)).click();
  }

  @Test
  void page_twoMembers_seeEachOthersChangesAtOnce(@TempDir Path folder) throws Exception {
    var config = new Config(Map.of("DATABASE_URL", postgresql.newDatabase(), "PORT", "0"));
    try (Server server = Main.serve(config)) {
      var origin = URI.create("http://localhost:" + server.port());
      signUp(origin);
      TestClient bob = TestClient.connect(origin);
      bob.send(Script.form("/signup", "name=Bob&email=bob@b&password=12345678")).expect(303);
      spendings(bob);
      until(() -> text("#board").contains("Sencha & Sons"));
      ownExpense(Files.write(folder.resolve("receipt.png"), new byte[] {1, 2, 3}));
      chat();
      for (int width : new int[] {1200, 360}) {
        fits("page", width);
      }
      click("[data-delete]");
      until(() -> !text("#board").contains("Night train"));
    }
  }

  /** A wrong field is named at the field; then the page opens. */
  private static void signUp(URI origin) {
    browser.get(origin + "/");
    assertEquals(origin + "/login", browser.getCurrentUrl());
    fits("login", 360);
    fits("login", 1200);
    type("#signup [name=name]", "Ada");
    type("#signup [name=email]", "ada@a");
    type("#signup [name=password]", "short");
    click("#signup button");
    until(() -> text("#signup output").equals("password: expected 8 characters or more"));
    type("#signup [name=password]", "long enough");
    click("#signup button");
    until(() -> text("#live").equals("live"));
  }

  private static void spendings(TestClient bob) {
    LocalDate today = LocalDate.now();
    for (Draft draft :
        List.of(
            new Draft(today, "Sencha & Sons", Category.FOOD, new BigDecimal("31.80")),
            new Draft(today, "Paper and ink", Category.OFFICE, new BigDecimal("17.35")),
            new Draft(today, "Compilers Ltd", Category.SOFTWARE, new BigDecimal("240")))) {
      bob.post("/expenses", draft).expect(201);
    }
  }

  private static void ownExpense(Path receipt) {
    type("#new [name=merchant]", "Night train");
    type("#new [name=amount]", "129.90");
    browser.findElement(By.cssSelector("#new [name=receipt]")).sendKeys(receipt.toString());
    click("#new button");
    until(() -> text("#board").contains("Night train") && text("#board").contains("Receipt"));
    assertEquals("", text("#new output"));
    assertTrue(text("#board").contains("129.90 €"));
    assertEquals("1", script("return document.querySelectorAll('[data-delete]').length"));
  }

  private static void chat() {
    until(() -> browser.findElement(By.cssSelector("#say button")).isEnabled());
    type("#say input", "Who pays <b>this</b>?");
    click("#say button");
    until(() -> text("#lines").equals("Ada Who pays <b>this</b>?"));
  }

  /** In both colour schemes, without scrolling sideways. */
  private static void fits(String name, int width) {
    for (String scheme : new String[] {"light", "dark"}) {
      var media = Map.of("name", "prefers-color-scheme", "value", scheme);
      browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(media)));
      browser.executeCdpCommand(
          "Emulation.setDeviceMetricsOverride",
          Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
      assertEquals(
          script("return document.documentElement.clientWidth"),
          script("return document.documentElement.scrollWidth"),
          name + ", " + width + " wide");
      String folder = System.getProperty("screenshots", "");
      if (!folder.isEmpty()) {
        save(Path.of(folder, name + "-" + scheme + "-" + width + ".png"));
      }
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
