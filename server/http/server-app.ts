import type { Hono } from "hono";
import type { StationId } from "../../protocol/model/ids.ts";

/** The server's HTTP app, to which each file of routes adds its own. `station` is set under /sync, once its token is checked. */
export type ServerApp = Hono<{ Variables: { station: StationId } }>;
