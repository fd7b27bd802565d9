import type { Session } from "electron";
import { namesProxy } from "../lib/outgoing-connections.ts";
import { SECOND_MS } from "../lib/time/durations.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** A PAC file that nobody delivers must not hold up the first screen. */
const ANSWER_TIMEOUT_MS = 3 * SECOND_MS;

/** Stands for any server where none is named yet; it is only asked about, never reached. */
const ANY_SERVER = "https://server.invalid";

interface SystemProxyDeps {
	session: Pick<Session, "resolveProxy">;
	/** The central server; where none is known, the proxy is the one for any address outside. */
	server: string | undefined;
	warn(message: string): void;
}

/**
 * The environment with the system's own proxy (its settings or its PAC file) as variables, unless variables name one
 * already.
 */
export async function withSystemProxy(
	env: Environment,
	{ session, server = ANY_SERVER, warn }: SystemProxyDeps,
): Promise<Environment> {
	if (namesProxy(env)) return env;
	const timeout = Promise.withResolvers<undefined>();
	const timer = setTimeout(() => timeout.resolve(undefined), ANSWER_TIMEOUT_MS);
	const result = await Promise.race([session.resolveProxy(server), timeout.promise]).catch(() => undefined);
	clearTimeout(timer);
	if (result === undefined) warn("the system did not say in time which proxy it has: none is used");
	const proxy = firstProxy(result ?? "DIRECT");
	return proxy === undefined ? env : { ...env, HTTPS_PROXY: proxy, HTTP_PROXY: proxy, NO_PROXY: noProxy(env) };
}

/** This machine is never reached through a proxy. */
function noProxy({ NO_PROXY, no_proxy }: Environment): string {
	return [NO_PROXY ?? no_proxy, "localhost", "127.0.0.1", "[::1]"].filter(Boolean).join(",");
}

/**
 * The first proxy of a PAC result such as "PROXY 10.1.2.3:8080; DIRECT", as an address; undefined where the first word is
 * DIRECT, or a SOCKS proxy, which Node does not speak.
 */
function firstProxy(result: string): string | undefined {
	const [, kind, place] = /^\s*(PROXY|HTTPS)\s+([^\s;]+)/i.exec(result) ?? [];
	if (kind === undefined || place === undefined) return undefined;
	const address = `${kind.toUpperCase() === "HTTPS" ? "https" : "http"}://${place}`;
	return URL.canParse(address) ? address : undefined;
}
