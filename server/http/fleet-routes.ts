import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { streamSSE } from "hono/streaming";
import type { Logger } from "pino";
import { RateLimiter } from "../../lib/rate-limiter.ts";
import { SECOND_MS } from "../../lib/time/durations.ts";
import {
	type CreatedEnrolmentCode,
	catalogueRequestSchema,
	codeRequestSchema,
	commandRequestSchema,
	type FleetSnapshot,
	forksReviewedRequestSchema,
	olderCommandsSchema,
	removeRequestSchema,
	revokeRequestSchema,
	signInRequestSchema,
} from "../../protocol/api/fleet.ts";
import type { FleetMessage, SharedSnapshot } from "../../protocol/api/fleet-changes.ts";
import type { Commands } from "../commands/commands.ts";
import type { Documents } from "../documents/documents.ts";
import type { SigningKeys } from "../documents/signing-keys.ts";
import type { Administrators } from "../fleet/administrators.ts";
import { openNames } from "../fleet/catalogue-names.ts";
import type { Enrolment } from "../fleet/enrolment.ts";
import type { Fleet } from "../fleet/fleet.ts";
import { openFleetWatch } from "../fleet/fleet-watch.ts";
import { SyncRefusal } from "../refusal.ts";
import { readBody, readSmallBody } from "./body-limit.ts";
import type { AddressOf } from "./client-address.ts";
import type { ServerApp } from "./server-app.ts";

export interface FleetRoutes {
	fleet: Fleet;
	administrators: Administrators;
	enrolment: Enrolment;
	documents: Documents;
	commands: Commands;
	/** The keys that this machine signs with now. */
	keys(): SigningKeys | undefined;
	addressOf: AddressOf;
	clock(): number;
	log: Logger;
	version: string;
}

const COOKIE = "paihao_fleet";
const COOKIE_SCOPE = { path: "/fleet", httpOnly: true, sameSite: "Strict" } as const;
/** The page shows changes within this time. */
const SNAPSHOT_INTERVAL_MS = 2 * SECOND_MS;
/** Passwords that one address may try in a minute before one is right: each costs some 80 ms of a core. */
const MAX_SIGN_INS = 10;

