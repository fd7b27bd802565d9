import { wallClock } from "../../lib/time/wall-clock.ts";
import type { ExpectedVisit } from "../../protocol/model/visit.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Sessions } from "../staff/sessions.ts";
import type { SiteSettings } from "../staff/site-settings.ts";
import type { QueueRules } from "../tickets/queue-order.ts";
import { learnDay, listLearnableDays } from "../waits/learn-history.ts";
import type { LineTicket } from "../waits/queue-snapshot.ts";
import { type CurrentQueue, openWaitEstimates } from "../waits/wait-estimates.ts";
import { WaitKnowledge } from "../waits/wait-knowledge.ts";
import type { Foundation } from "./foundation.ts";

const MINUTE = 60_000;
/** A day is learned in a few milliseconds; a visitor's tap comes in between. */
const BETWEEN_DAYS_MS = 20;
/** How many booked visitors come. */
const SHOW_SHARE = 0.85;

interface WaitSources {
	catalogue: Catalogue;
	sessions: Sessions;
	settings: SiteSettings;
	queueRules: QueueRules;
	readQueue(now: number): CurrentQueue;
	expected(now: number): readonly ExpectedVisit[];
	serviceDay(now: number): string;
	/** Estimates follow a change a moment later: screens that show them are to be told. */
	refreshed(): void;
}

/** The estimate of waits, what it has learned, and when it learns. */
export function connectWaits(opened: AsyncDisposableStack, foundation: Foundation, sources: WaitSources) {
	const { database, clock, changes, log } = foundation;
	const { catalogue, sessions, settings, queueRules } = sources;
	const { timezone } = catalogue.clock;
	const timeOfDayMs = (at: number) => {
		const [hours = 0, minutes = 0] = wallClock(at, timezone).time.split(":").map(Number);
		return (hours * 60 + minutes) * MINUTE + (at % MINUTE);
	};
	const knowledge = new WaitKnowledge((topic) => catalogue.service(topic)?.minutes ?? 0, timeOfDayMs);
	const waits = opened.adopt(
		openWaitEstimates({
			...{ knowledge, clock, readQueue: sources.readQueue, languageReachMs: queueRules.languageReachMs },
			refreshed: sources.refreshed,
			topics: () => catalogue.topicIds,
			staffed: (now) =>
				sessions
					.list(now)
					.filter(({ counter }) => catalogue.counters.includes(counter))
					.map(({ counter, openedAt, pausedAt }) => ({ counter, openedAt, pausedAt, ...settings.skillsOf(counter) })),
			expected: (now) => sources.expected(now).flatMap((visit) => bookedBefore(visit, queueRules, now)),
		}),
		(one) => one.close(),
	);
	changes.subscribe(waits.invalidate);
	/** Once the queue can be read. */
	const startToLearn = () =>
		opened.defer(
			startLearning({
				knowledge,
				days: () => listLearnableDays(database),
				learn: (day) => learnDay(database, day, knowledge),
				today: () => sources.serviceDay(clock()),
				failed: (err) => log.error({ err }, "waits.learning.failed"),
				learned: waits.invalidate,
			}),
		);
	return { knowledge, waits, startToLearn };
}

/** A booked visitor who is not here yet, if the booking has its place before whoever comes now. */
function bookedBefore(
	{ kind, at, topic, language, ticket }: ExpectedVisit,
	rules: QueueRules,
	now: number,
): LineTicket[] {
	const queuePosition = at - rules.appointmentLeadMs;
	if (kind !== "appointment" || ticket !== null || queuePosition > now || at + rules.appointmentGraceMs < now)
		return [];
	const availableFrom = Math.max(now, at - 5 * MINUTE);
	return [
		{
			...{ topic, language, queuePosition, availableFrom, arrivedAt: availableFrom, nextTopics: [] },
			...{ reservedFor: null, wasCalled: false, probability: SHOW_SHARE },
		},
	];
}

interface Learning {
	knowledge: WaitKnowledge;
	days(): string[];
	learn(day: string): void;
	today(): string;
	failed(error: unknown): void;
	learned(): void;
}

/** Learns the past a day at a time while nothing else is to be done, then ends each day. Returns a function that stops it. */
function startLearning({ knowledge, days, learn, today, failed, learned }: Learning): () => void {
	let current = today();
	const left = days().filter((day) => day <= current);
	let isStopped = false;
	const learnNext = () => {
		const day = left.shift();
		if (isStopped || day === undefined) return;
		try {
			learn(day);
			if (day < current) knowledge.dayEnded();
		} catch (error) {
			failed(error);
		}
		learned();
		next = setTimeout(learnNext, BETWEEN_DAYS_MS);
	};
	let next = setTimeout(learnNext, BETWEEN_DAYS_MS);
	const timer = setInterval(() => {
		const day = today();
		if (day === current) return;
		current = day;
		knowledge.dayEnded();
		learned();
	}, MINUTE);
	timer.unref();
	return () => {
		isStopped = true;
		clearTimeout(next);
		clearInterval(timer);
	};
}
