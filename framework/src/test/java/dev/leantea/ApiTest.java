package dev.leantea;

import dev.leantea.conformance.ApiContract;

final class ApiTest extends ApiContract {}
