import { createHash } from "node:crypto";
import type { Context } from "hono";
import { z } from "zod";
import { RateLimiter } from "../../lib/rate-limiter.ts";
import {
	type PhoneTicket,
	sentTicketsSchema,
	typedCodeSchema,
	type VisitorAction,
	visitorActionSchema,
} from "../../protocol/model/phone.ts";
import { VISITOR_ACTION_LIFE } from "../../protocol/sync/command.ts";
import type { Commands } from "../commands/commands.ts";
import type { FoundTicket, Phones } from "../phones/phone-tickets.ts";
import { SyncRefusal } from "../refusal.ts";
import { readBody, readSmallBody } from "./body-limit.ts";
import type { AddressOf } from "./client-address.ts";
import type { ServerApp } from "./server-app.ts";

export interface PhoneRoutes {
	phones: Phones;
	commands: Commands;
	/** UTC milliseconds. */
	clock(): number;
	addressOf: AddressOf;
}

/** Wrong codes of one address in a minute: a typing visitor makes three, a program thousands. */
const MAX_WRONG = 20;
/** How long a phone waits for the station's word, and how often it is looked for, in milliseconds. */
const SHUTDOWN_TIMEOUT_MS = 6_000;
const POLL_INTERVAL_MS = 150;

/** The visitor's phone page away from the station's network: what the station told, and acts that it is asked for. */
export function addPhoneRoutes(app: ServerApp, { phones, commands, clock, addressOf }: PhoneRoutes): void {
	const limiter = new RateLimiter({ maxAttempts: MAX_WRONG, refuse: () => new SyncRefusal("CODE_RATE_LIMITED") });

	const find = async (context: Context): Promise<FoundTicket & { codeDigest: string }> => {
		const code = typedCodeSchema.safeParse(context.req.param("code"));
		const codeDigest = code.success ? createHash("sha256").update(code.data).digest("hex") : undefined;
		const found = codeDigest === undefined ? undefined : await phones.find(codeDigest, clock());
		// Whoever has a ticket is not kept out by another behind the same address who tries codes.
		if (codeDigest !== undefined && found) return { ...found, codeDigest };
		const address = addressOf(context);
		limiter.requireBelowLimit(address, clock());
		limiter.count(address, clock());
		throw new SyncRefusal("CODE_UNKNOWN");
	};
	const told = ({ ticket, knownAt }: FoundTicket): PhoneTicket => ({
		...ticket,
		ageSeconds: Math.max(0, Math.round((clock() - knownAt) / 1_000)),
	});
	/** Asks the station, and waits for its word: nothing is said to be done before it is. */
	const act = async (context: Context, found: FoundTicket & { codeDigest: string }, wanted: VisitorAction) => {
		const { station, codeDigest } = found;
		const given = { kind: "visitor-action", codeDigest, action: wanted } as const;
		const number = await commands.give(station, given, { by: null, now: clock(), life: VISITOR_ACTION_LIFE });
		const until = performance.now() + SHUTDOWN_TIMEOUT_MS;
		let outcome: Awaited<ReturnType<Phones["outcome"]>> = null;
		while (performance.now() < until) {
			outcome ??= await phones.outcome(station, number);
			if (outcome && outcome.outcome !== "done")
				throw new SyncRefusal("VISITOR_REFUSED", { reason: outcome.reason ?? outcome.outcome });
			const now = await phones.find(codeDigest, clock());
			if (outcome && now && isAfter(now.ticket, found.ticket)) return context.json(told(now));
			await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
		}
		throw new SyncRefusal("STATION_UNREACHABLE");
	};

	app.post("/sync/phone-tickets", async (context) => {
		const { tickets } = await readBody(context.req.raw, sentTicketsSchema);
		await phones.keep(context.get("station"), tickets, clock());
		return context.json({});
	});
	app.get("/api/phone/:code", async (context) => context.json(told(await find(context))));
	for (const kind of ["leave", "give-way", "rating"] as const)
		app.post(`/api/phone/:code/${kind}`, async (context) => {
			const found = await find(context);
			const body = await readSmallBody(context.req.raw, z.looseObject({}));
			const wanted = visitorActionSchema.safeParse({ ...body, kind });
			if (!wanted.success) throw new SyncRefusal("BAD_REQUEST", { at: wanted.error.issues[0]?.path.join(".") });
			return act(context, found, wanted.data);
		});
}

/** An act raises the version; a rating is written beside it. */
const isAfter = (now: PhoneTicket, before: PhoneTicket) => now.version > before.version || now.rating !== before.rating;
