package dev.leantea.typed;

import java.util.OptionalInt;

/** Fifty routes as an application of five resources has them. */
sealed interface Fifty {
  @Path("/users/new")
  record NewUser() implements Fifty {}

  @Path("/users/help")
  record UserHelp() implements Fifty {}

  @Path("/users")
  record Users(String q, OptionalInt page) implements Fifty {}

  @Path("/users/{id}")
  record User(long id) implements Fifty {}

  @Path("/users/{id}/edit")
  record EditUser(long id) implements Fifty {}

  @Path("/users/{id}/history")
  record UserHistory(long id) implements Fifty {}

  @Path("/users/{id}/notes")
  record UserNotes(long id, OptionalInt page) implements Fifty {}

  @Path("/users/{id}/notes/{note}")
  record UserNote(long id, long note) implements Fifty {}

  @Path("/users/named/{name}")
  record UserNamed(String name) implements Fifty {}

  @Path("/users/files/{path...}")
  record UserFile(String path) implements Fifty {}

  @Path("/orders/new")
  record NewOrder() implements Fifty {}

  @Path("/orders/help")
  record OrderHelp() implements Fifty {}

  @Path("/orders")
  record Orders(String q, OptionalInt page) implements Fifty {}

  @Path("/orders/{id}")
  record Order(long id) implements Fifty {}

  @Path("/orders/{id}/edit")
  record EditOrder(long id) implements Fifty {}

  @Path("/orders/{id}/history")
  record OrderHistory(long id) implements Fifty {}

  @Path("/orders/{id}/notes")
  record OrderNotes(long id, OptionalInt page) implements Fifty {}

  @Path("/orders/{id}/notes/{note}")
  record OrderNote(long id, long note) implements Fifty {}

  @Path("/orders/named/{name}")
  record OrderNamed(String name) implements Fifty {}

  @Path("/orders/files/{path...}")
  record OrderFile(String path) implements Fifty {}

  @Path("/items/new")
  record NewItem() implements Fifty {}

  @Path("/items/help")
  record ItemHelp() implements Fifty {}

  @Path("/items")
  record Items(String q, OptionalInt page) implements Fifty {}

  @Path("/items/{id}")
  record Item(long id) implements Fifty {}

  @Path("/items/{id}/edit")
  record EditItem(long id) implements Fifty {}

  @Path("/items/{id}/history")
  record ItemHistory(long id) implements Fifty {}

  @Path("/items/{id}/notes")
  record ItemNotes(long id, OptionalInt page) implements Fifty {}

  @Path("/items/{id}/notes/{note}")
  record ItemNote(long id, long note) implements Fifty {}

  @Path("/items/named/{name}")
  record ItemNamed(String name) implements Fifty {}

  @Path("/items/files/{path...}")
  record ItemFile(String path) implements Fifty {}

  @Path("/carts/new")
  record NewCart() implements Fifty {}

  @Path("/carts/help")
  record CartHelp() implements Fifty {}

  @Path("/carts")
  record Carts(String q, OptionalInt page) implements Fifty {}

  @Path("/carts/{id}")
  record Cart(long id) implements Fifty {}

  @Path("/carts/{id}/edit")
  record EditCart(long id) implements Fifty {}

  @Path("/carts/{id}/history")
  record CartHistory(long id) implements Fifty {}

  @Path("/carts/{id}/notes")
  record CartNotes(long id, OptionalInt page) implements Fifty {}

  @Path("/carts/{id}/notes/{note}")
  record CartNote(long id, long note) implements Fifty {}

  @Path("/carts/named/{name}")
  record CartNamed(String name) implements Fifty {}

  @Path("/carts/files/{path...}")
  record CartFile(String path) implements Fifty {}

  @Path("/teams/new")
  record NewTeam() implements Fifty {}

  @Path("/teams/help")
  record TeamHelp() implements Fifty {}

  @Path("/teams")
  record Teams(String q, OptionalInt page) implements Fifty {}

  @Path("/teams/{id}")
  record Team(long id) implements Fifty {}

  @Path("/teams/{id}/edit")
  record EditTeam(long id) implements Fifty {}

  @Path("/teams/{id}/history")
  record TeamHistory(long id) implements Fifty {}

  @Path("/teams/{id}/notes")
  record TeamNotes(long id, OptionalInt page) implements Fifty {}

  @Path("/teams/{id}/notes/{note}")
  record TeamNote(long id, long note) implements Fifty {}

  @Path("/teams/named/{name}")
  record TeamNamed(String name) implements Fifty {}

  @Path("/teams/files/{path...}")
  record TeamFile(String path) implements Fifty {}
}
