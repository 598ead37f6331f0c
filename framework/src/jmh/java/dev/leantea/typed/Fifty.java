package dev.leantea.typed;

import java.util.OptionalInt;

/** Fifty routes as an application of five resources has them. */
sealed interface Fifty {
  sealed interface OfUsers extends Fifty {
    @Path("/users/new")
    record NewUser() implements OfUsers {}

    @Path("/users/help")
    record UserHelp() implements OfUsers {}

    @Path("/users")
    record Users(String q, OptionalInt page) implements OfUsers {}

    @Path("/users/{id}")
    record User(long id) implements OfUsers {}

    @Path("/users/{id}/edit")
    record EditUser(long id) implements OfUsers {}

    @Path("/users/{id}/history")
    record UserHistory(long id) implements OfUsers {}

    @Path("/users/{id}/notes")
    record UserNotes(long id, OptionalInt page) implements OfUsers {}

    @Path("/users/{id}/notes/{note}")
    record UserNote(long id, long note) implements OfUsers {}

    @Path("/users/named/{name}")
    record UserNamed(String name) implements OfUsers {}

    @Path("/users/files/{path...}")
    record UserFile(String path) implements OfUsers {}
  }

  sealed interface OfOrders extends Fifty {
    @Path("/orders/new")
    record NewOrder() implements OfOrders {}

    @Path("/orders/help")
    record OrderHelp() implements OfOrders {}

    @Path("/orders")
    record Orders(String q, OptionalInt page) implements OfOrders {}

    @Path("/orders/{id}")
    record Order(long id) implements OfOrders {}

    @Path("/orders/{id}/edit")
    record EditOrder(long id) implements OfOrders {}

    @Path("/orders/{id}/history")
    record OrderHistory(long id) implements OfOrders {}

    @Path("/orders/{id}/notes")
    record OrderNotes(long id, OptionalInt page) implements OfOrders {}

    @Path("/orders/{id}/notes/{note}")
    record OrderNote(long id, long note) implements OfOrders {}

    @Path("/orders/named/{name}")
    record OrderNamed(String name) implements OfOrders {}

    @Path("/orders/files/{path...}")
    record OrderFile(String path) implements OfOrders {}
  }

  sealed interface OfItems extends Fifty {
    @Path("/items/new")
    record NewItem() implements OfItems {}

    @Path("/items/help")
    record ItemHelp() implements OfItems {}

    @Path("/items")
    record Items(String q, OptionalInt page) implements OfItems {}

    @Path("/items/{id}")
    record Item(long id) implements OfItems {}

    @Path("/items/{id}/edit")
    record EditItem(long id) implements OfItems {}

    @Path("/items/{id}/history")
    record ItemHistory(long id) implements OfItems {}

    @Path("/items/{id}/notes")
    record ItemNotes(long id, OptionalInt page) implements OfItems {}

    @Path("/items/{id}/notes/{note}")
    record ItemNote(long id, long note) implements OfItems {}

    @Path("/items/named/{name}")
    record ItemNamed(String name) implements OfItems {}

    @Path("/items/files/{path...}")
    record ItemFile(String path) implements OfItems {}
  }

  sealed interface OfCarts extends Fifty {
    @Path("/carts/new")
    record NewCart() implements OfCarts {}

    @Path("/carts/help")
    record CartHelp() implements OfCarts {}

    @Path("/carts")
    record Carts(String q, OptionalInt page) implements OfCarts {}

    @Path("/carts/{id}")
    record Cart(long id) implements OfCarts {}

    @Path("/carts/{id}/edit")
    record EditCart(long id) implements OfCarts {}

    @Path("/carts/{id}/history")
    record CartHistory(long id) implements OfCarts {}

    @Path("/carts/{id}/notes")
    record CartNotes(long id, OptionalInt page) implements OfCarts {}

    @Path("/carts/{id}/notes/{note}")
    record CartNote(long id, long note) implements OfCarts {}

    @Path("/carts/named/{name}")
    record CartNamed(String name) implements OfCarts {}

    @Path("/carts/files/{path...}")
    record CartFile(String path) implements OfCarts {}
  }

  sealed interface OfTeams extends Fifty {
    @Path("/teams/new")
    record NewTeam() implements OfTeams {}

    @Path("/teams/help")
    record TeamHelp() implements OfTeams {}

    @Path("/teams")
    record Teams(String q, OptionalInt page) implements OfTeams {}

    @Path("/teams/{id}")
    record Team(long id) implements OfTeams {}

    @Path("/teams/{id}/edit")
    record EditTeam(long id) implements OfTeams {}

    @Path("/teams/{id}/history")
    record TeamHistory(long id) implements OfTeams {}

    @Path("/teams/{id}/notes")
    record TeamNotes(long id, OptionalInt page) implements OfTeams {}

    @Path("/teams/{id}/notes/{note}")
    record TeamNote(long id, long note) implements OfTeams {}

    @Path("/teams/named/{name}")
    record TeamNamed(String name) implements OfTeams {}

    @Path("/teams/files/{path...}")
    record TeamFile(String path) implements OfTeams {}
  }
}
