package dev.leantea.typed;

import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.typed.Fifty.Cart;
import dev.leantea.typed.Fifty.CartFile;
import dev.leantea.typed.Fifty.CartHelp;
import dev.leantea.typed.Fifty.CartHistory;
import dev.leantea.typed.Fifty.CartNamed;
import dev.leantea.typed.Fifty.CartNote;
import dev.leantea.typed.Fifty.CartNotes;
import dev.leantea.typed.Fifty.Carts;
import dev.leantea.typed.Fifty.EditCart;
import dev.leantea.typed.Fifty.EditItem;
import dev.leantea.typed.Fifty.EditOrder;
import dev.leantea.typed.Fifty.EditTeam;
import dev.leantea.typed.Fifty.EditUser;
import dev.leantea.typed.Fifty.Item;
import dev.leantea.typed.Fifty.ItemFile;
import dev.leantea.typed.Fifty.ItemHelp;
import dev.leantea.typed.Fifty.ItemHistory;
import dev.leantea.typed.Fifty.ItemNamed;
import dev.leantea.typed.Fifty.ItemNote;
import dev.leantea.typed.Fifty.ItemNotes;
import dev.leantea.typed.Fifty.Items;
import dev.leantea.typed.Fifty.NewCart;
import dev.leantea.typed.Fifty.NewItem;
import dev.leantea.typed.Fifty.NewOrder;
import dev.leantea.typed.Fifty.NewTeam;
import dev.leantea.typed.Fifty.NewUser;
import dev.leantea.typed.Fifty.Order;
import dev.leantea.typed.Fifty.OrderFile;
import dev.leantea.typed.Fifty.OrderHelp;
import dev.leantea.typed.Fifty.OrderHistory;
import dev.leantea.typed.Fifty.OrderNamed;
import dev.leantea.typed.Fifty.OrderNote;
import dev.leantea.typed.Fifty.OrderNotes;
import dev.leantea.typed.Fifty.Orders;
import dev.leantea.typed.Fifty.Team;
import dev.leantea.typed.Fifty.TeamFile;
import dev.leantea.typed.Fifty.TeamHelp;
import dev.leantea.typed.Fifty.TeamHistory;
import dev.leantea.typed.Fifty.TeamNamed;
import dev.leantea.typed.Fifty.TeamNote;
import dev.leantea.typed.Fifty.TeamNotes;
import dev.leantea.typed.Fifty.Teams;
import dev.leantea.typed.Fifty.User;
import dev.leantea.typed.Fifty.UserFile;
import dev.leantea.typed.Fifty.UserHelp;
import dev.leantea.typed.Fifty.UserHistory;
import dev.leantea.typed.Fifty.UserNamed;
import dev.leantea.typed.Fifty.UserNote;
import dev.leantea.typed.Fifty.UserNotes;
import dev.leantea.typed.Fifty.Users;
import java.util.List;
import java.util.stream.Stream;

/** The fifty routes, typed and by hand, and a request for each. */
final class FiftyRouters {
  private static final Response[] ANSWERS = {Response.empty(204), Response.empty(204)};

  private FiftyRouters() {}

  /** An answer that depends on the values, so that none is optimised away. */
  private static Response answer(long value) {
    return ANSWERS[(int) (value & 1)];
  }

  static Router typed() {
    return Router.builder().typed(Routes.of(Fifty.class), (route, _) -> typed(route)).build();
  }

