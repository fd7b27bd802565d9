import { z } from "zod";
import { slugSchema } from "../catalogue/catalogue.ts";
import { languageSchema } from "../model/language-schema.ts";
import { visitorActionSchema } from "../model/phone.ts";
import { instantSchema, ticketIdSchema } from "../model/ticket.ts";

/*
 * What the server asks one station to do. The numbers of a station's commands only rise, also where the server was
 * brought back from an older backup: each is the moment at which it was given (UTC milliseconds), or one more than the
 * one before. Each names the one before it, so that a gap is seen. The station carries each out once, in their order,
 * and says so in an event of its stream.
 */

/** Commands in one answer to a poll at most. */
export const MAX_COMMANDS = 50;
/** How long a command may be carried out after it was given, in milliseconds: a restart of three days ago helps nobody. */
export const COMMAND_LIFE = 24 * 3_600_000;
/** A visitor does not stand by a phone for longer: what was not done by then is not done any more. */
export const VISITOR_ACTION_LIFE = 20_000;
/** What administrators send; the rest is given by the server itself. */
export const ADMINISTRATORS_COMMANDS = ["print-test", "restart", "set-topic"] as const;

export const commandActionSchema = z.discriminatedUnion("kind", [
	/** A paper that says that it is a test; no ticket. */
	z.strictObject({ kind: z.literal("print-test") }),
	z.strictObject({ kind: z.literal("restart") }),
	/** Takes a topic, or takes it no more; its quota stays. */
	z.strictObject({ kind: z.literal("set-topic"), topic: slugSchema, open: z.boolean() }),
	/** A visitor whom another site sent on: see ticket.sent-on. */
	z.strictObject({
		kind: z.literal("expect-visitor"),
		from: z.strictObject({ site: slugSchema, ticket: ticketIdSchema }),
		codeDigest: z.string().regex(/^[0-9a-f]{64}$/),
		/** When the visitor came to the first site. */
		at: instantSchema,
		topic: slugSchema,
		language: languageSchema.nullable(),
		partySize: z.int().min(1).max(20),
	}),
	/** What a visitor does at the server's phone page. */
	z.strictObject({
		kind: z.literal("visitor-action"),
		codeDigest: z.string().regex(/^[0-9a-f]{64}$/),
		action: visitorActionSchema,
	}),
]);
export type CommandAction = z.infer<typeof commandActionSchema>;

export const commandSchema = z.strictObject({
	number: z.int().min(1),
	/** The number of the one before it; 0 where there is none. */
	previousNumber: z.int().min(0),
	expiresAt: instantSchema,
	action: commandActionSchema,
});
export type Command = z.infer<typeof commandSchema>;

/**
 * What became of a command. `begun`: it lasts, and another event tells its end. `interrupted`: the station ended while
 * it lasted, or was given another device before it said more. `refused`: nothing was changed, and `reason` says why.
 */
const COMMAND_OUTCOMES = ["begun", "done", "refused", "interrupted"] as const;
export const commandOutcomeSchema = z.enum(COMMAND_OUTCOMES);
export type CommandOutcome = z.infer<typeof commandOutcomeSchema>;

/** An act of a newer server, that this program does not know: it is refused by its name, and what follows it goes on. */
const unknownActionSchema = z
	.looseObject({ kind: z.string().max(64) })
	.transform(({ kind }) => ({ kind: "unknown", said: kind }) as const);

/** A command as a station takes it. */
export const polledCommandSchema = commandSchema.extend({
	action: z.union([commandActionSchema, unknownActionSchema]),
});
export type PolledCommand = z.infer<typeof polledCommandSchema>;

/** GET /sync/poll?after=N: all that is new for a station whose last command was N, and what of the earlier is open. */
export const pollAnswerSchema = z.object({
	/** The server's clock, UTC milliseconds. */
	time: instantSchema,
	/** The newest version of each kind; the station fetches those that are newer than its own. */
	documents: z.array(z.object({ kind: z.string(), version: z.int().min(1) })),
	commands: z.array(polledCommandSchema).max(MAX_COMMANDS),
});
export type PollAnswer = z.infer<typeof pollAnswerSchema>;

/** One message of GET /sync/hints: poll, at a moment of your own choice within so many milliseconds. */
export const hintSchema = z.object({ within: z.int().min(0).max(60_000) });

/** What the server knows of another site, from what its station said last. */
export const siteViewSchema = z.object({
	site: slugSchema,
	/** Topics that it takes now. */
	topics: z.array(slugSchema),
	/** What a visitor who comes now would wait; null where nobody can say. */
	waitMinutes: z.object({ min: z.int().min(0), max: z.int().min(0) }).nullable(),
	waiting: z.int().min(0),
	/** By its opening hours. */
	open: z.boolean(),
	/** When its station said so. */
	knownAt: instantSchema,
});
export type SiteView = z.infer<typeof siteViewSchema>;
/** A station speaks every half minute: what is younger than this when the server tells it is as good as of that moment. */
export const SEEN_RECENTLY_MS = 90_000;
/**
 * `GET /sync/network?since=T`: the sites of which something else is known than at T, the `time` of an answer before;
 * without T all of them. All by the server's clock.
 */
export const networkViewSchema = z.object({
	time: instantSchema,
	/** Null: these are all. */
	since: instantSchema.nullable(),
	sites: z.array(siteViewSchema),
	/** Sites of which nothing is known any more. */
	gone: z.array(slugSchema),
});
export type NetworkView = z.infer<typeof networkViewSchema>;
