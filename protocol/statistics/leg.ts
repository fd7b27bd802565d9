import type { CounterNumber, StaffId, TopicId } from "../model/ids.ts";
import type { Language } from "../model/language.ts";
import type { TicketClass, TicketOutcome, TicketState, Wait } from "../model/ticket.ts";

/** How one topic of a visit ended. */
export const LEG_ENDS = [
	/** Served to its end, also where the visit went on to another site. */
	"served",
	/** Sent on to another topic or counter: the next leg begins. */
	"transferred",
	/** Called as often as the rules say, and nobody came. */
	"no-show",
	/** The visitor left before being served. */
	"abandoned",
	/** The day ended, or a supervisor closed it, before the visitor was served. */
	"closed",
	/** Taken by mistake or twice: no visit. */
	"withdrawn",
	/** Not over yet. */
	"open",
] as const;
export type LegEnd = (typeof LEG_ENDS)[number];

/**
 * One topic of one visit, from when it began to wait for it until that was over. A visit that is transferred, or that has
 * several topics, is several legs: each waits, and each is served by somebody.
 */
export interface Leg {
	topic: TopicId;
	/** Null where it was redacted. */
	language: Language | null;
	class: TicketClass;
	/** The visitor came with it: a ticket has one such leg. */
	isArrival: boolean;
	/** When it began to wait, in minutes on the site's wall clock since midnight of the service day. */
	fromMinute: number;
	end: LegEnd;
	/** Whether somebody called it. */
	wasCalled: boolean;
	/**
	 * Waiting until the first call, or until the visitor left; on hold is not waiting. Null where neither came, and where
	 * the clock cannot be believed.
	 */
	waitMs: number | null;
	/** With the member of staff. Null where it was not served, or the clock cannot be believed. */
	serviceMs: number | null;
	/** When it was first called and when its counter was free again, in minutes as above; null where it was not called. */
	calledMinute: number | null;
	freeMinute: number | null;
	/** The last that called it, and who worked there. */
	counter: CounterNumber | null;
	staff: StaffId | null;
	outcome: TicketOutcome | null;
	/** Only of the leg that ended the visit. */
	rating: number | null;
	/** What the visitor was told at issue; null for later legs, bookings, and where nothing was told. */
	told: Wait | null;
}

/** A state of a ticket from when to when, as the interval log has it. */
export interface LegStep {
	state: TicketState;
	topic: TopicId;
	counter: CounterNumber | null;
	startedAt: number;
	/** Null while it lasts. */
	endedAt: number | null;
	/** Who brought it into this state; null where that was no member of staff, or is not known. */
	by: StaffId | null;
	/** Why this step began a new leg; null where it did not. */
	begins: "transferred" | "continued" | null;
	/** The clock was set back during the step: its length says nothing. */
	isDoubtful: boolean;
}

export interface TicketRecord {
	language: Language | null;
	class: TicketClass;
	state: TicketState;
	outcome: TicketOutcome | null;
	rating: number | null;
	told: Wait | null;
	/** Why it was cancelled; null where it was not, or nobody said. */
	cancelled: "left" | "closed" | "withdrawn" | null;
	/** In the order of time. */
	steps: readonly LegStep[];
}

/** A service longer than this is a ticket that was forgotten at its counter. */
export const LONGEST_SERVICE_MS = 4 * 3_600_000;
/** A wait longer than this is a clock that was wrong, or a ticket of another day. */
const LONGEST_WAIT_MS = 10 * 3_600_000;

/** The legs of a ticket. `minuteOf` reads the site's wall clock. */
export function legsOf(record: TicketRecord, minuteOf: (instant: number) => number): Leg[] {
	const groups: LegStep[][] = [];
	for (const step of record.steps) {
		const current = groups.at(-1);
		if (current === undefined || step.begins !== null || current.at(-1)?.topic !== step.topic) groups.push([step]);
		else current.push(step);
	}
	return groups.map((steps, index) => {
		const next = groups[index + 1]?.[0];
		return makeLeg(record, steps, { index, next, minuteOf });
	});
}

interface Place {
	index: number;
	/** The first step of the next leg. */
	next: LegStep | undefined;
	minuteOf: (instant: number) => number;
}

function makeLeg(record: TicketRecord, steps: readonly LegStep[], { index, next, minuteOf }: Place): Leg {
	const first = steps[0];
	if (first === undefined) throw new Error("A leg has a step.");
	const called = steps.find(({ state }) => state === "called") ?? steps.find(({ state }) => state === "serving");
	const atCounter = steps.filter(({ state }) => state === "called" || state === "serving");
	const serving = steps.filter(({ state }) => state === "serving");
	const waiting = steps.filter(({ state }) => state === "waiting");
	const beforeCall = called === undefined ? waiting : waiting.slice(0, countBefore(steps, called));
	const last = atCounter.at(-1);
	const end = next ? (next.begins === "continued" ? "served" : "transferred") : endOf(record, steps);
	return {
		topic: first.topic,
		language: record.language,
		class: record.class,
		isArrival: index === 0,
		fromMinute: minuteOf(first.startedAt),
		end,
		wasCalled: called !== undefined,
		waitMs: called || end === "abandoned" ? lengthOf(beforeCall, LONGEST_WAIT_MS) : null,
		serviceMs: end === "served" || end === "transferred" ? lengthOf(serving, LONGEST_SERVICE_MS) : null,
		calledMinute: called ? minuteOf(called.startedAt) : null,
		freeMinute: last?.endedAt == null ? null : minuteOf(last.endedAt),
		counter: last?.counter ?? null,
		staff: atCounter.findLast(({ by }) => by !== null)?.by ?? null,
		outcome: next ? null : record.outcome,
		rating: next ? null : record.rating,
		told: index === 0 && record.class === "ordinary" ? record.told : null,
	};
}

function countBefore(steps: readonly LegStep[], called: LegStep): number {
	return steps.slice(0, steps.indexOf(called)).filter(({ state }) => state === "waiting").length;
}

function endOf({ state, cancelled }: TicketRecord, steps: readonly LegStep[]): LegEnd {
	if (state === "finished") return "served";
	// Whoever was missed stays missed, also where the end of the day then closed the number.
	const before = steps.at(-1)?.state;
	if (state === "missed" || (state === "cancelled" && before === "missed")) return "no-show";
	if (state !== "cancelled") return "open";
	if (cancelled === "withdrawn") return "withdrawn";
	return cancelled === "left" ? "abandoned" : "closed";
}

/** The sum of some steps; null where there is none, one still lasts, or no clock can have been right. */
function lengthOf(steps: readonly LegStep[], longestMs: number): number | null {
	if (steps.length === 0) return null;
	let sum = 0;
	for (const { startedAt, endedAt, isDoubtful } of steps) {
		if (endedAt === null || isDoubtful || endedAt < startedAt) return null;
		sum += endedAt - startedAt;
	}
	return sum > longestMs ? null : sum;
}
