import { createHash } from "node:crypto";
import type { Context } from "hono";
import { z } from "zod";
import { RateLimiter } from "../../lib/rate-limiter.ts";
import { SECOND_MS } from "../../lib/time/durations.ts";
import {
	type PhoneTicket,
	sentTicketsSchema,
	typedCodeSchema,
	type VisitorAction,
	visitorActionSchema,
} from "../../protocol/model/phone.ts";
import { VISITOR_ACTION_LIFE_MS } from "../../protocol/sync/command.ts";
import type { Commands } from "../commands/commands.ts";
import type { FoundTicket, PhoneTickets } from "../phones/phone-tickets.ts";
import { Refusal } from "../refusal.ts";
import { readBody, readSmallBody } from "./body-limit.ts";
import type { AddressOf } from "./client-address.ts";
import type { ServerApp } from "./server-app.ts";

export interface PhoneRoutes {
	phones: PhoneTickets;
	commands: Commands;
	/** UTC milliseconds. */
	clock(): number;
	addressOf: AddressOf;
}

/** Wrong codes of one address in a minute: a visitor who types makes three, a program thousands. */
const MAX_WRONG_CODES = 20;
/** How long a phone waits for the station's outcome, and how often the server checks for it. */
const OUTCOME_TIMEOUT_MS = 6 * SECOND_MS;
const POLL_INTERVAL_MS = 150;

/** For the visitor's phone page outside of the station's network: the ticket as the station sent it, and the visitor's actions. */
export function addPhoneRoutes(app: ServerApp, { phones, commands, clock, addressOf }: PhoneRoutes): void {
	const wrongCodes = new RateLimiter({
		maxAttempts: MAX_WRONG_CODES,
		refuse: () => new Refusal("CODE_RATE_LIMITED"),
	});

	const find = async (context: Context): Promise<FoundTicket & { codeDigest: string }> => {
		const code = typedCodeSchema.safeParse(context.req.param("code"));
		const codeDigest = code.success ? createHash("sha256").update(code.data).digest("hex") : undefined;
		const found = codeDigest === undefined ? undefined : await phones.find(codeDigest, clock());
		// A right code always works, even where another visitor behind the same address tries wrong ones.
		if (codeDigest !== undefined && found) return { ...found, codeDigest };
		const address = addressOf(context);
		wrongCodes.requireBelowLimit(address, clock());
		wrongCodes.count(address, clock());
		throw new Refusal("CODE_UNKNOWN");
	};
	const withAge = ({ ticket, knownAt }: FoundTicket): PhoneTicket => ({
		...ticket,
		ageSeconds: Math.max(0, Math.round((clock() - knownAt) / 1_000)),
	});
	/** Sends the action to the station and waits for its outcome: the answer never promises what is not done yet. */
	const forwardAction = async (
		context: Context,
		found: FoundTicket & { codeDigest: string },
		action: VisitorAction,
	) => {
		const { station, codeDigest } = found;
		const command = { kind: "visitor-action", codeDigest, action } as const;
		const number = await commands.send(station, command, { by: null, now: clock(), lifeMs: VISITOR_ACTION_LIFE_MS });
		const until = performance.now() + OUTCOME_TIMEOUT_MS;
		let outcome: Awaited<ReturnType<PhoneTickets["outcome"]>> = null;
		while (performance.now() < until) {
			outcome ??= await phones.outcome(station, number);
			if (outcome && outcome.outcome !== "done")
				throw new Refusal("VISITOR_REFUSED", { reason: outcome.reason ?? outcome.outcome });
			const now = await phones.find(codeDigest, clock());
			if (outcome && now && isNewer(now.ticket, found.ticket)) return context.json(withAge(now));
			await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
		}
		throw new Refusal("STATION_UNREACHABLE");
	};

	app.post("/sync/phone-tickets", async (context) => {
		const { tickets } = await readBody(context.req.raw, sentTicketsSchema);
		await phones.save(context.get("station"), tickets, clock());
		return context.json({});
	});
	// Stations send notifications, where IT gave them a key; the server sends none, so its page offers none.
	app.get("/api/web-push-key", (context) => context.json({ key: null }));
	app.get("/api/phone/:code", async (context) => context.json(withAge(await find(context))));
	for (const kind of ["leave", "give-way", "delay", "rating"] as const)
		app.post(`/api/phone/:code/${kind}`, async (context) => {
			const found = await find(context);
			const body = await readSmallBody(context.req.raw, z.looseObject({}));
			const action = visitorActionSchema.safeParse({ ...body, kind });
			if (!action.success) throw new Refusal("BAD_REQUEST", { at: action.error.issues[0]?.path.join(".") });
			return forwardAction(context, found, action.data);
		});
}

/** An action raises the version; a rating does not. */
const isNewer = (now: PhoneTicket, before: PhoneTicket) => now.version > before.version || now.rating !== before.rating;
