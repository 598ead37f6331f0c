package dev.leantea.bench;

import dev.leantea.conformance.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Starts a real browser without a window. A certificate that nobody signed is accepted. */
public final class Chromium {
  private static final List<Path> BROWSERS =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"));
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private Chromium() {}

  /** Skips the test, or fails it in CI, where there is no browser. */
  public static ChromeDriver start(Path profile) {
    Optional<Path> binary = BROWSERS.stream().filter(Files::isExecutable).findFirst();
    Requirement.require(binary.isPresent(), "chromium");
    Requirement.require(Files.isExecutable(DRIVER), "chromedriver");
    var options = new ChromeOptions();
    options.setBinary(binary.orElseThrow().toString());
    options.setAcceptInsecureCerts(true);
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    var driver =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .build();
    return new ChromeDriver(driver, options);
  }
}
