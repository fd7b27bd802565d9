import { hash } from "node:crypto";
import type { Logger } from "pino";
import { DAY_MS, MINUTE_MS } from "../../lib/time/durations.ts";
import type { CalendarHealth } from "../../protocol/api/health.ts";
import type { ListRemark } from "../../protocol/model/visit.ts";
import type { ListSite } from "./appointment.ts";
import type { Visits } from "./expected-visits.ts";
import type { FetchedCalendar, Validators } from "./fetch-calendar.ts";
import { importList, type ListReport } from "./import-list.ts";
import { describeRemark, ListRefused, type Reason, remark } from "./list-remark.ts";
import { readAppointments } from "./read-appointments.ts";

export interface CalendarPoll {
	/** Asks for the calendar and imports it, the whole of it or nothing. A second call while one runs is the same poll. */
	poll(): Promise<void>;
	health(): CalendarHealth;
}

export interface CalendarPollDeps {
	/** The machine that gives the calendar. */
	host: string;
	fetchCalendar(known: Validators | undefined): Promise<FetchedCalendar>;
	/** Aborted when the station closes: nothing is written any more. */
	signal: AbortSignal;
	site(): ListSite;
	visits: Pick<Visits, "expect">;
	/** UTC milliseconds. */
	clock(): number;
	/** True while the clock is in doubt. */
	holdsDay(): boolean;
	log: Logger;
	changed(): void;
}

/** A calendar as it was last read. */
interface Read {
	at: number;
	digest: string;
	/** The topics that it was read for: with others it would say something else. */
	topics: string;
	validators: Validators;
	report: ListReport;
}

/** Why the last poll changed nothing: in English, and for other languages. */
interface Failure {
	why: string;
	reasons: readonly ListRemark[];
}

function failureOf(why: Reason): Failure {
	const described = describeRemark(remark(null, why));
	return { why: described.what, reasons: [described] };
}

/** Events that repeat are read a year ahead, so that also a calendar that stays as it is is read once a day. */
const READ_AGAIN_MS = DAY_MS;

/** Polls a calendar. What it cannot read changes nothing, and is in `health` until a poll succeeds. */
export function openCalendarPoll(deps: CalendarPollDeps): CalendarPoll {
	const { host, fetchCalendar, signal, site, visits, clock, holdsDay, log, changed } = deps;
	let polledAt: number | null = null;
	let currentAt: number | null = null;
	let failed: Failure | null = null;
	let read: Read | undefined;
	let running: Promise<void> | undefined;

	const settle = (now: number, failure: Failure | null) => {
		polledAt = now;
		if (failure === null) currentAt = now;
		if (failure !== null && failure.why !== failed?.why) log.warn({ host, why: failure.why }, "calendar.failed");
		if (failure === null && failed !== null) log.info({ host }, "calendar.recovered");
		failed = failure;
		changed();
	};
	const importCalendar = (bytes: Uint8Array, validators: Validators, now: number): Failure | null => {
		const topics = site().topicIds.join();
		const digest = hash("sha256", bytes);
		if (read && read.digest === digest && read.topics === topics && now - read.at < READ_AGAIN_MS) {
			read = { ...read, validators };
			return null;
		}
		try {
			const list = readAppointments(bytes, site(), now);
			const report = importList({ list, visits, isDryRun: false, now });
			read = { at: now, digest, topics, validators, report };
			log.info({ host, ...report.imported }, "calendar.read");
			return null;
		} catch (error) {
			if (!(error instanceof ListRefused)) throw error;
			return { why: error.message, reasons: error.reasons.map(describeRemark) };
		}
	};
	const pollOnce = async () => {
		// Bookings could land on a day that is none.
		if (holdsDay()) return;
		const begun = clock();
		const isFresh = read && read.topics === site().topicIds.join() && begun - read.at < READ_AGAIN_MS;
		const fetched = await fetchCalendar(isFresh ? read?.validators : undefined);
		if (signal.aborted || holdsDay()) return;
		const now = clock();
		switch (fetched.kind) {
			case "unchanged":
				return settle(now, null);
			case "failed":
				return settle(now, failureOf(fetched.why));
			case "calendar":
				return settle(now, importCalendar(fetched.bytes, fetched.validators, now));
		}
	};

	return {
		poll() {
			running ??= pollOnce().finally(() => {
				running = undefined;
			});
			return running;
		},
		health() {
			const { booked = 0, cancelled = 0, skipped = [], madeCodes = [] } = read?.report ?? {};
			const state = holdsDay() ? "resting" : polledAt === null ? "waiting" : failed === null ? "current" : "failing";
			return {
				...{ host, state, polledAt, currentAt, booked, cancelled },
				...{ skipped: skipped.length, madeCodes: madeCodes.length },
				advice:
					state === "resting"
						? "The calendar is not asked while this machine's clock is in doubt."
						: failed && `${failed.why} The bookings stay as they were.`,
				reasons: state === "failing" ? (failed?.reasons ?? []) : [],
			};
		},
	};
}

/** Polls at once and then every so many minutes, a little earlier or later, so that many stations do not ask together. */
export function startCalendarPolls(
	{ poll }: CalendarPoll,
	{ everyMinutes, random, failed }: { everyMinutes: number; random(): number; failed(error: unknown): void },
): () => void {
	let timer: NodeJS.Timeout | undefined;
	let isOver = false;
	const pollAgain = async () => {
		await poll().catch(failed);
		if (isOver) return;
		timer = setTimeout(() => void pollAgain(), everyMinutes * MINUTE_MS * (0.9 + 0.2 * random()));
		timer.unref();
	};
	void pollAgain();
	return () => {
		isOver = true;
		clearTimeout(timer);
	};
}
