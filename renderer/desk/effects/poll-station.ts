import type { SessionEnd } from "../../../protocol/model/staff.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import { type DeskDeps, readSignedIn } from "./desk-deps.ts";
import { sessionEndIn } from "./session-end.ts";

/** The desk asks for the queue this often, whatever the event stream says. */
export const POLL_INTERVAL_MS = 10_000;
/** How often the desk tries while the station does not answer. */
export const RETRY_INTERVAL_MS = 2_000;

export interface Poller {
	start(language: StaffLanguage): void;
	stop(): void;
	setLanguage(language: StaffLanguage): void;
	language(): StaffLanguage;
	/** Asks for the topics now: what is left of them changes with each ticket. */
	readTopics(): Promise<void>;
	/** Asks now. While a poll is in flight, one more follows it. */
	poll(): Promise<void>;
}

type PollerDeps = DeskDeps & { endSession(ended: SessionEnd | null): void };

/** Keeps topics, queue and printer up to date: one poll at a time, the next after an interval. */
export function createPoller(deps: PollerDeps): Poller {
	const { store, station } = deps;
	let language: StaffLanguage = "zh-Hans";
	let timer: number | null = null;
	let isPolling = false;
	let pollAgain = false;
	let isStopped = true;

	async function poll(): Promise<void> {
		if (isPolling) {
			pollAgain = true;
			return;
		}
		isPolling = true;
		if (timer !== null) deps.forget(timer);
		do {
			pollAgain = false;
			// After a lost connection the station may have another catalogue.
			const { topics, link } = store.read();
			if (topics?.language !== language || link.kind === "lost") await readTopics();
			await readQueue();
			await readPrinter();
		} while (pollAgain && !isStopped);
		isPolling = false;
		if (!isStopped) timer = deps.later(() => void poll(), waitMs());
	}

	/** At once when a ticket that was held back may be called: what "next" calls then changes by itself. */
	function waitMs(): number {
		const { auth, link, clockOffset } = store.read();
		if (link.kind === "lost") return RETRY_INTERVAL_MS;
		const now = deps.clock() + clockOffset;
		const due = (auth.kind === "signed-in" ? (auth.queue?.tickets ?? []) : []).flatMap(({ notBefore }) =>
			notBefore !== null && notBefore > now ? [notBefore - now] : [],
		);
		return Math.min(POLL_INTERVAL_MS, ...due);
	}

	async function readTopics(): Promise<void> {
		const requested = language;
		const answer = await station.topics(requested);
		if (requested !== language) pollAgain = true;
		else if (answer.kind === "ok") store.dispatch({ type: "topics", topics: answer.value });
		else if (answer.kind === "unreachable") store.dispatch({ type: "link-lost", at: deps.clock() });
	}

	async function readQueue(): Promise<void> {
		const auth = readSignedIn(deps);
		if (auth === null) return;
		const { answers, session } = auth;
		const answer = await station.queue(session.token);
		// Staff signed out, or signed in again, while the answer was on its way.
		if (readSignedIn(deps)?.session !== session) return;
		const now = deps.clock();
		if (answer.kind === "refused" && answer.code === "SIGN_IN_REQUIRED") deps.endSession(sessionEndIn(answer));
		else if (answer.kind !== "ok") store.dispatch({ type: "link-lost", at: now });
		else if (answer.value.at >= session.expiresAt)
			deps.endSession({ reason: "expired", by: null, counter: null, at: session.expiresAt });
		else {
			store.dispatch({ type: "queue", queue: answer.value, answers, at: now });
			const after = readSignedIn(deps);
			if (after !== null && after.session !== session) deps.saveSession(after.session);
			if (after?.answers !== answers) pollAgain = true;
		}
	}

	/** The printer's facts that the queue does not carry. Nothing depends on them, so a failure changes nothing. */
	async function readPrinter(): Promise<void> {
		if (readSignedIn(deps) === null || store.read().link.kind === "lost") return;
		const answer = await station.health();
		if (answer.kind !== "ok") return;
		const { printer, clock, disk } = answer.value;
		store.dispatch({ type: "health", printer, clock, disk });
	}

	return {
		start(first) {
			language = first;
			isStopped = false;
			void poll();
		},
		stop() {
			isStopped = true;
			if (timer !== null) deps.forget(timer);
		},
		setLanguage(chosen) {
			language = chosen;
			void poll();
		},
		language: () => language,
		readTopics,
		poll,
	};
}
