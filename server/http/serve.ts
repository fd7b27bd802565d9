import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { endIfUnread } from "../../lib/http/body-limit.ts";
import { FORBIDDEN_METHODS, type Listener, listen, type Place } from "../../lib/http/listen.ts";
import { methodNotAllowed } from "./error-response.ts";
import type { ServerApp } from "./server-app.ts";

export const LISTEN_NAMES = { program: "The server", hostFlag: "--host", portFlag: "--port" } as const;

/** Serves the app over HTTP. Throws UserError PORT_IN_USE or ADDRESS_REFUSED. */
export function serve(fetch: ServerApp["fetch"], place: Place): Promise<Listener> {
	const server = createAdaptorServer({
		fetch: async (request, env) =>
			FORBIDDEN_METHODS.has(env.incoming.method ?? "")
				? methodNotAllowed((env.incoming.url ?? "/").split("?", 1)[0] ?? "/", [])
				: endIfUnread(env.incoming, await fetch(request, env)),
	}) as Server;
	return listen(server, place, LISTEN_NAMES);
}
