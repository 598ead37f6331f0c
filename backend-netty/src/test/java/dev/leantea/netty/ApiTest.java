package dev.leantea.netty;

import dev.leantea.conformance.ApiContract;

final class ApiTest extends ApiContract {}
