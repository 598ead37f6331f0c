package dev.leantea.blocking;

import dev.leantea.conformance.ApiContract;

final class ApiTest extends ApiContract {}
