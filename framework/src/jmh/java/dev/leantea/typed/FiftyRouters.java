package dev.leantea.typed;

import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.typed.Fifty.OfCarts;
import dev.leantea.typed.Fifty.OfCarts.Cart;
import dev.leantea.typed.Fifty.OfCarts.CartFile;
import dev.leantea.typed.Fifty.OfCarts.CartHelp;
import dev.leantea.typed.Fifty.OfCarts.CartHistory;
import dev.leantea.typed.Fifty.OfCarts.CartNamed;
import dev.leantea.typed.Fifty.OfCarts.CartNote;
import dev.leantea.typed.Fifty.OfCarts.CartNotes;
import dev.leantea.typed.Fifty.OfCarts.Carts;
import dev.leantea.typed.Fifty.OfCarts.EditCart;
import dev.leantea.typed.Fifty.OfCarts.NewCart;
import dev.leantea.typed.Fifty.OfItems;
import dev.leantea.typed.Fifty.OfItems.EditItem;
import dev.leantea.typed.Fifty.OfItems.Item;
import dev.leantea.typed.Fifty.OfItems.ItemFile;
import dev.leantea.typed.Fifty.OfItems.ItemHelp;
import dev.leantea.typed.Fifty.OfItems.ItemHistory;
import dev.leantea.typed.Fifty.OfItems.ItemNamed;
import dev.leantea.typed.Fifty.OfItems.ItemNote;
import dev.leantea.typed.Fifty.OfItems.ItemNotes;
import dev.leantea.typed.Fifty.OfItems.Items;
import dev.leantea.typed.Fifty.OfItems.NewItem;
import dev.leantea.typed.Fifty.OfOrders;
import dev.leantea.typed.Fifty.OfOrders.EditOrder;
import dev.leantea.typed.Fifty.OfOrders.NewOrder;
import dev.leantea.typed.Fifty.OfOrders.Order;
import dev.leantea.typed.Fifty.OfOrders.OrderFile;
import dev.leantea.typed.Fifty.OfOrders.OrderHelp;
import dev.leantea.typed.Fifty.OfOrders.OrderHistory;
import dev.leantea.typed.Fifty.OfOrders.OrderNamed;
import dev.leantea.typed.Fifty.OfOrders.OrderNote;
import dev.leantea.typed.Fifty.OfOrders.OrderNotes;
import dev.leantea.typed.Fifty.OfOrders.Orders;
import dev.leantea.typed.Fifty.OfTeams;
import dev.leantea.typed.Fifty.OfTeams.EditTeam;
import dev.leantea.typed.Fifty.OfTeams.NewTeam;
import dev.leantea.typed.Fifty.OfTeams.Team;
import dev.leantea.typed.Fifty.OfTeams.TeamFile;
import dev.leantea.typed.Fifty.OfTeams.TeamHelp;
import dev.leantea.typed.Fifty.OfTeams.TeamHistory;
import dev.leantea.typed.Fifty.OfTeams.TeamNamed;
import dev.leantea.typed.Fifty.OfTeams.TeamNote;
import dev.leantea.typed.Fifty.OfTeams.TeamNotes;
import dev.leantea.typed.Fifty.OfTeams.Teams;
import dev.leantea.typed.Fifty.OfUsers;
import dev.leantea.typed.Fifty.OfUsers.EditUser;
import dev.leantea.typed.Fifty.OfUsers.NewUser;
import dev.leantea.typed.Fifty.OfUsers.User;
import dev.leantea.typed.Fifty.OfUsers.UserFile;
import dev.leantea.typed.Fifty.OfUsers.UserHelp;
import dev.leantea.typed.Fifty.OfUsers.UserHistory;
import dev.leantea.typed.Fifty.OfUsers.UserNamed;
import dev.leantea.typed.Fifty.OfUsers.UserNote;
import dev.leantea.typed.Fifty.OfUsers.UserNotes;
import dev.leantea.typed.Fifty.OfUsers.Users;
import java.util.ArrayList;
import java.util.List;

/** The fifty routes, typed and by hand, and a request for each. */
final class FiftyRouters {
  private static final List<String> RESOURCES =
      List.of("users", "orders", "items", "carts", "teams");

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
      case OfUsers of -> typed(of);
      case OfOrders of -> typed(of);
      case OfItems of -> typed(of);
      case OfCarts of -> typed(of);
      case OfTeams of -> typed(of);
    };
  }

  private static Response typed(OfUsers route) {
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
    };
  }

  private static Response typed(OfOrders route) {
    return switch (route) {
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
    };
  }

  private static Response typed(OfItems route) {
    return switch (route) {
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
    };
  }

  private static Response typed(OfCarts route) {
    return switch (route) {
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
    };
  }

  private static Response typed(OfTeams route) {
    return switch (route) {
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
    var router = Router.builder();
    for (String resource : RESOURCES) {
      add(router, "/" + resource, RESOURCES.indexOf(resource));
    }
    return router.build();
  }

  private static void add(Router.Builder router, String path, int index) {
    router
        .get(path + "/new", _ -> answer(index))
        .get(path + "/help", _ -> answer(index + 1L))
        .get(path, request -> answer(query(request)))
        .get(path + "/{id}", request -> answer(number(request, "id")))
        .get(path + "/{id}/edit", request -> answer(number(request, "id")))
        .get(path + "/{id}/history", request -> answer(number(request, "id")))
        .get(path + "/{id}/notes", request -> answer(number(request, "id") + page(request)))
        .get(
            path + "/{id}/notes/{note}",
            request -> answer(number(request, "id") + number(request, "note")))
        .get(path + "/named/{name}", request -> answer(request.path("name").length()))
        .get(path + "/files/{path...}", request -> answer(request.path("path").length()));
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
    var requests = new ArrayList<Request>();
    for (String resource : RESOURCES) {
      for (String target : targets("/" + resource, RESOURCES.indexOf(resource))) {
        requests.add(Request.of(Method.GET, target));
      }
    }
    return List.copyOf(requests);
  }

  private static List<String> targets(String path, int index) {
    return List.of(
        path + "/new",
        path + "/help",
        path + "?q=green+tea&page=" + (2 + index),
        path + "/" + (4200 + index),
        path + "/" + (77 + index) + "/edit",
        path + "/" + (99 + index) + "/history",
        path + "/" + (11 + index) + "/notes?page=3",
        path + "/" + (5 + index) + "/notes/" + (6 + index),
        path + "/named/ada%20lovelace",
        path + "/files/2026/11/24.txt");
  }
}