  private static Response typed(Fifty route) {
    return switch (route) {
      case NewUser() -> answer(0);
      case UserHelp() -> answer(1);
      case Users(var q, var page) -> answer(q.length() + page.orElse(0));
      case User(var id) -> answer(id);
      case EditUser(var id) -> answer(id);
      case UserHistory(var id) -> answer(id);
      case UserNotes(var id, var page) -> answer(id + page.orElse(0));
      case UserNote(var id, var note) -> answer(id + note);
      case UserNamed(var name) -> answer(name.length());
      case UserFile(var path) -> answer(path.length());
      case NewOrder() -> answer(1);
      case OrderHelp() -> answer(2);
      case Orders(var q, var page) -> answer(q.length() + page.orElse(0));
      case Order(var id) -> answer(id);
      case EditOrder(var id) -> answer(id);
      case OrderHistory(var id) -> answer(id);
      case OrderNotes(var id, var page) -> answer(id + page.orElse(0));
      case OrderNote(var id, var note) -> answer(id + note);
      case OrderNamed(var name) -> answer(name.length());
      case OrderFile(var path) -> answer(path.length());
      case NewItem() -> answer(2);
      case ItemHelp() -> answer(3);
      case Items(var q, var page) -> answer(q.length() + page.orElse(0));
      case Item(var id) -> answer(id);
      case EditItem(var id) -> answer(id);
      case ItemHistory(var id) -> answer(id);
      case ItemNotes(var id, var page) -> answer(id + page.orElse(0));
      case ItemNote(var id, var note) -> answer(id + note);
      case ItemNamed(var name) -> answer(name.length());
      case ItemFile(var path) -> answer(path.length());
      case NewCart() -> answer(3);
      case CartHelp() -> answer(4);
      case Carts(var q, var page) -> answer(q.length() + page.orElse(0));
      case Cart(var id) -> answer(id);
      case EditCart(var id) -> answer(id);
      case CartHistory(var id) -> answer(id);
      case CartNotes(var id, var page) -> answer(id + page.orElse(0));
      case CartNote(var id, var note) -> answer(id + note);
      case CartNamed(var name) -> answer(name.length());
      case CartFile(var path) -> answer(path.length());
      case NewTeam() -> answer(4);
      case TeamHelp() -> answer(5);
      case Teams(var q, var page) -> answer(q.length() + page.orElse(0));
      case Team(var id) -> answer(id);
      case EditTeam(var id) -> answer(id);
      case TeamHistory(var id) -> answer(id);
      case TeamNotes(var id, var page) -> answer(id + page.orElse(0));
      case TeamNote(var id, var note) -> answer(id + note);
      case TeamNamed(var name) -> answer(name.length());
      case TeamFile(var path) -> answer(path.length());
    };
  }

