import { z } from "zod";
import { DAY_MS, SECOND_MS } from "../../lib/time/durations.ts";
import { siteIdSchema, ticketIdSchema, topicIdSchema } from "../model/ids.ts";
import { languageSchema } from "../model/language-schema.ts";
import { visitorActionSchema } from "../model/phone.ts";
import { closureEndSchema } from "../model/staff.ts";
import { instantSchema } from "../model/ticket.ts";

/*
 * What the server asks one station to do. The numbers of a station's commands only rise, even where the server was
 * restored from an older backup: each is the moment at which it was sent (UTC milliseconds), or one more than the one
 * before. Each names the one before it, so that a gap is noticed. The station executes each once, in their order, and
 * records the outcome in an event of its stream.
 */

/** At most so many commands in one answer to a poll. */
export const MAX_COMMANDS = 50;
/** How long a command may be executed after it was sent: a restart that IT wanted days ago does harm. */
export const COMMAND_LIFE_MS = DAY_MS;
/** A visitor does not wait at the phone for longer: a later effect would surprise them. */
export const VISITOR_ACTION_LIFE_MS = 20 * SECOND_MS;

/** What administrators may send. The server itself sends the others. */
const ADMINISTRATORS_ACTIONS = [
	/** A test paper, not a ticket. */
	z.strictObject({ kind: z.literal("print-test") }),
	z.strictObject({ kind: z.literal("restart") }),
	/** Opens or closes a topic; its quota stays. */
	z.strictObject({ kind: z.literal("set-topic"), topic: topicIdSchema, open: z.boolean() }),
	/** Closes the whole site until an instant; null is for the rest of the service day. */
	z.strictObject({ kind: z.literal("close-site"), until: closureEndSchema.nullable() }),
	z.strictObject({ kind: z.literal("reopen-site") }),
] as const;
export const administratorsActionSchema = z.discriminatedUnion("kind", ADMINISTRATORS_ACTIONS);
/** As a caller writes it. */
export type AdministratorsAction = z.input<typeof administratorsActionSchema>;

export const commandActionSchema = z.discriminatedUnion("kind", [
	...ADMINISTRATORS_ACTIONS,
	/** A visitor whom another site referred: see ticket.referred. */
	z.strictObject({
		kind: z.literal("expect-visitor"),
		from: z.strictObject({ site: siteIdSchema, ticket: ticketIdSchema }),
		codeDigest: z.string().regex(/^[0-9a-f]{64}$/),
		/** When the visitor came to the first site. */
		at: instantSchema,
		topic: topicIdSchema,
		language: languageSchema.nullable(),
		partySize: z.int().min(1).max(20),
	}),
	/** A referral that was undone: the visitor is not expected any more, unless they have come. */
	z.strictObject({
		kind: z.literal("withdraw-visitor"),
		from: z.strictObject({ site: siteIdSchema, ticket: ticketIdSchema }),
	}),
	/** What a visitor does on the server's phone page. */
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
 * What became of a command. `begun`: it is still running, and another event will have its end. `interrupted`: the station
 * ended during it, or another device took the station's place before its end. `refused`: nothing was changed, and
 * `reason` says why.
 */
const COMMAND_OUTCOMES = ["begun", "done", "refused", "interrupted"] as const;
export const commandOutcomeSchema = z.enum(COMMAND_OUTCOMES);
export type CommandOutcome = z.infer<typeof commandOutcomeSchema>;

/** An action of a newer server that this program does not know: the station refuses it by its name and executes the next ones. */
const unknownActionSchema = z
	.looseObject({ kind: z.string().max(64) })
	.transform(({ kind }) => ({ kind: "unknown", sentKind: kind }) as const);

/** A command as a station reads it. */
export const polledCommandSchema = commandSchema.extend({
	action: z.union([commandActionSchema, unknownActionSchema]),
});
export type PolledCommand = z.infer<typeof polledCommandSchema>;

/** GET /sync/poll?after=N: everything new for a station whose last command was N, and the earlier commands without an outcome. */
export const pollAnswerSchema = z.object({
	/** The server's clock, UTC milliseconds. */
	time: instantSchema,
	/** The newest version of each kind; the station fetches those that are newer than its own. */
	documents: z.array(z.object({ kind: z.string(), version: z.int().min(1) })),
	commands: z.array(polledCommandSchema).max(MAX_COMMANDS),
});
export type PollAnswer = z.infer<typeof pollAnswerSchema>;

/** One message of GET /sync/hints: poll, at a random moment within so many milliseconds. */
export const hintSchema = z.object({ within: z.int().min(0).max(60_000) });

/** What the server knows of another site, from its station's last report. */
export const siteViewSchema = z.object({
	site: siteIdSchema,
	/** Topics that give tickets now. */
	topics: z.array(topicIdSchema),
	/** The wait of a visitor who comes now; null where it is unknown. */
	waitMinutes: z.object({ min: z.int().min(0), max: z.int().min(0) }).nullable(),
	waiting: z.int().min(0),
	/** By its opening hours, or by hand. */
	open: z.boolean(),
	/** When it opens next, where its station says so. */
	opensAt: instantSchema.nullable().optional(),
	/** When its station reported it. */
	knownAt: instantSchema,
});
export type SiteView = z.infer<typeof siteViewSchema>;
/** A station reports every half minute. A report younger than this counts as of the moment of the answer. */
export const SEEN_RECENTLY_MS = 90 * SECOND_MS;
/**
 * `GET /sync/network?since=T`: the sites that changed since T, the `time` of an earlier answer; without T all sites. By
 * the server's clock.
 */
export const networkViewSchema = z.object({
	time: instantSchema,
	/** Null: the answer has all sites. */
	since: instantSchema.nullable(),
	sites: z.array(siteViewSchema),
	/** Sites of which nothing is known now. */
	gone: z.array(siteIdSchema),
});
export type NetworkView = z.infer<typeof networkViewSchema>;
