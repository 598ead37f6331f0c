package dev.leantea.reactor;

import dev.leantea.conformance.ApiContract;

final class ApiTest extends ApiContract {}
