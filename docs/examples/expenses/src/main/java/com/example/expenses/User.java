package com.example.expenses;

/** Who is signed in: what the session's cookie holds, encrypted. */
record User(long id, String name) {}