  static Router plain() {
    return Router.builder()
        .get("/users/new", _ -> answer(0))
        .get("/users/help", _ -> answer(1))
        .get("/users", request -> answer(query(request)))
        .get("/users/{id}", request -> answer(number(request, "id")))
        .get("/users/{id}/edit", request -> answer(number(request, "id")))
        .get("/users/{id}/history", request -> answer(number(request, "id")))
        .get("/users/{id}/notes", request -> answer(number(request, "id") + page(request)))
        .get("/users/{id}/notes/{note}", request -> answer(number(request, "id") + number(request, "note")))
        .get("/users/named/{name}", request -> answer(request.path("name").length()))
        .get("/users/files/{path...}", request -> answer(request.path("path").length()))
        .get("/orders/new", _ -> answer(1))
        .get("/orders/help", _ -> answer(2))
        .get("/orders", request -> answer(query(request)))
        .get("/orders/{id}", request -> answer(number(request, "id")))
        .get("/orders/{id}/edit", request -> answer(number(request, "id")))
        .get("/orders/{id}/history", request -> answer(number(request, "id")))
        .get("/orders/{id}/notes", request -> answer(number(request, "id") + page(request)))
        .get("/orders/{id}/notes/{note}", request -> answer(number(request, "id") + number(request, "note")))
        .get("/orders/named/{name}", request -> answer(request.path("name").length()))
        .get("/orders/files/{path...}", request -> answer(request.path("path").length()))
        .get("/items/new", _ -> answer(2))
        .get("/items/help", _ -> answer(3))
        .get("/items", request -> answer(query(request)))
        .get("/items/{id}", request -> answer(number(request, "id")))
        .get("/items/{id}/edit", request -> answer(number(request, "id")))
        .get("/items/{id}/history", request -> answer(number(request, "id")))
        .get("/items/{id}/notes", request -> answer(number(request, "id") + page(request)))
        .get("/items/{id}/notes/{note}", request -> answer(number(request, "id") + number(request, "note")))
        .get("/items/named/{name}", request -> answer(request.path("name").length()))
        .get("/items/files/{path...}", request -> answer(request.path("path").length()))
        .get("/carts/new", _ -> answer(3))
        .get("/carts/help", _ -> answer(4))
        .get("/carts", request -> answer(query(request)))
        .get("/carts/{id}", request -> answer(number(request, "id")))
        .get("/carts/{id}/edit", request -> answer(number(request, "id")))
        .get("/carts/{id}/history", request -> answer(number(request, "id")))
        .get("/carts/{id}/notes", request -> answer(number(request, "id") + page(request)))
        .get("/carts/{id}/notes/{note}", request -> answer(number(request, "id") + number(request, "note")))
        .get("/carts/named/{name}", request -> answer(request.path("name").length()))
        .get("/carts/files/{path...}", request -> answer(request.path("path").length()))
        .get("/teams/new", _ -> answer(4))
        .get("/teams/help", _ -> answer(5))
        .get("/teams", request -> answer(query(request)))
        .get("/teams/{id}", request -> answer(number(request, "id")))
        .get("/teams/{id}/edit", request -> answer(number(request, "id")))
        .get("/teams/{id}/history", request -> answer(number(request, "id")))
        .get("/teams/{id}/notes", request -> answer(number(request, "id") + page(request)))
        .get("/teams/{id}/notes/{note}", request -> answer(number(request, "id") + number(request, "note")))
        .get("/teams/named/{name}", request -> answer(request.path("name").length()))
        .get("/teams/files/{path...}", request -> answer(request.path("path").length()))
        .build();
  }

  private static long number(Request request, String name) {
    return Long.parseLong(request.path(name));
  }

  private static long query(Request request) {
    return request.query("q").orElseThrow().length() + page(request);
  }

  private static int page(Request request) {
    return request.query("page").map(Integer::parseInt).orElse(0);
  }

  static List<Request> requests() {
    return Stream.of(
            "/users/new",
            "/users/help",
            "/users?q=green+tea&page=2",
            "/users/4200",
            "/users/77/edit",
            "/users/99/history",
            "/users/11/notes?page=3",
            "/users/5/notes/6",
            "/users/named/ada%20lovelace",
            "/users/files/2026/11/24.txt",
            "/orders/new",
            "/orders/help",
            "/orders?q=green+tea&page=3",
            "/orders/4201",
            "/orders/78/edit",
            "/orders/100/history",
            "/orders/12/notes?page=3",
            "/orders/6/notes/7",
            "/orders/named/ada%20lovelace",
            "/orders/files/2026/11/24.txt",
            "/items/new",
            "/items/help",
            "/items?q=green+tea&page=4",
            "/items/4202",
            "/items/79/edit",
            "/items/101/history",
            "/items/13/notes?page=3",
            "/items/7/notes/8",
            "/items/named/ada%20lovelace",
            "/items/files/2026/11/24.txt",
            "/carts/new",
            "/carts/help",
            "/carts?q=green+tea&page=5",
            "/carts/4203",
            "/carts/80/edit",
            "/carts/102/history",
            "/carts/14/notes?page=3",
            "/carts/8/notes/9",
            "/carts/named/ada%20lovelace",
            "/carts/files/2026/11/24.txt",
            "/teams/new",
            "/teams/help",
            "/teams?q=green+tea&page=6",
            "/teams/4204",
            "/teams/81/edit",
            "/teams/103/history",
            "/teams/15/notes?page=3",
            "/teams/9/notes/10",
            "/teams/named/ada%20lovelace",
            "/teams/files/2026/11/24.txt")
        .<Request>map(target -> Request.of(Method.GET, target))
        .toList();
  }
}