/** The routes of the fleet's page, under /fleet/api. All but the sign-in require a signed-in administrator. */
export function addFleetRoutes(app: ServerApp, deps: FleetRoutes): void {
	const { fleet, administrators, enrolment, documents, commands, keys, addressOf, clock, log, version } = deps;

	const requireAdministrator = async (context: Context): Promise<string> => {
		const found = await administrators.find(getCookie(context, COOKIE), clock());
		if (found === undefined) throw new SyncRefusal("SIGN_IN_REQUIRED");
		return found;
	};
	const names = openNames(documents);
	const watch = openFleetWatch({
		readSnapshot: (last) => fleet.snapshot(clock(), last),
		intervalMs: SNAPSHOT_INTERVAL_MS,
	});
	const signIns = new RateLimiter({
		maxAttempts: MAX_SIGN_INS,
		refuse: () => new SyncRefusal("SIGN_IN_RATE_LIMITED"),
	});
	const personalise = (snapshot: SharedSnapshot, administrator: string): FleetSnapshot => ({
		...snapshot,
		version,
		administrator,
	});

	app.use("/fleet/api/*", async (context, next) => {
		// A page of another site can send a form, but neither this header nor, with a strict cookie, the session.
		const isRead = context.req.method === "GET";
		if (!isRead && !context.req.header("content-type")?.startsWith("application/json"))
			throw new SyncRefusal("ORIGIN_REFUSED");
		if ((context.req.header("sec-fetch-site") ?? "same-origin") !== "same-origin")
			throw new SyncRefusal("ORIGIN_REFUSED");
		await next();
		context.header("cache-control", "no-store");
		// Every open page shows the change at once.
		if (!isRead && context.res.ok) watch.refresh();
	});
	app.post("/fleet/api/sign-in", async (context) => {
		const address = addressOf(context);
		signIns.requireBelowLimit(address, clock());
		// Counted before the password is checked, so that requests at the same time all count.
		signIns.count(address, clock());
		const { name, password } = await readSmallBody(context.req.raw, signInRequestSchema);
		const { token, expiresAt } = await administrators.signIn(name, password, clock());
		signIns.reset(address);
		const secure = context.req.header("x-forwarded-proto") === "https";
		setCookie(context, COOKIE, token, { ...COOKIE_SCOPE, secure, maxAge: Math.floor((expiresAt - clock()) / 1_000) });
		return context.json({ administrator: name });
	});
	app.post("/fleet/api/sign-out", async (context) => {
		const token = getCookie(context, COOKIE);
		if (token !== undefined) await administrators.signOut(token);
		deleteCookie(context, COOKIE, COOKIE_SCOPE);
		return context.json({});
	});
	app.get("/fleet/api/session", async (context) =>
		context.json({ administrator: await requireAdministrator(context) }),
	);
	app.get("/fleet/api/snapshot", async (context) => {
		const administrator = await requireAdministrator(context);
		return context.json(personalise(await fleet.snapshot(clock()), administrator));
	});
	app.get("/fleet/api/events", async (context) => {
		await requireAdministrator(context);
		return streamSSE(context, async (stream) => {
			const ending = new AbortController();
			stream.onAbort(() => ending.abort());
			for await (const update of watch.follow(ending.signal)) {
				// A session that has ended ends its stream too.
				const administrator = await administrators.find(getCookie(context, COOKIE), clock());
				if (administrator === undefined) return;
				if (update.kind === "nothing") await stream.write(":\n\n");
				if (update.kind === "changes") await stream.writeSSE({ data: update.text });
				if (update.kind === "whole") {
					const whole: FleetMessage = { kind: "whole", snapshot: personalise(update.snapshot, administrator) };
					await stream.writeSSE({ data: JSON.stringify(whole) });
				}
			}
		});
	});
	app.get("/fleet/api/names", async (context) => {
		await requireAdministrator(context);
		return context.json(await names());
	});
	app.get("/fleet/api/commands", async (context) => {
		await requireAdministrator(context);
		const query = olderCommandsSchema.safeParse(context.req.query());
		if (!query.success) throw new SyncRefusal("BAD_REQUEST");
		return context.json({ commands: await fleet.olderCommands(query.data.station, query.data.before) });
	});
	app.post("/fleet/api/review-forks", async (context) => {
		const by = await requireAdministrator(context);
		const { station, forks } = await readBody(context.req.raw, forksReviewedRequestSchema);
		if (!(await fleet.reviewForks(station, { by, at: clock(), forks }))) throw new SyncRefusal("STATION_UNKNOWN");
		log.info({ by, station, forks }, "fleet.forks.reviewed");
		return context.json({});
	});
	app.post("/fleet/api/codes", async (context) => {
		const by = await requireAdministrator(context);
		const { site } = await readBody(context.req.raw, codeRequestSchema);
		const { code, station, expiresAt } = await enrolment.makeCode(site, clock());
		log.info({ by, site, station }, "fleet.code.created");
		const made: CreatedEnrolmentCode = { station, site, expiresAt, code: `${code.slice(0, 5)}-${code.slice(5)}` };
		return context.json(made, 201);
	});
	app.post("/fleet/api/revoke", async (context) => {
		const by = await requireAdministrator(context);
		const { station } = await readBody(context.req.raw, revokeRequestSchema);
		if (!(await enrolment.revoke(station, clock()))) throw new SyncRefusal("STATION_UNKNOWN");
		log.warn({ by, station }, "fleet.station.revoked");
		return context.json({});
	});
	app.post("/fleet/api/remove", async (context) => {
		const by = await requireAdministrator(context);
		const { station } = await readBody(context.req.raw, removeRequestSchema);
		await enrolment.remove(station);
		log.info({ by, station }, "fleet.station.removed");
		return context.json({});
	});
	app.post("/fleet/api/commands", async (context) => {
		const by = await requireAdministrator(context);
		const { station, action } = await readBody(context.req.raw, commandRequestSchema);
		const number = await commands.send(station, action, { by, now: clock() });
		log.info({ by, station, number, action }, "fleet.command.sent");
		return context.json({ number }, 201);
	});
	app.post("/fleet/api/catalogue/review", async (context) => {
		await requireAdministrator(context);
		const { catalogue } = await readBody(context.req.raw, catalogueRequestSchema);
		return context.json(await documents.review(catalogue));
	});
	app.post("/fleet/api/catalogue", async (context) => {
		const by = await requireAdministrator(context);
		const { catalogue } = await readBody(context.req.raw, catalogueRequestSchema);
		const version = await documents.publish({ kind: "catalogue", body: catalogue }, { by, now: clock(), keys: keys() });
		log.info({ by, version }, "fleet.catalogue.published");
		return context.json({ version }, 201);
	});
}
